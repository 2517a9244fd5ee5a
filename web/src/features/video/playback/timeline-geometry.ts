/** Where things stand on the timeline: view, zoom, drag, ticks in the site's time. Pure; the painter only follows. */
import type { GapSpan, Span } from './footage-map.ts';
import { clockText, dateText, offsetMs } from './site-time.ts';

export const minViewMs = 60_000;
export const maxViewMs = 24 * 3_600_000;

export const xOf = (view: Span, widthPx: number, at: number): number => ((at - view.from) / (view.until - view.from)) * widthPx;
export const timeAt = (view: Span, widthPx: number, x: number): number => view.from + (x / widthPx) * (view.until - view.from);

/** factor < 1 looks closer. The instant under the pointer stays under the pointer. */
export const zoom = (view: Span, around: number, factor: number): Span => {
  const length = view.until - view.from;
  const next = Math.min(maxViewMs, Math.max(minViewMs, length * factor));
  const share = (around - view.from) / length;
  const from = Math.round(around - share * next);
  return { from, until: from + Math.round(next) };
};
export const pan = (view: Span, byMs: number): Span => ({ from: Math.round(view.from + byMs), until: Math.round(view.until + byMs) });
export const centred = (at: number, lengthMs: number): Span => ({ from: Math.round(at - lengthMs / 2), until: Math.round(at + lengthMs / 2) });

/** While it plays, the view turns its page when the playhead has gone through 90 % of it; a playhead out of sight is brought back to the middle. */
export const follow = (view: Span, at: number): Span => {
  const length = view.until - view.from;
  if (at < view.from || at > view.until) return centred(at, length);
  return at > view.from + length * 0.9 ? pan(view, at - (view.from + length * 0.1)) : view;
};

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const steps = [second, 5 * second, 10 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour];

export interface Tick {
  at: number;
  label: string;
  /** Midnight: the label is the new date. */
  midnight: boolean;
}

/** Ticks on whole steps of the site's clock; across a clock change each stands where that time is, and the missing hour is missing. */
export const ticks = (view: Span, widthPx: number, zone: string, minGapPx = 84): Tick[] => {
  const msPerPx = (view.until - view.from) / Math.max(1, widthPx);
  const step = steps.find((candidate) => candidate / msPerPx >= minGapPx) ?? 12 * hour;
  // Zone offsets change on quarters of an hour, so candidates lie on those and the clock decides which of them is a whole step.
  const grain = Math.min(step, 15 * minute);
  const found: Tick[] = [];
  for (let at = Math.ceil(view.from / grain) * grain; at <= view.until && found.length < 200; at += grain) {
    const clock = at + offsetMs(zone, at);
    const ofDay = ((clock % maxViewMs) + maxViewMs) % maxViewMs;
    if (ofDay % step !== 0) continue;
    const midnight = ofDay === 0;
    found.push({ at, midnight, label: midnight ? dateText(zone, at).slice(5) : clockText(zone, at, step < minute ? 'second' : 'minute') });
  }
  return found;
};

export interface Bar {
  left: number;
  width: number;
}
/** At least two pixels: a gap of ten seconds in a day of 86,400 is still seen. */
export const barOf = (view: Span, widthPx: number, span: Span, minPx: number): Bar | null => {
  if (span.until <= view.from || span.from >= view.until) return null;
  const left = Math.max(0, xOf(view, widthPx, span.from));
  const right = Math.min(widthPx, xOf(view, widthPx, span.until));
  return { left: Math.min(left, widthPx - minPx), width: Math.max(minPx, right - left) };
};

/** The gap under the pointer; within four pixels counts, since a short gap is thin. The shortest wins. */
export const gapUnder = (gaps: readonly GapSpan[], view: Span, widthPx: number, x: number): GapSpan | null => {
  const slackMs = (4 / Math.max(1, widthPx)) * (view.until - view.from);
  const at = timeAt(view, widthPx, x);
  const near = gaps.filter(({ from, until }) => at >= from - slackMs && at <= until + slackMs);
  return near.toSorted((a, b) => a.until - a.from - (b.until - b.from))[0] ?? null;
};

/** UTC days that a view touches: the timeline is asked for in these, so that answers can be kept. */
export const blocksOf = (view: Span): number[] => {
  const blocks: number[] = [];
  for (let from = Math.floor(view.from / maxViewMs) * maxViewMs; from < view.until; from += maxViewMs) blocks.push(from);
  return blocks;
};
