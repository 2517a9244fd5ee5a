/**
 * Decides, again and again, the one next thing that playback needs: an index, some bytes, a jump over a gap, or nothing. Pure: what is
 * already there is read from the buffered ranges themselves, so that an eviction by the browser is simply fetched again.
 */
import { joinMs, segmentBefore, type FootageMap, type Span } from './footage-map.ts';

export interface Fragment {
  offset: number;
  size: number;
  atMs: number;
  durationMs: number;
  key: boolean;
}
export interface SegmentIndex {
  codec: string;
  width: number;
  height: number;
  from: number;
  until: number;
  initBytes: number;
  fragments: readonly Fragment[];
}
/** A key frame's fragment and how long the frame stands, ms from the start of the segment. */
export interface KeySpan {
  n: number;
  start: number;
  end: number;
  fromMs: number;
  untilMs: number;
}
export type Order =
  | { kind: 'index'; segmentId: string }
  /** Fragments [first, last] lie together: one Range read of bytes [start, end). */
  | { kind: 'media'; segmentId: string; first: number; last: number; start: number; end: number }
  /** Of each of these fragments only its key frame, which then stands until the next. */
  | { kind: 'keys'; segmentId: string; keys: KeySpan[] }
  | { kind: 'skip'; from: number; to: number }
  | { kind: 'wait' }
  /** Nothing more to play: the end of what is recorded. */
  | { kind: 'end' };
export interface PlanInput {
  /** Playhead, UTC ms. */
  t: number;
  speed: number;
  /** Key frames alone. */
  keysOnly: boolean;
  map: FootageMap;
  indexes: ReadonlyMap<string, SegmentIndex>;
  /** Buffered footage, UTC ms, ascending. */
  buffered: readonly Span[];
  /** Fragments (`segmentId:n`) that were appended and yet do not show as buffered: not asked for again until the next seek. */
  settled: ReadonlySet<string>;
}

export const fragmentKey = (segmentId: string, index: number): string => `${segmentId}:${String(index)}`;

/** How far ahead footage is fetched: a few seconds of watching, more when it runs fast, bounded because memory is. */
export const aheadMs = (speed: number): number => Math.min(90_000, Math.max(10_000, 8_000 * speed));
export const behindMs = 30_000;
/** Bytes fetched at once. */
const batchBytes = 3_000_000;
/** At the edges of a fragment this much may be missing in the buffered ranges (frame durations, rounding, clock nudges). */
const edgeMs = 150;
/** Key frames fetched side by side. */
const keysAtOnce = 6;

/** Is this stretch buffered, give or take the edges? */
export const covered = (buffered: readonly Span[], from: number, until: number): boolean => {
  const slack = Math.min(edgeMs, (until - from) / 3);
  return buffered.some((span) => span.from <= from + slack && span.until >= until - slack);
};

/** The fragment from which decoding must start to show `atMs`: the last one at or before it that begins with a key frame. */
export const startFragment = (fragments: readonly Fragment[], atMs: number): number => {
  let start = 0;
  for (const [index, fragment] of fragments.entries()) {
    if (fragment.atMs > atMs) break;
    if (fragment.key) start = index;
  }
  return start;
};

const mediaOrder = (input: PlanInput, segmentId: string, index: SegmentIndex, start: number, horizon: number): Order | null => {
  const { fragments } = index;
  const missing = (n: number, fragment: Fragment): boolean => {
    const from = index.from + fragment.atMs;
    return from < horizon && !input.settled.has(fragmentKey(segmentId, n)) && !covered(input.buffered, from, from + fragment.durationMs);
  };
  const first = fragments.findIndex((fragment, n) => n >= start && missing(n, fragment));
  const opening = fragments[first];
  if (opening === undefined) return null;
  // The picture that the person waits for comes first and alone; what follows comes in larger pieces.
  const urgentUntil = input.t - index.from;
  const urgent = opening.atMs <= urgentUntil;
  let last = first;
  let end = opening.offset + opening.size;
  for (let n = first + 1; n < fragments.length; n += 1) {
    const fragment = fragments[n];
    if (fragment === undefined || !missing(n, fragment) || fragment.offset !== end) break;
    if (end - opening.offset + fragment.size > batchBytes) break;
    if (urgent && fragment.atMs > urgentUntil) break;
    last = n;
    end += fragment.size;
  }
  return { kind: 'media', segmentId, first, last, start: opening.offset, end };
};

/** The first key frame is fetched alone, since it is waited for; the others come side by side. */
const keysOrder = (input: PlanInput, segmentId: string, index: SegmentIndex, start: number, horizon: number): Order | null => {
  const { fragments } = index;
  const keys: KeySpan[] = [];
  let urgent = false;
  for (let n = start; n < fragments.length && keys.length < (urgent ? 1 : keysAtOnce); n += 1) {
    const fragment = fragments[n];
    if (fragment === undefined || index.from + fragment.atMs >= horizon) break;
    if (!fragment.key) continue;
    const last = fragments.at(-1) ?? fragment;
    const untilMs = fragments.find((other, m) => m > n && other.key)?.atMs ?? last.atMs + last.durationMs;
    if (input.settled.has(fragmentKey(segmentId, n)) || covered(input.buffered, index.from + fragment.atMs, index.from + untilMs)) continue;
    urgent ||= index.from + fragment.atMs <= input.t;
    keys.push({ n, start: fragment.offset, end: fragment.offset + fragment.size, fromMs: fragment.atMs, untilMs });
  }
  return keys.length === 0 ? null : { kind: 'keys', segmentId, keys };
};

export const nextOrder = (input: PlanInput): Order => {
  const { map, t } = input;
  let at = segmentBefore(map.segments, t);
  const here = map.segments[at];
  if (here === undefined || t >= here.until) {
    const next = map.segments[at + 1];
    if (next === undefined) return { kind: 'end' };
    if (next.from - t > joinMs) return { kind: 'skip', from: t, to: next.from };
    at += 1;
  }
  // Footage ahead is counted without the gaps: what comes after a short gap is ready when the playhead jumps.
  let budgetMs = aheadMs(input.speed);
  let cursor = t;
  for (let n = at; n < map.segments.length && budgetMs > 0; n += 1) {
    const segment = map.segments[n];
    if (segment === undefined) break;
    cursor = Math.max(cursor, segment.from);
    const index = input.indexes.get(segment.segmentId);
    // The open minute grows: its index is stale as soon as the segment reaches further than the index does.
    if (index === undefined || index.until < segment.until) return { kind: 'index', segmentId: segment.segmentId };
    const start = n === at ? startFragment(index.fragments, t - index.from) : 0;
    const order = (input.keysOnly ? keysOrder : mediaOrder)(input, segment.segmentId, index, start, cursor + budgetMs);
    if (order !== null) return order;
    budgetMs -= segment.until - cursor;
  }
  return { kind: 'wait' };
};

/** What lies too far from the playhead to be kept. After a far seek that is everything. */
export const evictions = (buffered: readonly Span[], t: number, speed: number): Span[] => {
  const keep = { from: t - behindMs, until: t + aheadMs(speed) * 2 };
  const gone: Span[] = [];
  for (const { from, until } of buffered) {
    // Small crumbs are left: each removal costs the browser more than they weigh.
    if (Math.min(until, keep.from) - from > 10_000) gone.push({ from, until: Math.min(until, keep.from) });
    if (until - Math.max(from, keep.until) > 10_000) gone.push({ from: Math.max(from, keep.until), until });
  }
  return gone;
};
