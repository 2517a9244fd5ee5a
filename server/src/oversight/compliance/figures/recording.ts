/** Figures of recording, from cameras and the gaps of their footage: availability of each camera and of the room, interruptions. Pure. */
import type { Instant } from '../../../base/clock.ts';
import type { Period } from '../../../base/judge.ts';
import { declareFold, type States } from '../folds.ts';
import { numberOf, textOf, within, type Figure } from './figure.ts';

export interface Gap {
  gapId: string;
  from: Instant;
  /** Null while it goes on. */
  until: Instant | null;
  reason: string;
  seq: number;
  /** It lasted long enough to alarm. */
  alarmed: boolean;
}
interface CameraRecord {
  label: string;
  /** The newest fact that named it. */
  seq: number;
  addedAt: Instant;
  retiredAt: Instant | null;
  gaps: Gap[];
  open: Map<string, Gap>;
}
type Cameras = Map<string, CameraRecord>;

const cameraOf = (cameras: Cameras, cameraId: string, at: Instant): CameraRecord => {
  const known = cameras.get(cameraId);
  if (known !== undefined) return known;
  const made: CameraRecord = { label: cameraId, seq: 0, addedAt: at, retiredAt: null, gaps: [], open: new Map() };
  cameras.set(cameraId, made);
  return made;
};

export const cameraFold = declareFold<Cameras>({
  key: 'figure.cameras',
  kinds: ['video.camera_added', 'video.camera_changed', 'video.camera_retired', 'video.gap_opened', 'video.gap_alarmed', 'video.gap_closed'],
  initial: () => new Map(),
  step: (cameras, { kind, body, at, seq }) => {
    const camera = cameraOf(cameras, textOf(body, 'cameraId'), at);
    camera.seq = seq;
    const number = numberOf(body, 'number');
    if (number !== null) camera.label = `${String(number).padStart(2, '0')} ${textOf(body, 'name')}`;
    if (kind === 'video.camera_retired') camera.retiredAt = at;
    const gapId = textOf(body, 'gapId');
    if (gapId === '') return cameras;
    const gap = camera.open.get(gapId) ?? { gapId, from: numberOf(body, 'from') ?? at, until: null, reason: textOf(body, 'reason'), seq, alarmed: false };
    if (!camera.open.has(gapId)) camera.gaps.push(gap);
    camera.open.set(gapId, gap);
    if (kind === 'video.gap_alarmed') gap.alarmed = true;
    if (kind === 'video.gap_closed') {
      gap.until = numberOf(body, 'until') ?? at;
      camera.open.delete(gapId);
    }
    return cameras;
  },
});

const clip = (span: { from: Instant; until: Instant }, period: Period): Period => ({ from: Math.max(span.from, period.from), until: Math.min(span.until, period.until) });
const lengthOf = ({ from, until }: Period): number => Math.max(0, until - from);

const lifeOf = (camera: CameraRecord, period: Period, now: Instant): Period => clip({ from: camera.addedAt, until: camera.retiredAt ?? now }, { from: period.from, until: Math.min(period.until, now) });
const gapsIn = (camera: CameraRecord, life: Period, now: Instant): Period[] => camera.gaps.map((gap) => clip({ from: gap.from, until: gap.until ?? now }, life)).filter((span) => lengthOf(span) > 0);

/** Length of spans that may overlap. */
const unionOf = (spans: readonly Period[]): number => {
  let total = 0;
  let reached = -1;
  for (const { from, until } of spans.toSorted((a, b) => a.from - b.from)) {
    if (until > reached) total += until - Math.max(from, reached);
    reached = Math.max(reached, until);
  }
  return total;
};

export interface CameraFigure {
  cameraId: string;
  label: string;
  percent: number;
  gaps: readonly { gapId: string; from: Instant; until: Instant | null; reason: string; seq: number }[];
  lostNow: boolean;
}

/** Completeness of each camera's footage in a period, with its gaps, worst first. */
export const camerasIn = (states: States, period: Period, now: Instant): CameraFigure[] =>
  [...cameraFold.read(states)]
    .flatMap(([cameraId, camera]): CameraFigure[] => {
      const life = lifeOf(camera, period, now);
      if (lengthOf(life) === 0) return [];
      const lost = unionOf(gapsIn(camera, life, now));
      const gaps = camera.gaps.filter((gap) => gap.from < life.until && (gap.until ?? now) > life.from).map(({ gapId, from, until, reason, seq }) => ({ gapId, from, until, reason, seq }));
      return [{ cameraId, label: camera.label, percent: 100 * (1 - lost / lengthOf(life)), gaps, lostNow: camera.retiredAt === null && camera.open.size > 0 }];
    })
    .toSorted((a, b) => a.percent - b.percent || (a.label < b.label ? -1 : 1));

export interface AlarmedGap extends Gap {
  cameraId: string;
  label: string;
}

/** Losses that lasted long enough to alarm, of all cameras. */
export const alarmedGaps = (states: States): AlarmedGap[] =>
  [...cameraFold.read(states)].flatMap(([cameraId, { label, gaps }]) => gaps.filter(({ alarmed }) => alarmed).map((gap) => ({ ...gap, cameraId, label })));

/** The newest fact of each camera, in order. */
export const camerasSeen = (states: States): number[] => [...cameraFold.read(states).values()].map(({ seq }) => seq).sort((a, b) => a - b);

const availability = (states: States, period: Period, now: Instant): number | null => {
  let lived = 0;
  let lost = 0;
  for (const camera of cameraFold.read(states).values()) {
    const life = lifeOf(camera, period, now);
    lived += lengthOf(life);
    lost += unionOf(gapsIn(camera, life, now));
  }
  return lived === 0 ? null : 100 * (1 - lost / lived);
};

/** The room is whole while no camera in use is lost. */
const roomAvailability = (states: States, period: Period, now: Instant): number | null => {
  const cameras = [...cameraFold.read(states).values()];
  const lives = cameras.map((camera) => lifeOf(camera, period, now)).filter((life) => lengthOf(life) > 0);
  const lived = unionOf(lives);
  if (lived === 0) return null;
  return 100 * (1 - unionOf(cameras.flatMap((camera) => gapsIn(camera, lifeOf(camera, period, now), now))) / lived);
};

/** Of the cameras in use at the end of the period, those that were recorded then. */
const usefulShare = (states: States, period: Period, now: Instant): number | null => {
  const end = Math.min(period.until, now);
  const inUse = [...cameraFold.read(states).values()].filter(({ addedAt, retiredAt }) => addedAt < end && (retiredAt === null || retiredAt >= end));
  if (inUse.length === 0) return null;
  const lost = inUse.filter(({ gaps }) => gaps.some((gap) => gap.from < end && (gap.until ?? now) >= end));
  return 100 * (1 - lost.length / inUse.length);
};

const gapFacts = (states: States, period: Period, now: Instant): number[] =>
  [...cameraFold.read(states).values()].flatMap((camera) => camera.gaps.filter((gap) => gap.from < period.until && (gap.until ?? now) > period.from).map(({ seq }) => seq)).toSorted((a, b) => a - b);

const interruptions = (states: States, period: Period): Gap[] => [...cameraFold.read(states).values()].flatMap((camera) => camera.gaps.filter((gap) => gap.alarmed && within(gap.from, period)));

export const recordingFigures: readonly Figure[] = [
  {
    key: 'availability_percent', title: { zh: '摄像机完好率', en: 'Availability of cameras' }, unit: 'percent', better: 'higher', target: { parameter: 'availability_target_percent' },
    fold: cameraFold, value: availability, facts: gapFacts,
  },
  {
    key: 'room_available_percent', title: { zh: '监控室正常运行率', en: 'Room fully running' }, unit: 'percent', better: 'higher', target: { parameter: 'availability_target_percent' },
    fold: cameraFold, value: roomAvailability, facts: gapFacts,
  },
  {
    key: 'useful_cameras_percent', title: { zh: '可用摄像机比例', en: 'Cameras in useful state' }, unit: 'percent', better: 'higher', target: { parameter: 'availability_target_percent' },
    fold: cameraFold, value: usefulShare, facts: gapFacts,
  },
  {
    key: 'interruptions', title: { zh: '录像中断报警', en: 'Interruptions of recording that alarmed' }, unit: 'count', better: 'lower', target: { number: 0 },
    fold: cameraFold,
    value: (states, period) => (cameraFold.read(states).size === 0 ? null : interruptions(states, period).length),
    facts: (states, period) => interruptions(states, period).map(({ seq }) => seq),
  },
];
