/** Turns of a position: when one begins and ends, what became of it, how much of an hour was covered. Pure. */
import type { HourView, Outcome } from '../../../../contract/rounds.ts';
import type { Instant } from '../../base/clock.ts';
import { hourMs } from '../../base/units.ts';

export interface Span {
  from: Instant;
  until: Instant;
}

/** Length of what any of the spans covers, ms; overlapping ones count once. */
export const covered = (spans: readonly Span[], within: Span): number => {
  let [sum, reached] = [0, within.from];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const [begin, end] = [Math.max(span.from, reached), Math.min(span.until, within.until)];
    if (end <= begin) continue;
    sum += end - begin;
    reached = end;
  }
  return sum;
};

/** The mark that counts for a turn: the first that was not rushed, else the last. */
export const outcomeOf = <M extends { rushed: boolean }>(marks: readonly M[]): { outcome: Outcome; mark: M | null } => {
  const good = marks.find(({ rushed }) => !rushed);
  if (good !== undefined) return { outcome: 'viewed', mark: good };
  const last = marks.at(-1);
  return last === undefined ? { outcome: 'missed', mark: null } : { outcome: 'rushed', mark: last };
};

/** Turns that have ended and were not judged yet, oldest first, at most so many. */
export const endedTurns = (sweptUntil: Instant, intervalMs: number, now: Instant, most: number): Span[] => {
  const turns: Span[] = [];
  for (let from = sweptUntil; from + intervalMs <= now && turns.length < most; from += intervalMs) turns.push({ from, until: from + intervalMs });
  return turns;
};

const percentOf = (viewed: number, due: number): number => Math.round((viewed / due) * 1_000) / 10;

/** A turn belongs to the hour in which it ended. */
export const hoursOf = (turns: readonly { until: Instant; outcome: Outcome }[], span: Span): HourView[] => {
  const first = Math.floor(span.from / hourMs) * hourMs;
  const hours: HourView[] = [];
  for (let from = first; from < span.until; from += hourMs) {
    const own = turns.filter(({ until }) => until > from && until <= from + hourMs);
    const count = (outcome: Outcome): number => own.filter((turn) => turn.outcome === outcome).length;
    hours.push({ from, due: own.length, viewed: count('viewed'), rushed: count('rushed'), missed: count('missed'), percent: own.length === 0 ? null : percentOf(count('viewed'), own.length) });
  }
  return hours;
};

export const shiftsOf = (turns: readonly { shift: number | null; outcome: Outcome }[], targetPercent: number): { shift: number; due: number; viewed: number; percent: number; belowTarget: boolean }[] =>
  [...Map.groupBy(turns, ({ shift }) => shift)]
    .flatMap(([shift, own]) => {
      if (shift === null) return [];
      const viewed = own.filter(({ outcome }) => outcome === 'viewed').length;
      const percent = percentOf(viewed, own.length);
      return [{ shift, due: own.length, viewed, percent, belowTarget: percent < targetPercent }];
    })
    .sort((a, b) => b.shift - a.shift);
