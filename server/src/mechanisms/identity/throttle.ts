/**
 * How long a source must wait after failed sign-ins. The source is slowed, never the account: nobody elsewhere can lock out the person on
 * post. A source from which that person signed in before is spared the failures of others there, and waits half a minute at most. Pure.
 */
import type { Instant } from '../../base/clock.ts';
import { hourMs, minuteMs, secondMs } from '../../base/units.ts';

/** Who owns an IPv6 network owns 2^64 addresses: the network is the source. IPv4 in IPv6 clothes is itself. */
export const sourceOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%')[0]?.toLowerCase().split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  const groups = [...before, ...zeros, ...after];
  if (groups.slice(0, 7).every((group) => group === '0')) return address; // ::1 is this machine, not a network
  return `${groups.slice(0, 4).join(':')}::/64`;
};

export interface Attempts {
  failures: number;
  lastAt: Instant;
  freeAt: Instant;
}

export interface ThrottleRule {
  /** Failures that cost nothing: people mistype. */
  free: number;
  firstDelayMs: number;
  longestDelayMs: number;
}

export const sourceRule: ThrottleRule = { free: 10, firstDelayMs: secondMs, longestDelayMs: 5 * minuteMs };
export const pairRule: ThrottleRule = { free: 3, firstDelayMs: 2 * secondMs, longestDelayMs: 15 * minuteMs };
export const knownPairRule: ThrottleRule = { free: 3, firstDelayMs: secondMs, longestDelayMs: 30 * secondMs };

const fadesAfterMs = hourMs;

export const delayMs = (rule: ThrottleRule, failures: number): number =>
  failures < rule.free ? 0 : Math.min(rule.longestDelayMs, rule.firstDelayMs * 2 ** Math.min(failures - rule.free, 30));

export type Admission = { admitted: true; after: Attempts } | { admitted: false; waitMs: number };

/**
 * Asked before the password is looked at. An admitted attempt counts as failed until its success is told, so that a hundred attempts at the
 * same moment are a hundred failures and not one.
 */
export const admitAttempt = (before: Attempts | null, rule: ThrottleRule, now: Instant): Admission => {
  const known = before !== null && now - before.lastAt < fadesAfterMs ? before : { failures: 0, lastAt: now, freeAt: now };
  // A wall clock set back must not make anybody wait longer than the rule says.
  const waitMs = Math.min(known.freeAt - now, rule.longestDelayMs);
  // Of two who came at once the one that was judged second may have looked at the clock first: who owes no delay waits for nobody.
  if (waitMs > 0 && delayMs(rule, known.failures) > 0) return { admitted: false, waitMs };
  const failures = known.failures + 1;
  return { admitted: true, after: { failures, lastAt: now, freeAt: now + delayMs(rule, failures) } };
};

/** After a success the pair is clean; the source is given back this one attempt only, or one known account would wash away all others. */
export const afterSuccess = (source: Attempts, rule: ThrottleRule, now: Instant): Attempts => {
  const failures = Math.max(0, source.failures - 1);
  return { failures, lastAt: source.lastAt, freeAt: Math.min(source.freeAt, now + delayMs(rule, failures)) };
};
