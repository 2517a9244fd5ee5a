import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GapSpan } from './footage-map.ts';
import { barOf, blocksOf, centred, follow, gapUnder, maxViewMs, minViewMs, pan, ticks, timeAt, xOf, zoom } from './timeline-geometry.ts';

const at = Date.parse('2026-11-22T02:00:00Z');
const hour = 3_600_000;
const view = { from: at, until: at + 24 * hour };
const gap = (from: number, until: number): GapSpan => ({ from, until, open: false, reason: 'network', detail: '', rows: 1 });

describe('timeline geometry', () => {
  it('pixels and instants are each other’s inverse', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1_800 }), (x) => Math.abs(xOf(view, 1_800, timeAt(view, 1_800, x)) - x) < 1e-3));
  });
  it('zooming keeps the instant under the pointer in place, from a day to a minute', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 50, noNaN: true }), (share, factor) => {
        const around = view.from + share * (view.until - view.from);
        const next = zoom(view, around, factor);
        expect(next.until - next.from).toBeGreaterThanOrEqual(minViewMs - 1);
        expect(next.until - next.from).toBeLessThanOrEqual(maxViewMs + 1);
        expect(Math.abs(xOf(next, 1_000, around) - share * 1_000)).toBeLessThan(0.1);
      }),
    );
  });
  it('dragging moves both ends alike', () => {
    expect(pan(view, -hour)).toEqual({ from: at - hour, until: at + 23 * hour });
  });
  it('while it plays the page turns before the playhead leaves it, and a lost playhead is found again', () => {
    const page = centred(at, 10 * 60_000);
    expect(follow(page, at)).toBe(page);
    const turned = follow(page, page.until - 1_000);
    expect(turned.from).toBeLessThan(page.until - 1_000);
    expect(turned.until).toBeGreaterThan(page.until);
    expect(follow(page, at + hour)).toEqual(centred(at + hour, 10 * 60_000));
  });
  it('a day has ticks on whole hours of the site, with the date at midnight', () => {
    const day = ticks(view, 1_800, 'Asia/Shanghai');
    expect(day[0]?.label).toBe('10:00');
    expect(day.find(({ midnight }) => midnight)?.label).toBe('11-23');
    expect(day.length).toBeGreaterThan(10);
    expect(day.length).toBeLessThan(22);
  });
  it('a minute has ticks on seconds', () => {
    expect(ticks({ from: at, until: at + 60_000 }, 1_200, 'Asia/Shanghai').map(({ label }) => label)).toContain('10:00:30');
  });
  it('labels never crowd, whatever the zoom and the width', () => {
    fc.assert(
      fc.property(fc.integer({ min: minViewMs, max: maxViewMs }), fc.integer({ min: 300, max: 3_840 }), (length, width) => {
        const marks = ticks({ from: at, until: at + length }, width, 'Asia/Kathmandu').map((tick) => (tick.at - at) / length * width);
        for (let n = 1; n < marks.length; n += 1) expect(marks[n]! - marks[n - 1]!).toBeGreaterThan(60);
      }),
    );
  });
  it('on the night of a clock change the missing hour has no tick and no label comes wrong', () => {
    const from = Date.parse('2026-03-28T23:00:00Z'); // midnight in Berlin
    const labels = ticks({ from, until: from + 6 * hour }, 1_200, 'Europe/Berlin').map(({ label }) => label);
    expect(labels).toContain('01:00');
    expect(labels).not.toContain('02:00');
    expect(labels).toContain('03:00');
  });
  it('a gap of ten seconds in a whole day is still two pixels wide', () => {
    expect(barOf(view, 1_800, { from: at + hour, until: at + hour + 10_000 }, 2)?.width).toBe(2);
    expect(barOf(view, 1_800, { from: at - hour, until: at }, 2)).toBeNull();
    expect(barOf(view, 1_000, { from: at - hour, until: at + 48 * hour }, 2)).toEqual({ left: 0, width: 1_000 });
  });
  it('the pointer finds a thin gap beside it, and the shorter of two', () => {
    const thin = gap(at + hour, at + hour + 10_000);
    expect(gapUnder([thin], view, 1_800, xOf(view, 1_800, at + hour) + 3)).toBe(thin);
    expect(gapUnder([thin], view, 1_800, xOf(view, 1_800, at + hour) + 40)).toBeNull();
    const wide = gap(at, at + 5 * hour);
    expect(gapUnder([wide, thin], view, 1_800, xOf(view, 1_800, at + hour))).toBe(thin);
  });
  it('a view is asked for in whole UTC days, at most 24 h each', () => {
    expect(blocksOf(view)).toHaveLength(2);
    const midnight = Date.parse('2026-11-22T00:00:00Z');
    expect(blocksOf({ from: midnight, until: midnight + 24 * hour })).toEqual([midnight]);
  });
});
