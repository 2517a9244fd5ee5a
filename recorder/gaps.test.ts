import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alarmGap, backOffMs, backOffSeconds, closeGap, openGap, splitGap, spreadOf, standsStill } from './gaps.ts';
import type { Gap, GapDecision, GapEvent } from './gaps.ts';

const fresh = (n: number, from: number, reason: Gap['reason'] = 'network') => ({ gapId: `gap_${n}`, cameraId: 'cam_1', from, reason, detail: 'd' });

describe('gaps', () => {
  test('[BRN-4.3 RECORDING] a gap of ten seconds raises one alarm, not before and not twice', () => {
    let { gap } = openGap(null, fresh(1, 1_000));
    expect(alarmGap(gap, 10_999, 10).events).toEqual([]);
    const raised = alarmGap(gap, 11_000, 10);
    expect(raised.events).toEqual([{ kind: 'gap_alarm', gapId: 'gap_1', cameraId: 'cam_1', from: 1_000, reason: 'network' }]);
    gap = raised.gap;
    expect(alarmGap(gap, 99_000, 10).events).toEqual([]);
  });

  test('[ART-10.1.3 RECORDING] recording that a person switched off is a gap without an alarm', () => {
    expect(alarmGap(openGap(null, fresh(1, 0, 'recording_off')).gap, 1e9, 10).events).toEqual([]);
  });

  test('[BRN-A1.2.4 RECORDING] whatever happens in whatever order, gaps of a camera never overlap and each names one reason', () => {
    const act = fc.record({ what: fc.constantFrom('open', 'close', 'split', 'alarm'), stepMs: fc.nat(20_000), reason: fc.constantFrom('network' as const, 'disk_full' as const, 'recorder_stopped' as const) });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        let now = 0;
        let gap: Gap | null = null;
        const log: GapEvent[] = [];
        for (const [i, a] of acts.entries()) {
          now += a.stepMs;
          const decisions: Record<string, () => GapDecision> = {
            open: () => openGap(gap, fresh(i, now, a.reason)),
            close: () => closeGap(gap, now),
            split: () => splitGap(gap, fresh(i, now, a.reason)),
            alarm: () => alarmGap(gap, now, 10),
          };
          const decision = decisions[a.what]!();
          gap = decision.gap;
          log.push(...decision.events);
        }
        const open = new Map<string, GapEvent>();
        let end = 0;
        for (const event of log) {
          if (event.kind === 'gap_opened') {
            expect(open.size).toBe(0);
            expect(event.from).toBeGreaterThanOrEqual(end);
            open.set(event.gapId, event);
          } else {
            expect(open.get(event.gapId)).toMatchObject({ from: event.from, reason: event.reason });
            if (event.kind === 'gap_closed') {
              expect(event.until).toBeGreaterThanOrEqual(event.from);
              end = event.until;
              open.delete(event.gapId);
            }
          }
        }
        expect([...open.keys()]).toEqual(gap === null ? [] : [gap.gapId]);
      }),
    );
  });

  test('attempts follow 1, 1, 1, 5, 5, 10, 10, 60 seconds and then stay, spread by at most a tenth', () => {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const seconds = backOffSeconds[Math.min(attempt, 7)]!;
      const delay = backOffMs(attempt, 'cam_1');
      expect(delay).toBeGreaterThanOrEqual(seconds * 1_000);
      expect(delay).toBeLessThanOrEqual(seconds * 1_100);
    }
  });

  test('cameras are spread over the minute evenly', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 1_000; i += 1) tenths[Math.floor(spreadOf(`cam_06f2q30000000000000000${i}`) * 10)]! += 1;
    for (const count of tenths) expect(count).toBeGreaterThan(60);
  });

  test('[BRN-A3.1.4 TELEMETRY] a camera whose footage on disk stands still for ten seconds is found', () => {
    expect(standsStill({ progressMonotonicMs: 0, nowMonotonicMs: 9_999 }, 10)).toBe(false);
    expect(standsStill({ progressMonotonicMs: 0, nowMonotonicMs: 10_000 }, 10)).toBe(true);
  });
});
