/** What an alarm is at a moment, and what may be done with it. Pure. */
import type { AlarmClass, Severity } from '../../../../contract/notifications.ts';
import type { Instant } from '../../base/clock.ts';
import type { Refusal, Sentence } from '../../base/refusal.ts';
import { notificationsRefusals as refuse } from './refusals.ts';

export interface Alarm {
  alarmId: string;
  siteId: string;
  roomId: string;
  kind: string;
  class: AlarmClass;
  severity: Severity;
  subject: string;
  cameraId: string | null;
  title: Sentence;
  sentence: Sentence;
  raisedAt: Instant;
  times: number;
  lastAt: Instant;
  clearedAt: Instant | null;
  acknowledgedUntil: Instant | null;
  rings: number;
  ringsSince: Instant;
  hop: number;
  round: number;
  unreachedAt: Instant | null;
  /** Put aside until then. */
  shelvedUntil: Instant | null;
  closedAt: Instant | null;
}

export type AlarmState = 'waiting' | 'acknowledged' | 'shelved' | 'closed';
export const stateOf = (alarm: Pick<Alarm, 'closedAt' | 'acknowledgedUntil' | 'shelvedUntil'>): AlarmState =>
  (alarm.closedAt !== null ? 'closed' : alarm.shelvedUntil !== null ? 'shelved' : alarm.acknowledgedUntil !== null ? 'acknowledged' : 'waiting');

/** As it stands when it rings anew: from the first step, quiet for nobody. */
export const rungAgain = (alarm: Alarm, now: Instant): Alarm => ({ ...alarm, acknowledgedUntil: null, shelvedUntil: null, rings: alarm.rings + 1, ringsSince: now, hop: 0, round: 1, unreachedAt: null });

/** How far behind its limit an answer comes, ms; 0: in time. */
export const lateBy = (ringsSince: Instant, limitMs: number, now: Instant): number => Math.max(0, now - ringsSince - limitMs);

export const whyNotAcknowledge = (alarm: Alarm): Refusal | null => {
  const state = stateOf(alarm);
  if (state === 'closed') return refuse('alarm_closed');
  if (state === 'shelved') return refuse('is_shelved');
  return state === 'acknowledged' ? refuse('already_acknowledged') : null;
};

/** What calls for help is never put aside (lifecycle 2). */
const neverShelved: readonly AlarmClass[] = ['fire', 'panic'];

export const whyNotShelve = (alarm: Pick<Alarm, 'class' | 'closedAt' | 'acknowledgedUntil' | 'shelvedUntil' | 'clearedAt'>): Refusal | null => {
  if (alarm.closedAt !== null) return refuse('alarm_closed');
  if (neverShelved.includes(alarm.class)) return refuse('never_shelved');
  if (alarm.shelvedUntil !== null) return refuse('is_shelved');
  return alarm.clearedAt === null ? null : refuse('over_not_shelved');
};

export const whyNotClose = (alarm: Alarm, clearsItself: boolean): Refusal | null => {
  if (alarm.closedAt !== null) return refuse('alarm_closed');
  return clearsItself && alarm.clearedAt === null ? refuse('still_so') : null;
};

export interface Findings {
  detector: string;
  place: string;
  cause: string;
  person: string;
  from: Instant | null;
  until: Instant | null;
}

const words: Readonly<Record<keyof Findings, Sentence>> = {
  detector: { zh: '探测器', en: 'detector' },
  place: { zh: '部位', en: 'place' },
  cause: { zh: '原因', en: 'cause' },
  person: { zh: '到场人', en: 'person on the spot' },
  from: { zh: '开始时间', en: 'start' },
  until: { zh: '结束时间', en: 'end' },
};

/** What is missing from the record of a false fire alarm. */
export const missingFindings = (findings: Findings | undefined): Sentence[] =>
  (Object.keys(words) as (keyof Findings)[]).filter((key) => findings === undefined || findings[key] === null || findings[key] === '').map((key) => words[key]);
