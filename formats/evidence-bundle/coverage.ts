/** Which parts of a span that was asked for are not recorded: writer and verifier find them by the same rule. */
import type { GapInput, Span } from './model.ts';

/** Holes between segments (in order of time) within the span. */
export const uncovered = (asked: Span, segments: readonly Span[]): Span[] => {
  const holes: Span[] = [];
  let reached = asked.from;
  for (const { from, until } of segments) {
    if (from > reached) holes.push({ from: reached, until: Math.min(from, asked.until) });
    reached = Math.max(reached, until);
    if (reached >= asked.until) break;
  }
  if (reached < asked.until) holes.push({ from: reached, until: asked.until });
  return holes.filter((hole) => hole.until > hole.from);
};

/** Each hole with the reason that covers most of it. */
export const explained = (holes: readonly Span[], known: readonly GapInput[], unknown: string): GapInput[] =>
  holes.map((hole) => {
    const overlap = (gap: Span): number => Math.min(gap.until, hole.until) - Math.max(gap.from, hole.from);
    const best = known.filter((gap) => overlap(gap) > 0).toSorted((a, b) => overlap(b) - overlap(a))[0];
    return { from: hole.from, until: hole.until, reason: best?.reason ?? unknown };
  });
