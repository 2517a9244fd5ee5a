/**
 * One run of a camera, from a key frame to the end of an unbroken connection: cuts its access units into fragments and segments, places
 * them in time, and feeds the writer. Decides nothing about connections or gaps.
 */
import { join } from 'node:path';
import type { Clock, Instant } from '../../server/src/base/clock.ts';
import { newId } from '../../server/src/base/ids.ts';
import { secondMs } from '../../server/src/base/units.ts';
import { spreadOf } from '../gaps.ts';
import type { Storage } from '../../contract/recorder.ts';
import type { AccessUnit, ParameterSets, Region, SenderReport } from '../ingest/index.ts';
import { CameraClockClaim, RunClock, ticksToMs } from '../media-clock.ts';
import type { Span } from '../media-clock.ts';
import type { CameraWriter, SegmentPlan } from '../storage/camera-writer.ts';
import { segmentPath } from '../storage/segment-path.ts';
import type { GopEntry } from './gop-cache.ts';
import { latestTicks, nextBoundary, nominalFrameTicks, samplesOf } from './samples.ts';

export interface RunSettings {
  segmentSeconds: number;
  fragmentMs: number;
}

export interface RunDeps {
  clock: Clock;
  writer: CameraWriter;
  cameraId: string;
  /** Asked for each segment: a storage that is emptied or gone is left without ending the run. */
  storage(): Storage;
  settings: RunSettings;
  cut(before?: AccessUnit): Region | null;
  /** Before a file is created. */
  onSegment(plan: SegmentPlan): void;
}

interface OpenSegment {
  plan: SegmentPlan;
  /** Set when it was closed; until then the clock tells. */
  span: Span | null;
  endsAt: number;
  packetsLost: number;
}

interface Held {
  unit: AccessUnit;
  entry: GopEntry;
}

export class Run {
  readonly runId: string;
  readonly clock: RunClock;
  readonly claim = new CameraClockClaim();
  readonly startedMonotonicMs: number;
  /** What the wall clock was stepped by since this run was anchored: arrivals are compared on the scale of the anchor. */
  steppedMs = 0;
  readonly #deps: RunDeps;
  #segment: OpenSegment | null = null;
  #held: Held[] = [];
  /** A held unit is shown before one that came earlier: B frames. */
  #isReordered = false;
  #lastHeldTicks = 0;
  #oldestMonotonicMs = 0;
  #newestMonotonicMs = 0;
  #lastTicks = 0;
  #frameTicks = 0;

  constructor(deps: RunDeps, first: AccessUnit, notBefore: Instant) {
    this.#deps = deps;
    this.runId = newId('run', deps.clock);
    this.clock = new RunClock(first.ticks, first.arrivedAt, notBefore);
    this.startedMonotonicMs = deps.clock.monotonic();
  }

  get openSegmentId(): string | null {
    return this.#segment?.plan.segmentId ?? null;
  }

  get lastTicks(): number {
    return this.#lastTicks;
  }

  /** UTC ms, rounded, of a media time. */
  at(ticks: number): Instant {
    return Math.round(this.clock.at(ticks));
  }

  /** Where footage ends if nothing more comes. */
  get endTicks(): number {
    return this.#lastTicks + (this.#frameTicks > 0 ? this.#frameTicks : nominalFrameTicks([]));
  }

  lost(count: number): void {
    if (this.#segment !== null) this.#segment.packetsLost += count;
  }

  report(report: SenderReport): void {
    this.claim.observe(report.cameraClockAt, this.clock.at(report.ticks));
  }

  /** Takes a unit in; the first one is a key frame. `sets` are those that it was coded with. */
  add(unit: AccessUnit, entry: GopEntry, sets: ParameterSets, nowMonotonicMs: number): void {
    if (this.#segment === null) this.#open(unit, sets);
    else if (unit.key && (this.#segment.plan.sets !== sets || this.clock.at(unit.ticks) >= this.#segment.endsAt)) this.#change(unit, sets);
    else if (this.#isFragment(unit)) this.#cut(unit.ticks, unit);
    this.#newestMonotonicMs = nowMonotonicMs;
    if (this.#held.length === 0) {
      this.#oldestMonotonicMs = nowMonotonicMs;
      this.#isReordered = false;
    } else if (unit.ticks < this.#lastHeldTicks) this.#isReordered = true;
    this.#lastHeldTicks = unit.ticks;
    this.#held.push({ unit, entry });
    this.#lastTicks = Math.max(this.#lastTicks, unit.ticks);
    this.clock.observe(unit.ticks, unit.arrivedAt - this.steppedMs);
  }

  /** Writes what is held though no next frame has come: a camera that stalls keeps nothing in memory. */
  flush(): void {
    if (this.#held.length > 0) this.#cut(this.#estimatedEnd());
  }

  /** Ends segment and run at the last frame, or at `before`, the key frame of what follows. */
  end(before?: AccessUnit): Span | null {
    if (this.#segment === null) return null;
    const continues = before !== undefined && before.ticks >= this.#lastTicks && before.ticks - this.#lastTicks <= 3 * Math.max(this.#frameTicks, 3_000);
    const endTicks = continues ? before.ticks : this.#held.length > 0 ? this.#estimatedEnd() : this.endTicks;
    if (this.#held.length > 0) this.#cut(endTicks, before);
    return this.#close(endTicks);
  }

  #estimatedEnd(): number {
    const units = this.#held.map((held) => held.unit);
    const nominal = units.length > 1 ? nominalFrameTicks(units) : this.#frameTicks > 0 ? this.#frameTicks : nominalFrameTicks(units);
    return Math.max(latestTicks(units), this.#lastTicks) + nominal;
  }

  /** A fragment is due; at half its time a key frame ends it early, so that most fragments begin with one. With B frames only key frames cut. */
  #isFragment(unit: AccessUnit): boolean {
    const first = this.#held[0]?.unit;
    if (first === undefined) return false;
    const lengthMs = ticksToMs(unit.ticks - first.ticks);
    return unit.key ? lengthMs >= this.#deps.settings.fragmentMs / 2 : !this.#isReordered && unit.ticks > this.#lastTicks && lengthMs >= this.#deps.settings.fragmentMs;
  }

  #change(unit: AccessUnit, sets: ParameterSets): void {
    this.#cut(unit.ticks, unit);
    this.#close(unit.ticks);
    this.#open(unit, sets);
  }

  #open(unit: AccessUnit, sets: ParameterSets): void {
    const { clock, cameraId, settings } = this.#deps;
    const storage = this.#deps.storage();
    const segmentMs = settings.segmentSeconds * secondMs;
    const from = this.at(unit.ticks);
    const segmentId = newId('seg', clock);
    const plan: SegmentPlan = {
      segmentId,
      cameraId,
      runId: this.runId,
      storage,
      path: segmentPath(cameraId, segmentId, from),
      sets,
      from,
      firstTicks: unit.ticks,
      spanUntil: (ticks) => (segment.span === null ? this.clock.spanUntil(ticks) : { from: segment.span.from, until: Math.min(segment.span.until, Math.round(segment.span.from + ticksToMs(ticks - unit.ticks))) }),
    };
    const segment: OpenSegment = { plan, span: null, endsAt: nextBoundary(from, segmentMs, spreadOf(cameraId)), packetsLost: 0 };
    this.#segment = segment;
    this.#lastTicks = unit.ticks;
    this.#deps.onSegment(plan);
    this.#deps.writer.begin(plan);
  }

  #close(endTicks: number): Span | null {
    const segment = this.#segment;
    if (segment === null) return null;
    segment.span = this.clock.endSegment(endTicks);
    this.#deps.writer.end({ span: segment.span, cameraClockOffsetMs: this.claim.offsetMs, packetsLost: segment.packetsLost });
    this.#segment = null;
    return segment.span;
  }

  #cut(endTicks: number, before?: AccessUnit): void {
    const held = this.#held;
    const first = held[0];
    const segment = this.#segment;
    if (first === undefined || segment === null) return;
    this.#held = [];
    const region = this.#deps.cut(before);
    if (region === null) throw new Error('the ingest holds nothing of what it announced');
    const units = held.map((item) => item.unit);
    const samples = samplesOf(units, endTicks);
    const expected = samples.reduce((sum, sample) => sum + sample.size, 0);
    if (region.bytes.length !== expected) {
      region.release();
      throw new Error(`the ingest handed over ${region.bytes.length} bytes for ${expected}`);
    }
    const startTicks = Math.min(...units.map((unit) => unit.ticks));
    this.#frameTicks = nominalFrameTicks(units);
    const path = join(segment.plan.storage.path, segment.plan.path);
    this.#deps.writer.append({
      plan: segment.plan,
      body: region.bytes,
      blocks: region.blocks,
      samples,
      startTicks,
      endTicks,
      at: this.clock.at(startTicks),
      oldestMonotonicMs: this.#oldestMonotonicMs,
      newestMonotonicMs: this.#newestMonotonicMs,
      onWritten: (bodyOffset) => {
        let offset = bodyOffset;
        for (const { entry } of held) {
          entry.unit = null;
          entry.path = path;
          entry.offset = offset;
          offset += entry.size;
        }
      },
      release: () => {
        for (const { entry } of held) entry.unit = null;
        region.release();
      },
    });
  }
}
