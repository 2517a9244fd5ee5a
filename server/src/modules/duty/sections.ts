/** Sections of the shift log: what stands in each, from what was measured; which are blank. Pure. */
import type { SectionName } from '../../../../contract/duty.ts';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import { gibibyte } from '../../base/units.ts';

/** What the machine knows of the shift. */
export interface Telemetry {
  recorder: 'present' | 'away';
  cameras: { camera: string; recording: boolean }[];
  gaps: { camera: string; from: Instant; until: Instant | null; cause: Sentence }[];
  storages: { usable: boolean; freeBytes: number }[];
}

/** Of the log itself. */
export interface ShiftCounts {
  alarms: number;
  waiting: number;
  openFaults: string[];
  /** What the fire panel or people said of it in this shift. */
  fire: Sentence[];
}

export interface SectionRule {
  title: Sentence;
  points: readonly { key: string; title: Sentence }[];
}

/** All are mandatory. */
export const sectionRules: Readonly<Record<SectionName, SectionRule>> = {
  running: { title: { zh: '监控室运行情况', en: 'Running of the room' }, points: [] },
  equipment: { title: { zh: '监控设备状态', en: 'State of monitoring equipment' }, points: [] },
  fire_system: { title: { zh: '火灾报警系统状态', en: 'State of the fire-alarm system' }, points: [] },
  security_check: {
    title: { zh: '内部安全检查', en: 'Internal security check' },
    points: [
      { key: 'door', title: { zh: '门已锁好', en: 'door locked' } },
      { key: 'windows', title: { zh: '窗已关好', en: 'windows shut' } },
      { key: 'keys', title: { zh: '钥匙齐全', en: 'keys complete' } },
      { key: 'strangers', title: { zh: '没有无关人员', en: 'no strangers inside' } },
    ],
  },
};
export const sectionNames = Object.keys(sectionRules) as SectionName[];

const minutes = (from: Instant, until: Instant): number => Math.max(1, Math.round((until - from) / 60_000));

const running = (telemetry: Telemetry, counts: ShiftCounts): Sentence[] => {
  const storages = telemetry.storages.map(({ usable, freeBytes }) =>
    usable ? { zh: `存储剩余 ${Math.floor(freeBytes / gibibyte)} GB`, en: `storage ${Math.floor(freeBytes / gibibyte)} GB free` } : { zh: '存储不能使用', en: 'storage cannot be used' },
  );
  return [
    telemetry.recorder === 'present' ? { zh: '录像服务正常应答', en: 'recorder answers' } : { zh: '录像服务没有应答', en: 'recorder does not answer' },
    ...storages,
    { zh: `本班报警 ${counts.alarms} 条，待确认 ${counts.waiting} 条`, en: `${counts.alarms} alarms in this shift, ${counts.waiting} waiting` },
    ...(counts.openFaults.length === 0 ? [] : [{ zh: `未修复故障：${counts.openFaults.join('、')}`, en: `open faults: ${counts.openFaults.join(', ')}` }]),
  ];
};

const equipment = (telemetry: Telemetry, now: Instant): Sentence[] => {
  const lost = telemetry.cameras.filter(({ recording }) => !recording).map(({ camera }) => camera);
  const online = { zh: `在线 ${telemetry.cameras.length - lost.length} / ${telemetry.cameras.length} 路`, en: `${telemetry.cameras.length - lost.length} of ${telemetry.cameras.length} cameras recording` };
  const off = lost.length === 0 ? [] : [{ zh: `离线：${lost.join('、')}`, en: `not recording: ${lost.join(', ')}` }];
  const gaps = telemetry.gaps.map(({ camera, from, until, cause }) => {
    const length = minutes(from, until ?? now);
    return until === null ? { zh: `${camera} 录像中断已 ${length} 分钟（${cause.zh}）`, en: `${camera} not recorded for ${length} min (${cause.en})` } : { zh: `${camera} 录像中断 ${length} 分钟（${cause.zh}）`, en: `${camera} was not recorded for ${length} min (${cause.en})` };
  });
  return [online, ...off, ...gaps];
};

/** What the machine puts into a section; the security check is answered by people alone. */
export const measuredOf = (section: SectionName, telemetry: Telemetry, counts: ShiftCounts, now: Instant): Sentence[] => {
  switch (section) {
    case 'running':
      return running(telemetry, counts);
    case 'equipment':
      return equipment(telemetry, now);
    case 'fire_system':
      return counts.fire.length === 0 ? [{ zh: '本班没有火灾报警系统的信号', en: 'no signal of the fire-alarm system in this shift' }] : counts.fire;
    case 'security_check':
      return [];
  }
};

export const blankSections = (answered: ReadonlySet<string>): SectionName[] => sectionNames.filter((section) => !answered.has(section));

/** Points that have not been answered, and those that are not in order. */
export const pointsOf = (section: SectionName, checks: Readonly<Record<string, boolean>>): { missing: Sentence[]; wrong: Sentence[] } => {
  const { points } = sectionRules[section];
  return { missing: points.filter(({ key }) => checks[key] === undefined).map(({ title }) => title), wrong: points.filter(({ key }) => checks[key] === false).map(({ title }) => title) };
};
