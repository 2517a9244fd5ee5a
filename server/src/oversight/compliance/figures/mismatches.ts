/** Devices that an inspection called normal and that were without picture then or afterwards, before anybody looked again. Pure. */
import type { Instant } from '../../../base/clock.ts';
import type { Period } from '../../../base/judge.ts';
import type { Sentence } from '../../../base/refusal.ts';
import { declareFold, type States } from '../folds.ts';
import { textOf, within } from './figure.ts';
import { alarmedGaps, type AlarmedGap } from './recording.ts';

/** The items of the shipped forms that say something about cameras and their recording; a form that is not here says nothing about them. */
const deviceItems: Readonly<Record<string, readonly string[]>> = {
  'inspection.daily': ['field_devices', 'system_data', 'display_contents', 'working_state'],
  'inspection.shift_check': ['equipment'],
  'inspection.equipment': ['recorders'],
  'inspection.department': ['equipment'],
  'inspection.unscheduled': ['in_order'],
};

interface Inspection {
  at: Instant;
  seq: number;
  title: Sentence;
  by: string;
  /** What it concerns, as it was typed; empty: all devices of the room. */
  concerns: string;
  /** No item about devices was called faulty. */
  normal: boolean;
}

const titleOf = (title: unknown): Sentence =>
  typeof title === 'object' && title !== null && 'zh' in title && 'en' in title && typeof title.zh === 'string' && typeof title.en === 'string' ? { zh: title.zh, en: title.en } : { zh: '检查', en: 'inspection' };

const isFaulty = (findings: unknown, items: readonly string[]): boolean =>
  Array.isArray(findings) && (findings as readonly unknown[]).some((one) => typeof one === 'object' && one !== null && 'field' in one && typeof one.field === 'string' && items.includes(one.field));

export const inspectionFold = declareFold<Inspection[]>({
  key: 'figure.inspections',
  kinds: ['obligations.form_submitted'],
  initial: () => [],
  step: (inspections, { body, at, seq, actor }) => {
    const items = deviceItems[textOf(body, 'form')];
    if (items === undefined) return inspections;
    inspections.push({ at, seq, title: titleOf(body['title']), by: actor.id, concerns: textOf(body, 'concerns').replace(/^ · /, ''), normal: !isFaulty(body['findings'], items) });
    return inspections;
  },
});

export interface Mismatch {
  cameraId: string;
  camera: string;
  inspectedAt: Instant;
  inspection: Sentence;
  /** Person id of who inspected. */
  by: string;
  from: Instant;
  until: Instant | null;
  /** Facts: the form, the loss. */
  seqs: readonly [number, number];
}

/** "03 候车厅" is meant by its label or by its name. */
const concerns = ({ concerns: typed }: Inspection, label: string): boolean => typed === '' || typed.includes(label) || typed.includes(label.replace(/^\d+ /, ''));

/** The last look before the loss, and every look during it, must not say "normal". */
const wrongly = (inspections: readonly Inspection[], gap: AlarmedGap, now: Instant): Inspection | undefined => {
  const looks = inspections.filter((one) => concerns(one, gap.label));
  const before = looks.findLast(({ at }) => at <= gap.from);
  const during = looks.filter(({ at }) => at > gap.from && at < (gap.until ?? now));
  return [...during.toReversed(), ...(before === undefined ? [] : [before])].find(({ normal }) => normal);
};

/** Losses that began in the period although the device had been inspected as normal, newest first. */
export const mismatchesIn = (states: States, period: Period, now: Instant): Mismatch[] => {
  const inspections = inspectionFold.read(states);
  return alarmedGaps(states)
    .filter(({ from }) => within(from, period))
    .flatMap((gap): Mismatch[] => {
      const look = wrongly(inspections, gap, now);
      return look === undefined ? [] : [{ cameraId: gap.cameraId, camera: gap.label, inspectedAt: look.at, inspection: look.title, by: look.by, from: gap.from, until: gap.until, seqs: [look.seq, gap.seq] }];
    })
    .toSorted((a, b) => b.from - a.from);
};
