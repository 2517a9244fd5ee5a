/** A question to the acts as it stands in the form, as the server wants it, and the usual ones ready to ask. Pure. */
import type { ActGroup } from '../../../../../contract/audit.ts';
import { dayStart } from '../../../ui/day-span.ts';
import { clockText, isoDateText } from '../../../ui/time-format.ts';

export interface ActQuestion {
  personId: string;
  cameraId: string;
  group: ActGroup | '';
  kind: string;
  text: string;
  /** Entries only: `812-815`. */
  seqs: string;
  /** `2026-11-21T18:00` by the clocks of the site; '' means no limit. */
  from: string;
  until: string;
}
export const noQuestion: ActQuestion = { personId: '', cameraId: '', group: '', kind: '', text: '', seqs: '', from: '', until: '' };

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Instant of a moment as typed; null when it is none. */
export const instantOfText = (text: string, timeZone: string): number | null => {
  const [, day = '', hour = '', minute = ''] = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})$/.exec(text) ?? [];
  const start = dayStart(day, timeZone);
  return start === null ? null : start + (Number(hour) * 60 + Number(minute)) * minuteMs;
};
export const textOfInstant = (at: number, timeZone: string): string => `${isoDateText(at, timeZone)}T${clockText(at, timeZone)}`;

const filled = <K extends keyof ActQuestion>(question: ActQuestion, key: K): Partial<Record<K, Exclude<ActQuestion[K], ''>>> =>
  question[key] === '' ? {} : ({ [key]: question[key] } as Partial<Record<K, Exclude<ActQuestion[K], ''>>>);

export const filtersOf = (question: ActQuestion) => ({
  ...filled(question, 'personId'), ...filled(question, 'cameraId'), ...filled(question, 'group'), ...filled(question, 'kind'), ...filled(question, 'text'), ...filled(question, 'seqs'),
});

export const askedOf = (question: ActQuestion, timeZone: string) => {
  const from = instantOfText(question.from, timeZone);
  const until = instantOfText(question.until, timeZone);
  return { ...filtersOf(question), ...(from === null ? {} : { from }), ...(until === null ? {} : { until }) };
};

/** Length of the span in days, rounded up, for a question that is kept; null: all time. */
export const daysOf = (question: ActQuestion, timeZone: string, now: number): number | null => {
  const from = instantOfText(question.from, timeZone);
  if (from === null) return null;
  return Math.max(1, Math.ceil(((instantOfText(question.until, timeZone) ?? now) - from) / dayMs));
};

export type Preset = 'lastNight' | 'todayChanges' | 'refusedWeek' | 'outWeek';
export const presets: readonly Preset[] = ['lastNight', 'todayChanges', 'refusedWeek', 'outWeek'];

/** Last night: from 18:00 of yesterday to 08:00 of today, or the night that is going on. */
export const presetQuestion = (preset: Preset, timeZone: string, now: number): ActQuestion => {
  const today = isoDateText(now, timeZone);
  const yesterday = isoDateText((dayStart(today, timeZone) ?? now) - 1, timeZone);
  const weekAgo = isoDateText(now - 7 * dayMs, timeZone);
  if (preset === 'lastNight') return { ...noQuestion, group: 'watching', from: `${yesterday}T18:00`, until: `${today}T08:00` };
  if (preset === 'todayChanges') return { ...noQuestion, group: 'changes', from: `${today}T00:00` };
  return { ...noQuestion, group: preset === 'refusedWeek' ? 'refused' : 'handed_out', from: `${weekAgo}T00:00` };
};

export const savedQuestion = (saved: { personId?: string | undefined; cameraId?: string | undefined; group?: ActGroup | undefined; kind?: string | undefined; text?: string | undefined; seqs?: string | undefined; days: number | null }, timeZone: string, now: number): ActQuestion => ({
  personId: saved.personId ?? '', cameraId: saved.cameraId ?? '', group: saved.group ?? '', kind: saved.kind ?? '', text: saved.text ?? '', seqs: saved.seqs ?? '',
  from: saved.days === null ? '' : textOfInstant(now - saved.days * dayMs, timeZone), until: '',
});
