/**
 * Three days of footage in accelerated time: the media clock of the recorder and its frames, no waiting. Camera clocks run fast and slow, jitter
 * and stall as networks do; footage time is compared with the true time of each picture by the recorder's clock.
 *   npm run bench -- drift [--hours 72]
 * Prints for each camera clock the furthest that footage stood from the truth. Bars: while a camera's clock is within what is nudged (500 ppm),
 * a frame; a segment joins the next exactly; beyond it, what the limit must leave over, so that the nudge is seen to be bounded.
 */
import { parseArgs } from 'node:util';
import { seededRandom } from '../recorder/ingest/testing/fuzz.ts';
import { nudgeLimit, RunClock } from '../recorder/media-clock.ts';
import { videoTicksPerSecond } from '../server/src/base/units.ts';
import { createBench, rounded } from './parts/figures.ts';

export interface DriftCase {
  name: string;
  /** How fast the camera's clock runs at a time of the run, ppm. */
  ppm(hours: number): number;
  /** Delay of a frame on its way, ms. */
  delay(frame: number, random: (below: number) => number): number;
}

export interface Drift {
  /** Footage time against the true time of the picture, ms: furthest of all segment ends, and of the last. */
  worstMs: number;
  lastMs: number;
  /** Segments that do not begin where the one before ended. */
  breaks: number;
  /** The furthest that a segment was stretched, ppm. */
  nudgedPpm: number;
  segments: number;
}

const frameMs = 40;
const segmentMs = 60_000;
const start = 1_790_000_000_000;
/** The least that any frame takes: what no recorder can see. */
const leastDelayMs = 3;

export const drift = (one: DriftCase, hours: number, seed = 1): Drift => {
  const random = seededRandom(seed);
  const clock = new RunClock(0, start + one.delay(0, random));
  const result: Drift = { worstMs: 0, lastMs: 0, breaks: 0, nudgedPpm: 0, segments: 0 };
  let ticks = 0;
  let beganTicks = 0;
  let until: number | null = null;
  const frames = (hours * 3_600_000) / frameMs;
  for (let i = 0; i < frames; i += 1) {
    const sentAt = start + i * frameMs;
    if (i > 0 && i % (segmentMs / frameMs) === 0) {
      const span = clock.endSegment(Math.round(ticks));
      if (until !== null && until !== span.from) result.breaks += 1;
      const lengthMs = ((Math.round(ticks) - beganTicks) * 1_000) / videoTicksPerSecond;
      // Times of segments are whole milliseconds: one of rounding at each end.
      result.nudgedPpm = Math.max(result.nudgedPpm, (Math.max(0, Math.abs(span.until - span.from - lengthMs) - 1) / lengthMs) * 1e6);
      result.lastMs = span.until - sentAt;
      result.worstMs = Math.max(result.worstMs, Math.abs(result.lastMs));
      result.segments += 1;
      until = span.until;
      beganTicks = Math.round(ticks);
    }
    clock.observe(Math.round(ticks), Math.round(sentAt + one.delay(i, random)));
    ticks += frameMs * (videoTicksPerSecond / 1_000) * (1 + one.ppm((i * frameMs) / 3_600_000) / 1e6);
  }
  return result;
};

const jitter = (_frame: number, random: (below: number) => number): number => leastDelayMs + random(30);
/** Once an hour the network holds everything back for two seconds. */
const stalls = (frame: number, random: (below: number) => number): number => jitter(frame, random) + (frame % 90_000 < 50 ? 2_000 - (frame % 90_000) * frameMs : 0);

const withinFrame = frameMs + leastDelayMs;
export const driftCases: readonly (DriftCase & { atMostMs(hours: number): number })[] = [
  { name: 'exact', ppm: () => 0, delay: jitter, atMostMs: () => withinFrame },
  { name: '100 ppm fast', ppm: () => 100, delay: jitter, atMostMs: () => withinFrame },
  { name: '100 ppm slow', ppm: () => -100, delay: jitter, atMostMs: () => withinFrame },
  // Each segment is as far off as a minute drifts; it is put right in the next.
  { name: '450 ppm fast', ppm: () => 450, delay: jitter, atMostMs: () => withinFrame + 2 * segmentMs * 450e-6 },
  { name: '450 ppm slow', ppm: () => -450, delay: jitter, atMostMs: () => withinFrame + 2 * segmentMs * 450e-6 },
  { name: 'warm by day, cold by night, ±200 ppm', ppm: (hours) => 200 * Math.sin((hours / 24) * 2 * Math.PI), delay: jitter, atMostMs: () => withinFrame },
  { name: '100 ppm fast, the network stalls each hour', ppm: () => 100, delay: stalls, atMostMs: () => withinFrame },
  { name: '700 ppm fast, beyond the limit', ppm: () => 700, delay: jitter, atMostMs: (hours) => hours * 3_600_000 * (700e-6 - nudgeLimit) * 1.01 + withinFrame },
];

const main = (): void => {
  const { values } = parseArgs({ options: { hours: { type: 'string', default: '72' }, quick: { type: 'boolean', default: false } } });
  const hours = values.quick ? 6 : Number(values.hours);
  const bench = createBench('drift', values.quick);
  bench.conditions({ hours, frames: (hours * 3_600_000) / frameMs, nudgeLimitPpm: nudgeLimit * 1e6 });
  for (const one of driftCases) {
    const { worstMs, lastMs, breaks, nudgedPpm, segments } = drift(one, hours);
    bench.print({ figure: 'footage_off_by_ms', clock: one.name, ours: worstMs, atMost: rounded(one.atMostMs(hours)), lastMs, segments });
    bench.print({ figure: 'nudged_ppm', clock: one.name, ours: rounded(nudgedPpm), atMost: nudgeLimit * 1e6 });
    bench.print({ figure: 'breaks', clock: one.name, ours: breaks, atMost: 0 });
  }
  bench.finish();
};

if (import.meta.main) main();
