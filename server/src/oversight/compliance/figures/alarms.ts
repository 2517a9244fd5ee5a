/** Figures of alarms: how fast they were answered and handled, which were real. Pure. */
import type { Instant } from '../../../base/clock.ts';
import type { Period } from '../../../base/judge.ts';
import { declareFold, type States } from '../folds.ts';
import { median, textOf, within, type Figure } from './figure.ts';

interface AlarmRecord {
  class: string;
  raisedAt: Instant;
  raisedSeq: number;
  acknowledgedAt: Instant | null;
  acknowledgedBy: string | null;
  closedAt: Instant | null;
  verdict: string | null;
}

export const alarmFold = declareFold<Map<string, AlarmRecord>>({
  key: 'figure.alarms',
  kinds: ['notifications.alarm_raised', 'notifications.alarm_acknowledged', 'notifications.alarm_closed'],
  initial: () => new Map(),
  step: (alarms, { kind, body, at, seq, actor }) => {
    const id = textOf(body, 'alarmId');
    if (kind === 'notifications.alarm_raised') {
      alarms.set(id, { class: textOf(body, 'class'), raisedAt: at, raisedSeq: seq, acknowledgedAt: null, acknowledgedBy: null, closedAt: null, verdict: null });
      return alarms;
    }
    const alarm = alarms.get(id);
    if (alarm === undefined) return alarms;
    if (kind === 'notifications.alarm_acknowledged' && alarm.acknowledgedAt === null) {
      alarm.acknowledgedAt = at;
      alarm.acknowledgedBy = actor.id;
    }
    if (kind === 'notifications.alarm_closed') {
      alarm.closedAt = at;
      alarm.verdict = textOf(body, 'verdict');
    }
    return alarms;
  },
});

const raisedIn = (states: States, period: Period): AlarmRecord[] => [...alarmFold.read(states).values()].filter(({ raisedAt }) => within(raisedAt, period));

/** An alarm that nobody has answered yet counts with the time that it has been waiting. */
const answerSeconds = (states: States, period: Period, now: Instant): number[] => raisedIn(states, period).map((alarm) => ((alarm.acknowledgedAt ?? alarm.closedAt ?? now) - alarm.raisedAt) / 1_000);
const seqs = (alarms: readonly AlarmRecord[]): number[] => alarms.map(({ raisedSeq }) => raisedSeq);

const incidentClasses: ReadonlySet<string> = new Set(['fire', 'intrusion', 'panic']);
const incidents = (states: States, period: Period): AlarmRecord[] => raisedIn(states, period).filter((alarm) => incidentClasses.has(alarm.class) && alarm.verdict !== 'false');

/** How fast one person answered. */
export const answersOf = (states: States, period: Period): ReadonlyMap<string, number[]> => {
  const answers = new Map<string, number[]>();
  for (const alarm of raisedIn(states, period)) {
    if (alarm.acknowledgedBy === null || alarm.acknowledgedAt === null) continue;
    answers.set(alarm.acknowledgedBy, [...(answers.get(alarm.acknowledgedBy) ?? []), (alarm.acknowledgedAt - alarm.raisedAt) / 1_000]);
  }
  return answers;
};

export const alarmFigures: readonly Figure[] = [
  {
    key: 'response_seconds', title: { zh: '报警应答时间（中位）', en: 'Time to answer an alarm (median)' }, unit: 'seconds', better: 'lower', target: { parameter: 'alarm_ack_seconds' },
    fold: alarmFold, value: (states, period, now) => median(answerSeconds(states, period, now)), facts: (states, period) => seqs(raisedIn(states, period)),
  },
  {
    key: 'acknowledge_seconds', title: { zh: '报警应答时间（最长）', en: 'Time to answer an alarm (longest)' }, unit: 'seconds', better: 'lower', target: { parameter: 'alarm_ack_seconds' },
    fold: alarmFold,
    value: (states, period, now) => {
      const all = answerSeconds(states, period, now);
      return all.length === 0 ? null : Math.max(...all);
    },
    facts: (states, period) => seqs(raisedIn(states, period)),
  },
  {
    key: 'handling_minutes', title: { zh: '报警处理时间（中位）', en: 'Time to handle an alarm (median)' }, unit: 'minutes', better: 'lower', target: { number: 30 },
    fold: alarmFold,
    value: (states, period, now) => median(raisedIn(states, period).map((alarm) => ((alarm.closedAt ?? now) - alarm.raisedAt) / 60_000)),
    facts: (states, period) => seqs(raisedIn(states, period)),
  },
  {
    key: 'incidents', title: { zh: '火警、入侵、求助（误报除外）', en: 'Fires, intrusions, calls for help (false ones apart)' }, unit: 'count', better: 'lower', target: { number: 0 },
    fold: alarmFold, value: (states, period) => incidents(states, period).length, facts: (states, period) => seqs(incidents(states, period)),
  },
];
