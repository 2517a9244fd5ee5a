/** A figure of the board: a number of a period that the facts alone give, with its target. Null means that there was nothing to measure. */
import type { Instant } from '../../../base/clock.ts';
import type { Period } from '../../../base/judge.ts';
import type { Sentence } from '../../../base/refusal.ts';
import type { Fold, States } from '../folds.ts';

export type FigureUnit = 'percent' | 'seconds' | 'minutes' | 'count' | 'gigabytes';

export interface Figure {
  /** As packs and profiles name it, e.g. availability_percent. */
  key: string;
  title: Sentence;
  unit: FigureUnit;
  better: 'higher' | 'lower';
  /** A parameter of the rules, or a number that holds where nobody set one. */
  target: { parameter: string } | { number: number };
  fold: Fold;
  value(states: States, period: Period, now: Instant): number | null;
  /** Sequence numbers of the facts behind a value that misses the target, newest last. */
  facts(states: States, period: Period, now: Instant): readonly number[];
}

export const meets = (better: Figure['better'], value: number, target: number): boolean => (better === 'higher' ? value >= target : value <= target);

export const within = (at: Instant, { from, until }: Period): boolean => at >= from && at < until;

export const median = (values: readonly number[]): number | null => {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? null) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/** Values out of the body of a fact, which comes from the ledger and is typed by nobody. */
export const numberOf = (body: Readonly<Record<string, unknown>>, key: string): number | null => {
  const value = body[key];
  return typeof value === 'number' ? value : null;
};
export const textOf = (body: Readonly<Record<string, unknown>>, key: string): string => {
  const value = body[key];
  return typeof value === 'string' ? value : '';
};
