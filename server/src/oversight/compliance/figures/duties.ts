/** Figures of obligations: duties done of those that were due, checks that were missed or are overdue. Pure. */
import type { Instant } from '../../../base/clock.ts';
import type { Period } from '../../../base/judge.ts';
import type { Sentence } from '../../../base/refusal.ts';
import { declareFold, type States } from '../folds.ts';
import { textOf, within, type Figure } from './figure.ts';

export interface DutyRecord {
  obligationId: string;
  title: Sentence;
  until: Instant;
  /** submitted: done, by whom; missed for ever; overdue: not done yet and late; due: its window is open. */
  state: 'due' | 'done' | 'done_late' | 'overdue' | 'missed' | 'waived';
  doneBy: string | null;
  seq: number;
}

interface Hazard {
  foundAt: Instant;
  closedAt: Instant | null;
  seq: number;
}

/** Findings of inspections: a hazard from the day on which it was written down to the day on which it was closed. */
export const hazardFold = declareFold<Map<string, Hazard>>({
  key: 'figure.hazards',
  kinds: ['obligations.form_submitted', 'obligations.finding_closed'],
  initial: () => new Map(),
  step: (hazards, { kind, body, at, seq }) => {
    if (kind === 'obligations.finding_closed') {
      const hazard = hazards.get(textOf(body, 'findingId'));
      if (hazard !== undefined) hazard.closedAt = at;
      return hazards;
    }
    const { findings } = body;
    for (const finding of Array.isArray(findings) ? (findings as readonly unknown[]) : []) {
      if (typeof finding === 'object' && finding !== null && 'findingId' in finding && typeof finding.findingId === 'string') hazards.set(finding.findingId, { foundAt: at, closedAt: null, seq });
    }
    return hazards;
  },
});
const openHazards = (states: States, until: Instant): Hazard[] => [...hazardFold.read(states).values()].filter(({ foundAt, closedAt }) => foundAt < until && (closedAt === null || closedAt >= until));

const windowOf = (body: Readonly<Record<string, unknown>>): { until: Instant } | null => {
  const { window } = body;
  return typeof window === 'object' && window !== null && 'until' in window && typeof window.until === 'number' ? { until: window.until } : null;
};
const titleOf = (body: Readonly<Record<string, unknown>>): Sentence => {
  const { title } = body;
  return typeof title === 'object' && title !== null && 'zh' in title && 'en' in title && typeof title.zh === 'string' && typeof title.en === 'string' ? { zh: title.zh, en: title.en } : { zh: '任务', en: 'task' };
};

export const dutyFold = declareFold<Map<string, DutyRecord>>({
  key: 'figure.duties',
  kinds: ['obligations.window_opened', 'obligations.became_overdue', 'obligations.was_missed', 'obligations.form_submitted', 'obligations.was_waived', 'obligations.opened_by_person', 'obligations.opened_after'],
  initial: () => new Map(),
  step: (duties, { kind, body, subject, seq, actor }) => {
    const window = windowOf(body);
    if (window === null) return duties;
    const duty = duties.get(subject) ?? { obligationId: subject, title: titleOf(body), until: window.until, state: 'due', doneBy: null, seq };
    duties.set(subject, duty);
    duty.seq = seq;
    if (kind === 'obligations.became_overdue') duty.state = 'overdue';
    if (kind === 'obligations.was_missed') duty.state = 'missed';
    if (kind === 'obligations.was_waived') duty.state = 'waived';
    if (kind === 'obligations.form_submitted') {
      duty.state = textOf(body, 'timing') === 'late' ? 'done_late' : 'done';
      duty.doneBy = actor.id;
    }
    return duties;
  },
});

/** Duties whose window ended in the period; what is still open is not yet due. */
export const dutiesIn = (states: States, period: Period, now: Instant): DutyRecord[] =>
  [...dutyFold.read(states).values()].filter((duty) => within(duty.until, period) && (duty.until <= now || duty.state !== 'due') && duty.state !== 'waived').toSorted((a, b) => a.until - b.until);

const isDone = ({ state }: DutyRecord): boolean => state === 'done' || state === 'done_late';
const undone = (states: States, period: Period, now: Instant): DutyRecord[] => dutiesIn(states, period, now).filter((duty) => !isDone(duty));

export const dutyFigures: readonly Figure[] = [
  {
    key: 'duties_done_percent', title: { zh: '任务完成率', en: 'Duties done' }, unit: 'percent', better: 'higher', target: { number: 100 },
    fold: dutyFold,
    value: (states, period, now) => {
      const due = dutiesIn(states, period, now);
      return due.length === 0 ? null : (100 * due.filter(isDone).length) / due.length;
    },
    facts: (states, period, now) => undone(states, period, now).map(({ seq }) => seq),
  },
  {
    key: 'overdue_safety_checks', title: { zh: '漏做和逾期的任务', en: 'Duties missed or overdue' }, unit: 'count', better: 'lower', target: { number: 0 },
    fold: dutyFold, value: (states, period, now) => undone(states, period, now).length, facts: (states, period, now) => undone(states, period, now).map(({ seq }) => seq),
  },
  {
    key: 'hazards_open', title: { zh: '未消除的隐患', en: 'Hazards that are still open' }, unit: 'count', better: 'lower', target: { number: 0 },
    fold: hazardFold, value: (states, period, now) => openHazards(states, Math.min(period.until, now)).length, facts: (states, period, now) => openHazards(states, Math.min(period.until, now)).map(({ seq }) => seq),
  },
];
