import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hourMs, minuteMs, secondMs } from '../../base/units.ts';
import { admitAttempt, afterSuccess, delayMs, knownPairRule, pairRule, sourceOf, sourceRule, type Attempts, type ThrottleRule } from './throttle.ts';

const now = 1_800_000_000_000;
/** Tries as often as it is let in for `spanMs`; answers how often that was. */
const triesIn = (rule: ThrottleRule, spanMs: number): number => {
  let attempts: Attempts | null = null;
  let tries = 0;
  for (let at = now; at < now + spanMs; ) {
    const answer = admitAttempt(attempts, rule, at);
    if (answer.admitted) {
      attempts = answer.after;
      tries += 1;
    } else at += answer.waitMs;
  }
  return tries;
};

describe('the throttle', () => {
  test('lets people mistype, then doubles the wait up to its bound', () => {
    expect([1, 2, 3, 4, 5].map((failures) => delayMs(pairRule, failures))).toEqual([0, 0, 2_000, 4_000, 8_000]);
    expect(delayMs(pairRule, 1_000)).toBe(15 * minuteMs);
    expect(delayMs(sourceRule, 9)).toBe(0);
    expect(delayMs(knownPairRule, 1_000)).toBe(30 * secondMs);
  });

  test('of two who come in the same moment neither waits, whoever looked at the clock first', () => {
    const first = admitAttempt(null, sourceRule, now + 3);
    if (!first.admitted) throw new Error('not admitted');
    for (const known of [first.after, afterSuccess(first.after, sourceRule, now + 5)]) expect(admitAttempt(known, sourceRule, now).admitted).toBe(true);
  });

  test('leaves a guesser about a hundred tries a day on one account', () => {
    expect(triesIn(pairRule, 24 * hourMs)).toBeLessThan(110);
    expect(triesIn(sourceRule, 24 * hourMs)).toBeLessThan(320);
  });

  test('never asks for a longer wait than its rule, whatever the clock did', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: -hourMs * 48, max: hourMs * 48 }), fc.integer({ min: -hourMs * 48, max: hourMs * 48 }), (failures, last, free) => {
        const answer = admitAttempt({ failures, lastAt: now + last, freeAt: now + free }, pairRule, now);
        if (!answer.admitted) expect(answer.waitMs).toBeLessThanOrEqual(pairRule.longestDelayMs);
        else expect(answer.after.freeAt - now).toBeLessThanOrEqual(pairRule.longestDelayMs);
      }),
    );
  });

  test('forgets after an hour of rest', () => {
    const answer = admitAttempt({ failures: 40, lastAt: now - hourMs, freeAt: now - 45 * minuteMs }, pairRule, now);
    expect(answer).toEqual({ admitted: true, after: { failures: 1, lastAt: now, freeAt: now } });
  });

  test('a success takes back its own attempt only: one known account does not wash away the others’ failures', () => {
    const many: Attempts = { failures: 20, lastAt: now, freeAt: now + 5 * minuteMs };
    expect(afterSuccess(many, sourceRule, now)).toMatchObject({ failures: 19, freeAt: now + delayMs(sourceRule, 19) });
    expect(afterSuccess({ failures: 1, lastAt: now, freeAt: now }, sourceRule, now)).toMatchObject({ failures: 0, freeAt: now });
  });

  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::1', '::1'],
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:bbbb:1:2:3', '2001:db8:1:2::/64'],
    ['2001:db8::5', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s counts as %s', (address, source) => {
    expect(sourceOf(address)).toBe(source);
  });
});
