import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapSpans, joinMaps, nextGap, nextPlayable, openSpan, placeAt, previousGap, recordedSpans, unexplained, type FootageGap, type FootageMap, type FootageSegment } from './footage-map.ts';

const minute = 60_000;
const segment = (from: number, until: number, runId = 'run_a'): FootageSegment => ({ segmentId: `seg_${String(from)}`, runId, from, until, sizeBytes: 1, codec: 'avc1.640028', recovered: false });
const gap = (from: number, until: number | null, reason: FootageGap['reason'] = 'network'): FootageGap => ({ gapId: `gap_${String(from)}`, from, until, reason, detail: '' });
const map = (change: Partial<FootageMap> = {}): FootageMap => ({
  segments: [segment(0, minute), segment(minute, 2 * minute), segment(3 * minute, 4 * minute, 'run_b')],
  gaps: [gap(2 * minute, 3 * minute)], recordedUntil: 4 * minute + 20_000, now: 4 * minute + 21_000, covers: [{ from: 0, until: 60 * minute }], ...change,
});

describe('footage map', () => {
  it('files of one run become one span; a gap parts them', () => {
    expect(recordedSpans(map().segments)).toEqual([{ from: 0, until: 2 * minute }, { from: 3 * minute, until: 4 * minute }]);
  });
  it('the open minute reaches from the last closed file to the newest fragment', () => {
    expect(openSpan(map())).toEqual({ from: 4 * minute, until: 4 * minute + 20_000 });
    expect(openSpan(map({ recordedUntil: 4 * minute }))).toBeNull();
    expect(openSpan(map({ segments: [], recordedUntil: null }))).toBeNull();
  });
  it('after a gap behind the last file the open minute begins where the gap ends', () => {
    const after = map({ gaps: [gap(4 * minute, 5 * minute)], recordedUntil: 5 * minute + 9_000, now: 5 * minute + 10_000 });
    expect(openSpan(after)).toEqual({ from: 5 * minute, until: 5 * minute + 9_000 });
  });
  it('attempts in vain within one outage are one gap; another reason is another gap', () => {
    const spans = gapSpans([gap(0, 10), gap(10, 25), gap(25, 40, 'camera_silent')], 100);
    expect(spans.map(({ from, until, reason, rows }) => [from, until, reason, rows])).toEqual([[0, 25, 'network', 2], [25, 40, 'camera_silent', 1]]);
  });
  it('a gap that still lasts reaches until now and says so', () => {
    expect(gapSpans([gap(50, null)], 90)).toMatchObject([{ from: 50, until: 90, open: true }]);
  });
  it('a hole without a gap row is found, time before the first footage is not blamed', () => {
    expect(unexplained(map())).toEqual([]);
    expect(unexplained(map({ gaps: [] }))).toEqual([{ from: 2 * minute, until: 3 * minute }]);
    expect(unexplained(map({ segments: [segment(9 * minute, 10 * minute)], gaps: [], recordedUntil: 10 * minute, now: 10 * minute }))).toEqual([]);
  });
  it('days that were not asked for are not called missing', () => {
    const days = map({ segments: [segment(0, minute), segment(50 * minute, 51 * minute)], gaps: [], covers: [{ from: 0, until: 2 * minute }, { from: 49 * minute, until: 60 * minute }] });
    expect(unexplained(days)).toEqual([{ from: minute, until: 2 * minute }, { from: 49 * minute, until: 50 * minute }]);
  });
  it('an older day does not claim to be written until now', () => {
    expect(openSpan(map({ recordedUntil: 4 * minute + 86_400_000 }))).toBeNull();
  });
  it('each instant has one place', () => {
    const footage = map();
    expect(placeAt(footage, 61_000)).toMatchObject({ kind: 'recorded', index: 1 });
    expect(placeAt(footage, 2 * minute)).toMatchObject({ kind: 'gap' });
    expect(placeAt(footage, 4 * minute + 5_000).kind).toBe('open');
    expect(placeAt(footage, footage.now + 1).kind).toBe('future');
    expect(placeAt(footage, -5).kind).toBe('none');
  });
  it('playing on from a gap goes to the first footage after it; past the end there is nothing', () => {
    expect(nextPlayable(map(), 2 * minute + 1)).toBe(3 * minute);
    expect(nextPlayable(map(), 30_000)).toBe(30_000);
    expect(nextPlayable(map(), 4 * minute)).toBeNull();
  });
  it('gaps are walked in both directions', () => {
    const footage = map({ gaps: [gap(100, 200), gap(300, 400, 'disk_full')] });
    expect(nextGap(footage, 150)?.from).toBe(300);
    expect(previousGap(footage, 250)?.from).toBe(100);
    expect(previousGap(footage, 50)).toBeNull();
  });
  it('a segment across the border of two answers is there once, in its newest form', () => {
    const older = map({ segments: [segment(0, minute)], gaps: [gap(minute, null)], now: 1 });
    const newer = map({ segments: [segment(0, minute), segment(2 * minute, 3 * minute)], gaps: [gap(minute, 2 * minute)], now: 2 });
    const joined = joinMaps([newer, older]);
    expect(joined.segments).toHaveLength(2);
    expect(joined.gaps).toEqual([gap(minute, 2 * minute)]);
    expect(joined.now).toBe(2);
  });
  it('for any footage, spans are ordered, apart, and cover exactly the files', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 1, max: 5_000 })), { maxLength: 30 }), (pieces) => {
        let at = 0;
        const segments = pieces.map(([pause, length]) => {
          const from = at + pause;
          at = from + length;
          return segment(from, at);
        });
        const spans = recordedSpans(segments);
        for (const [index, span] of spans.entries()) {
          expect(span.until).toBeGreaterThan(span.from);
          if (index > 0) expect(span.from).toBeGreaterThan(spans[index - 1]!.until + 1);
        }
        for (const { from, until } of segments) expect(spans.some((span) => span.from <= from && span.until >= until)).toBe(true);
      }),
    );
  });
});
