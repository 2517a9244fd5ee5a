/** Devices and what one look at them says; when a state changes because of it. Pure. */
import type { DeviceKind, Grade, HealthCheck } from '../../../../contract/health.ts';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';

export interface Device {
  deviceId: string;
  kind: DeviceKind;
  name: string;
}

export type Seen = 'good' | 'bad' | 'unknown';

export interface Reading {
  device: Device;
  check: HealthCheck;
  seen: Seen;
  value: number | null;
  words: Sentence;
  /** What it has when it is well. */
  usual?: number | null;
  still?: string | null;
  /** Looks in a row that must agree before the state changes; default 1. */
  confirmations?: number;
  /** When it began, where that is known better than by the look. */
  since?: Instant;
}

export interface State {
  device: Device;
  check: HealthCheck;
  state: Seen;
  seen: Seen;
  inARow: number;
  value: number | null;
  usual: number | null;
  words: Sentence;
  since: Instant;
  checkedAt: Instant;
  firstAt: Instant;
  still: string | null;
}

export interface Step {
  state: State;
  change: 'began' | 'over' | null;
}

/** What cannot be told says nothing about what was known before: a trouble goes on until it is seen to be over. */
export const stepOf = (before: State | null, reading: Reading, now: Instant): Step => {
  const { device, check, seen, value, words, still = null, usual = before?.usual ?? null, confirmations = 1 } = reading;
  const fresh = { device, check, value, usual, words, checkedAt: now, seen, still: still ?? before?.still ?? null };
  const inARow = before !== null && before.seen === seen ? before.inARow + 1 : 1;
  const firstAt = before?.firstAt ?? now;
  if (before === null && seen !== 'bad') return { state: { ...fresh, state: seen, inARow, since: now, firstAt }, change: null };
  const was: Seen = before?.state ?? 'unknown';
  const isConfirmed = seen === 'unknown' || inARow >= confirmations;
  if (seen === was || !isConfirmed) {
    const kept = was === 'bad' && seen !== 'bad' && before !== null ? { words: before.words, still: before.still, value: before.value } : {};
    return { state: { ...fresh, ...kept, state: was, inARow, since: before?.since ?? now, firstAt }, change: null };
  }
  // Unknown after bad: still bad, as far as anybody knows.
  if (was === 'bad' && seen === 'unknown') return { state: { ...fresh, words: before?.words ?? words, still: before?.still ?? null, state: 'bad', inARow, since: before?.since ?? now, firstAt }, change: null };
  const since = seen === 'bad' ? Math.min(now, reading.since ?? now) : now;
  const change = seen === 'bad' ? 'began' : was === 'bad' ? 'over' : null;
  return { state: { ...fresh, state: seen, inARow, since, firstAt }, change };
};

/** What makes a device useless; the rest makes it worse than it should be. */
const fatal: ReadonlySet<HealthCheck> = new Set(['offline', 'usable', 'black', 'covered', 'frozen', 'disk_health', 'power']);

export const gradeOf = (states: readonly Pick<State, 'check' | 'state'>[], isStale: boolean): Grade => {
  const bad = states.filter(({ state }) => state === 'bad');
  if (bad.some(({ check }) => fatal.has(check))) return 'poor';
  if (bad.length > 0) return 'fair';
  return isStale || states.every(({ state }) => state === 'unknown') ? 'unknown' : 'good';
};

export interface Down {
  from: Instant;
  until: Instant | null;
}

/** Percent of the span in which nothing was down; null: it was not watched in it. Overlapping troubles count once. */
export const availability = (downs: readonly Down[], span: { from: Instant; until: Instant }, watchedSince: Instant): number | null => {
  const from = Math.max(span.from, watchedSince);
  if (from >= span.until) return null;
  let [lost, reached] = [0, from];
  for (const down of downs.toSorted((a, b) => a.from - b.from)) {
    const [begin, end] = [Math.max(down.from, reached), Math.min(down.until ?? span.until, span.until)];
    if (end <= begin) continue;
    lost += end - begin;
    reached = end;
  }
  return Math.round((1 - lost / (span.until - from)) * 100_000) / 1_000;
};

/** Moves slowly with what is measured while the device is well. */
export const usualOf = (usual: number | null, value: number): number => (usual === null ? value : usual * 0.98 + value * 0.02);
