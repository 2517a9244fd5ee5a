import { describe, expect, it } from 'vitest';
import type { FootageMap, FootageSegment, Span } from './footage-map.ts';
import { aheadMs, behindMs, evictions, fragmentKey, nextOrder, startFragment, type Order, type PlanInput, type SegmentIndex } from './fragment-scheduler.ts';

const minute = 60_000;
const base = 1_800_000_000_000;
const segment = (n: number, from: number, until = from + minute): FootageSegment => ({ segmentId: `seg_${String(n)}`, runId: 'run_a', from: base + from, until: base + until, sizeBytes: 30_000_000, codec: 'avc1.640028', recovered: false });
/** One-second fragments of 500 kB, a key frame every other one. */
const indexOf = (of: FootageSegment): SegmentIndex => ({
  codec: of.codec, width: 1280, height: 720, from: of.from, until: of.until, initBytes: 700,
  fragments: Array.from({ length: Math.round((of.until - of.from) / 1_000) }, (_, n) => ({ offset: 700 + n * 500_000, size: 500_000, atMs: n * 1_000, durationMs: 1_000, key: n % 2 === 0 })),
});
const mapOf = (...segments: FootageSegment[]): FootageMap => ({ segments, gaps: [], recordedUntil: segments.at(-1)?.until ?? null, now: base + 100 * minute, covers: [] });
const input = (map: FootageMap, t: number, change: Partial<PlanInput> = {}): PlanInput => ({
  t: base + t, speed: 1, keysOnly: false, map, indexes: new Map(map.segments.map((of) => [of.segmentId, indexOf(of)])), buffered: [], settled: new Set(), ...change,
});
/** Plays the orders as a perfect network and browser would, until nothing is left to do. */
const fetchAll = (plan: PlanInput): { orders: Order[]; buffered: Span[] } => {
  const orders: Order[] = [];
  let buffered: Span[] = [...plan.buffered];
  for (let n = 0; n < 1_000; n += 1) {
    const order = nextOrder({ ...plan, buffered });
    orders.push(order);
    if (order.kind !== 'media') return { orders, buffered };
    const index = plan.indexes.get(order.segmentId)!;
    const first = index.fragments[order.first]!;
    const last = index.fragments[order.last]!;
    const added = [...buffered, { from: index.from + first.atMs, until: index.from + last.atMs + last.durationMs }].toSorted((a, b) => a.from - b.from);
    buffered = [];
    for (const span of added) {
      const previous = buffered.at(-1);
      if (previous !== undefined && span.from <= previous.until + 1) previous.until = Math.max(previous.until, span.until);
      else buffered.push({ ...span });
    }
  }
  throw new Error('never at rest');
};

describe('key frames alone', () => {
  const two = mapOf(segment(0, 0), segment(1, minute));
  it('the one under the playhead comes first and alone, then six side by side, each lasting until the next', () => {
    const plan = input(two, 5_000, { speed: 16, keysOnly: true });
    expect(nextOrder(plan)).toMatchObject({ kind: 'keys', segmentId: 'seg_0', keys: [{ n: 4, fromMs: 4_000, untilMs: 6_000 }] });
    const next = nextOrder({ ...plan, buffered: [{ from: base + 4_000, until: base + 6_000 }] });
    expect(next.kind === 'keys' ? next.keys.map(({ n }) => n) : null).toEqual([6, 8, 10, 12, 14, 16]);
  });
  it('the last one stands until the end of its file, and the next file goes on', () => {
    const plan = input(two, 50_000, { speed: 16, keysOnly: true, buffered: [{ from: base + 50_000, until: base + 58_000 }] });
    expect(nextOrder(plan)).toMatchObject({ kind: 'keys', keys: [{ n: 58, fromMs: 58_000, untilMs: minute }] });
    expect(nextOrder({ ...plan, buffered: [{ from: base + 50_000, until: base + minute }] })).toMatchObject({ kind: 'keys', segmentId: 'seg_1' });
  });
  it('no further than the horizon, and at rest when all is there', () => {
    expect(nextOrder(input(two, 0, { speed: 16, keysOnly: true, buffered: [{ from: base, until: base + 2 * minute }] }))).toEqual({ kind: 'wait' });
  });
});

describe('fragment scheduler', () => {
  const three = mapOf(segment(0, 0), segment(1, minute), segment(2, 2 * minute));

  it('a seek fetches the index first, and only of the minute that is wanted', () => {
    expect(nextOrder(input(three, minute + 31_500, { indexes: new Map() }))).toEqual({ kind: 'index', segmentId: 'seg_1' });
  });
  it('the first bytes are exactly those from the key frame to the wanted instant', () => {
    const order = nextOrder(input(three, 31_500));
    expect(order).toEqual({ kind: 'media', segmentId: 'seg_0', first: 30, last: 31, start: 700 + 30 * 500_000, end: 700 + 32 * 500_000 });
  });
  it('on a key frame a single fragment is enough for the picture', () => {
    expect(nextOrder(input(three, 30_000))).toMatchObject({ first: 30, last: 30 });
  });
  it('then it fetches ahead in larger pieces, across files, and comes to rest', () => {
    const { orders, buffered } = fetchAll(input(three, 55_500));
    expect(orders.at(-1)).toEqual({ kind: 'wait' });
    expect(orders.length).toBeLessThan(9);
    expect(buffered).toHaveLength(1);
    expect(buffered[0]!.from).toBe(base + 54_000);
    expect(buffered[0]!.until).toBeGreaterThanOrEqual(base + 55_500 + aheadMs(1));
    expect(buffered[0]!.until).toBeLessThan(base + 55_500 + aheadMs(1) + 2_000);
  });
  it('at 16× it holds more in hand, yet bounded', () => {
    const { buffered } = fetchAll(input(three, 1_000, { speed: 16 }));
    expect(buffered[0]!.until - base).toBeGreaterThan(60_000);
    expect(buffered[0]!.until - base).toBeLessThanOrEqual(1_000 + 90_000 + 1_000);
  });
  it('what the browser threw away is fetched again, and nothing else', () => {
    const plan = input(three, 10_000, { buffered: [{ from: base + 10_000, until: base + 15_000 }, { from: base + 16_000, until: base + 40_000 }] });
    expect(nextOrder(plan)).toMatchObject({ kind: 'media', first: 15, last: 15 });
  });
  it('a fragment that will not show as buffered is not asked for without end', () => {
    const plan = input(three, 0, { settled: new Set([fragmentKey('seg_0', 0)]) });
    expect(nextOrder(plan)).toMatchObject({ kind: 'media', first: 1 });
  });
  it('in a gap it says where to go on', () => {
    const gapped = mapOf(segment(0, 0), segment(1, 3 * minute));
    expect(nextOrder(input(gapped, minute + 5_000))).toEqual({ kind: 'skip', from: base + minute + 5_000, to: base + 3 * minute });
  });
  it('footage behind a gap is ready before the playhead gets there', () => {
    const gapped = mapOf(segment(0, 0), segment(1, 3 * minute));
    const { buffered } = fetchAll(input(gapped, 57_000));
    expect(buffered.map(({ from }) => from - base)).toEqual([56_000, 3 * minute]);
  });
  it('a join of some milliseconds is no gap', () => {
    const nudged = mapOf(segment(0, 0), segment(1, minute + 30, 2 * minute));
    expect(nextOrder(input(nudged, minute + 10))).toMatchObject({ kind: 'media', segmentId: 'seg_1', first: 0 });
  });
  it('the end of the recording is the end', () => {
    expect(nextOrder(input(three, 3 * minute))).toEqual({ kind: 'end' });
    expect(nextOrder(input(mapOf(), 0))).toEqual({ kind: 'end' });
  });
  it('the open minute is looked up again when it has grown', () => {
    const open = segment(3, 3 * minute, 3 * minute + 20_000);
    const grown = { ...open, until: open.until + 5_000 };
    const plan = input(mapOf(grown), 3 * minute + 15_000, { indexes: new Map([[open.segmentId, indexOf(open)]]) });
    expect(nextOrder(plan)).toEqual({ kind: 'index', segmentId: 'seg_3' });
  });
  it('decoding starts at the last key fragment at or before the instant', () => {
    const { fragments } = indexOf(segment(0, 0));
    expect([0, 1_999, 2_000, 31_500, 999_999].map((atMs) => startFragment(fragments, atMs))).toEqual([0, 0, 2, 30, 58]);
  });
});

describe('evictions', () => {
  it('keeps what is near, drops the far past and the far future', () => {
    const gone = evictions([{ from: 0, until: 100_000 }, { from: 500_000, until: 560_000 }], 90_000, 1);
    expect(gone).toEqual([{ from: 0, until: 90_000 - behindMs }, { from: 500_000, until: 560_000 }]);
  });
  it('leaves crumbs alone', () => {
    expect(evictions([{ from: 0, until: 100_000 }], behindMs + 5_000, 16)).toEqual([]);
  });
  it('never drops what the scheduler wants, so the two do not fight', () => {
    const only = mapOf(segment(0, 0), segment(1, minute), segment(2, 2 * minute));
    for (const speed of [0.25, 1, 4, 16]) expect(evictions(fetchAll(input(only, 61_000, { speed })).buffered, base + 61_000, speed)).toEqual([]);
  });
});
