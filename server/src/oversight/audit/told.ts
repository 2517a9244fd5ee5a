/** What the machine saw beside what people wrote about it: an alarm of the system is told once a line of the duty log says something of it. Pure. */
import type { Instant } from '../../base/clock.ts';
import type { Period } from '../../base/judge.ts';
import { eventsTold } from './controls.ts';

/** The facts that the comparison needs. */
export const toldKinds = ['notifications.alarm_raised', 'duty.entry_made'] as const;

/** As both the ledger's rows and told facts give it. */
export interface SeenFact {
  seq: number;
  at: Instant;
  kind: string;
  actor: { kind: string };
  body: Readonly<Record<string, unknown>>;
}

export interface SystemEvent {
  seq: number;
  at: Instant;
  /** Number of its line in the duty log of the shift; null: it was raised where no log was open. */
  line: number | null;
  /** When a person first wrote about it; null: nobody has. */
  toldAt: Instant | null;
}

export interface Told {
  /** By the alarm's id. */
  events: Map<string, SystemEvent>;
  /** Lines that the system wrote, by entry: a person's addendum names the line. */
  lines: Map<string, string>;
}

export const nothingTold = (): Told => ({ events: new Map(), lines: new Map() });

const textOf = (body: SeenFact['body'], key: string): string => {
  const value = body[key];
  return typeof value === 'string' ? value : '';
};

/** One fact more; the state is changed and answered. */
export const tell = (told: Told, { seq, at, kind, actor, body }: SeenFact): Told => {
  if (kind === 'notifications.alarm_raised') {
    // What a person raises is their own word.
    if (actor.kind === 'process') told.events.set(textOf(body, 'alarmId'), { seq, at, line: null, toldAt: null });
    return told;
  }
  const alarmId = told.events.has(textOf(body, 'subject')) ? textOf(body, 'subject') : (told.lines.get(textOf(body, 'corrects')) ?? '');
  const event = told.events.get(alarmId);
  if (event === undefined) return told;
  const number = body['number'];
  if (textOf(body, 'source') === 'system') {
    told.lines.set(textOf(body, 'entryId'), alarmId);
    if (typeof number === 'number') event.line ??= number;
  } else event.toldAt ??= at;
  return told;
};

export const eventsIn = ({ events }: Told, { from, until }: Period): SystemEvent[] => [...events.values()].filter(({ at }) => at >= from && at < until);

/** Events of the period that nobody has written a word about, oldest first. */
export const untoldIn = (told: Told, period: Period): readonly SystemEvent[] => eventsTold.find(() => eventsIn(told, period).filter(({ toldAt }) => toldAt === null).toSorted((a, b) => a.seq - b.seq));
