/**
 * The way of one camera's footage to the disk: one file operation in flight, everything else waits in a bounded queue. The event loop is
 * never blocked and a slow disk costs this camera its own memory bound at most. What fails ends the segment and drops the queue; whoever
 * feeds the writer is told from when on footage is missing.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FragmentHead, initSegment, randomAccessIndex } from '../../formats/fmp4/index.ts';
import type { RandomAccessPoint } from '../../formats/fmp4/index.ts';
import { alignedMemory, blockBytes } from '../ingest/index.ts';
import { SegmentFile } from './segment-file.ts';
import { untold } from './writing.ts';
import type { Fragment, LostFootage, SegmentEnd, SegmentPlan, WriterDeps, WriterEvents, WriterLoad } from './writing.ts';

export type { ClosedSegment, Fragment, LostFootage, SegmentEnd, SegmentPlan, WriterDeps, WriterEvents, WriterLoad } from './writing.ts';

type Op = { kind: 'check' } | { kind: 'sync' } | { kind: 'open'; plan: SegmentPlan } | { kind: 'fragment'; fragment: Fragment } | { kind: 'close'; end: SegmentEnd } | { kind: 'cut'; end: SegmentEnd | null };

interface OpenFile {
  plan: SegmentPlan;
  file: SegmentFile;
  sequence: number;
  frames: number;
  keyFrames: number;
  endTicks: number;
  points: RandomAccessPoint[];
  oldestUnsyncedMs: number | null;
}

/** Holds the head of a fragment of 300 frames; a longer one is written through the cache. */
const headBytes = 4_096;
/** What a busy machine is late by. */
const wakeUpMs = 200;
/** Closed segments that are looked at again: the last minutes. Everything older is the server's to compare, with its rows. */
const recentSegments = 3;
const spaceCodes = new Set(['ENOSPC', 'EDQUOT']);
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error));

const createSegmentFile = (root: string, path: string, init: Uint8Array): Promise<SegmentFile> => SegmentFile.create(root, path, init);

export class CameraWriter {
  readonly #deps: WriterDeps;
  #events: WriterEvents;
  readonly #head = new FragmentHead(alignedMemory(headBytes));
  #ops: Op[] = [];
  #queuedBytes = 0;
  #takenBytes = 0;
  #takenWrites = 0;
  #writtenBytes = 0;
  #writtenWrites = 0;
  #storageId: string | null = null;
  #writing: Fragment | null = null;
  #isHeld = false;
  /** Before this, what waited did not wait for the disk. */
  #releasedMonotonicMs = Number.NEGATIVE_INFINITY;
  /** What an fsync of this storage takes of late. */
  #syncMs = 0;
  /** How old the oldest frame of a fragment was of late when it came to be written. */
  #longestMs = 0;
  #current: OpenFile | null = null;
  #running: Promise<void> | null = null;
  /** The oldest that was given up; null while nothing was. */
  #givenUp: Fragment | null = null;
  #recent: { file: string; path: string; sizeBytes: number }[] = [];

  constructor(deps: WriterDeps, events: WriterEvents) {
    this.#deps = deps;
    this.#events = events;
  }

  /** Bytes of video that wait for the disk. */
  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** What this camera asks of its disk. */
  load(nowMonotonicMs: number): WriterLoad {
    const oldest = this.#writing ?? this.#ops.find((op) => op.kind === 'fragment')?.fragment;
    return {
      storageId: this.#storageId,
      queuedBytes: this.#queuedBytes,
      waitingMs: oldest === undefined ? 0 : nowMonotonicMs - Math.max(oldest.newestMonotonicMs, this.#releasedMonotonicMs),
      takenBytes: this.#takenBytes,
      takenWrites: this.#takenWrites,
      writtenBytes: this.#writtenBytes,
      writtenWrites: this.#writtenWrites,
    };
  }

  /** While held back, what waits stays in memory and takes no turn at the disk; what was written of it is made safe first. */
  hold(isHeld: boolean): void {
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    if (isHeld) this.#ops.unshift({ kind: 'sync' });
    else this.#releasedMonotonicMs = this.#deps.clock.monotonic();
    this.#work();
  }

  begin(plan: SegmentPlan): void {
    this.#storageId = plan.storage.storageId;
    this.#enqueue({ kind: 'open', plan });
  }

  append(fragment: Fragment): void {
    this.#queuedBytes += fragment.body.length;
    this.#takenBytes += fragment.body.length;
    this.#takenWrites += 1;
    this.#enqueue({ kind: 'fragment', fragment });
  }

  end(end: SegmentEnd): void {
    this.#enqueue({ kind: 'close', end });
  }

  /**
   * Compares what was written of late with what lies on disk, between two writes: the open file is still the one that is written, closed
   * ones have their size. An open file that somebody took away is given up at once: writing on would fill a file without a name.
   */
  check(): void {
    if (!this.#isHeld) this.#enqueue({ kind: 'check' });
  }

  /** It was deleted in order: nothing is expected at its place. */
  forget(path: string): void {
    this.#recent = this.#recent.filter((segment) => segment.path !== path);
  }

  /** Resolves when nothing waits any more but what is held back. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  /** There is no more time: what has not begun its way to the disk is dropped, and the open file is closed at what is whole. */
  giveUp(): void {
    this.#isHeld = false;
    this.#givenUp = this.#ops.find((op) => op.kind === 'fragment')?.fragment ?? null;
    const end = this.#ops.find((op) => op.kind === 'close')?.end ?? null;
    this.#dropQueue();
    this.#enqueue({ kind: 'cut', end });
  }

  /**
   * Nothing is told any more, whatever the disk still does: a file that is not closed by now is taken up at the next start. Returns the
   * footage that is lost, a fragment among it that the disk has not answered for.
   */
  leave(): LostFootage | null {
    this.#events = untold;
    const first = this.#writing ?? this.#givenUp;
    return first === null ? null : { from: first.startTicks === first.plan.firstTicks ? first.plan.from : first.plan.spanUntil(first.startTicks).until };
  }

  #enqueue(op: Op): void {
    this.#ops.push(op);
    this.#work();
  }

  get #hasWork(): boolean {
    return this.#ops.length > 0 && (!this.#isHeld || this.#ops[0]?.kind === 'sync');
  }

  #work(): void {
    if (this.#running === null && this.#hasWork) this.#running = this.#run();
  }

  async #run(): Promise<void> {
    while (this.#hasWork) {
      const op = this.#ops.shift();
      if (op === undefined) break;
      this.#writing = op.kind === 'fragment' ? op.fragment : null;
      const storageId = op.kind === 'open' ? op.plan.storage.storageId : this.#current?.plan.storage.storageId;
      const turn = storageId === undefined ? null : this.#deps.turns.take(storageId);
      if (turn !== null) await turn;
      try {
        await this.#perform(op);
      } catch (error) {
        await this.#fail(op, error);
      }
      if (storageId !== undefined) this.#deps.turns.give(storageId);
      if (op.kind === 'fragment') this.#done(op.fragment);
    }
    this.#writing = null;
    this.#running = null;
  }

  #perform(op: Op): Promise<void> {
    if (op.kind === 'fragment') return this.#write(op.fragment);
    if (op.kind === 'open') return this.#open(op.plan);
    if (op.kind === 'sync') return this.#syncNow();
    if (op.kind === 'cut') return this.#cut(op.end);
    return op.kind === 'check' ? this.#compare() : this.#close(op.end);
  }

  async #compare(): Promise<void> {
    for (const { file, path, sizeBytes } of this.#recent) {
      const found = await stat(file).catch(codeOf);
      if (this.#recent.every((segment) => segment.path !== path)) continue; // deleted meanwhile
      if (typeof found === 'string') this.#events.onAltered(path, found);
      else if (found.size !== sizeBytes) this.#events.onAltered(path, `${found.size} of ${sizeBytes} bytes`);
    }
    await this.#current?.file.compare();
  }

  async #open(plan: SegmentPlan): Promise<void> {
    const check = await this.#deps.admit(plan.storage);
    if (!check.usable) {
      this.#dropQueue();
      this.#events.onDropped(plan);
      this.#events.onFault('storage_missing', check.refusal.sentence.en, plan.from);
      return;
    }
    const { segmentId, cameraId, runId, from, sets, storage } = plan;
    const note = { segmentId, cameraId, storageId: storage.storageId, runId, codec: sets.codec, width: sets.width, height: sets.height, from };
    const file = await (this.#deps.createFile ?? createSegmentFile)(storage.path, plan.path, initSegment(sets, note, blockBytes));
    this.#current = { plan, file, sequence: 0, frames: 0, keyFrames: 0, endTicks: plan.firstTicks, points: [], oldestUnsyncedMs: null };
  }

  async #write(fragment: Fragment): Promise<void> {
    const current = this.#current;
    if (current?.plan !== fragment.plan) return; // its segment failed
    const { file, plan } = current;
    const decodeTicks = fragment.startTicks - plan.firstTicks;
    const head = this.#head.build({ sequence: current.sequence + 1, decodeTicks, at: fragment.at, samples: fragment.samples, blockBytes });
    const offset = file.sizeBytes;
    const startedMs = this.#deps.clock.monotonic();
    const oldestMs = current.oldestUnsyncedMs ?? fragment.oldestMonotonicMs;
    // Known to be due before it is written: write and fsync are one call then.
    const isDue = this.#isDue(oldestMs, fragment, startedMs);
    const parts = [head, fragment.blocks];
    if (isDue) await file.appendDurably(parts);
    else await file.append(parts);
    this.#writtenBytes += fragment.body.length;
    this.#writtenWrites += 1;
    current.sequence += 1;
    current.frames += fragment.samples.length;
    for (const sample of fragment.samples) if (sample.key) current.keyFrames += 1;
    current.endTicks = fragment.endTicks;
    const first = fragment.samples[0];
    if (first?.key === true) current.points.push({ ticks: decodeTicks + first.compositionTicks, moofOffset: offset + 32 });
    current.oldestUnsyncedMs = oldestMs;
    this.#longestMs = Math.max(startedMs - fragment.oldestMonotonicMs, this.#longestMs * 0.98);
    fragment.onWritten(offset + head.length);
    this.#events.onFragment(fragment);
    if (isDue) {
      this.#synced(current, oldestMs, startedMs);
      return;
    }
    const now = this.#deps.clock.monotonic();
    if (!this.#isDue(oldestMs, fragment, now)) return; // unless the write itself took long
    await file.sync();
    this.#synced(current, oldestMs, now);
  }

  async #syncNow(): Promise<void> {
    const current = this.#current;
    if (current === null || current.oldestUnsyncedMs === null) return;
    const startedMs = this.#deps.clock.monotonic();
    await current.file.sync();
    this.#synced(current, current.oldestUnsyncedMs, startedMs);
  }

  /** In time for the next fragment to be safe as well: waiting for it would pass the bound. */
  #isDue(oldestMs: number, fragment: Fragment, now: number): boolean {
    // As long as the longest of late: a key frame may have ended this one early.
    const untilNext = Math.max(0, now - fragment.oldestMonotonicMs, this.#longestMs);
    const slack = wakeUpMs + 2 * this.#syncMs;
    return now - oldestMs + untilNext + slack >= this.#deps.maxLossMs();
  }

  #synced(current: OpenFile, oldestMs: number, startedMs: number): void {
    const safe = this.#deps.clock.monotonic();
    // Grows at once and fades slowly: a disk that was slow a minute ago is not trusted to be fast.
    this.#syncMs = Math.max(safe - startedMs, this.#syncMs * 0.95);
    this.#deps.onSynced(safe - oldestMs);
    current.oldestUnsyncedMs = null;
  }

  async #close(end: SegmentEnd): Promise<void> {
    const current = this.#current;
    if (current === null) return; // it failed before
    if (current.frames === 0) {
      this.#current = null;
      await current.file.remove();
      this.#events.onDropped(current.plan);
      return;
    }
    try {
      await current.file.append([randomAccessIndex(current.points)]);
    } catch (error) {
      // The index is a convenience: a full disk costs it, not the footage.
      if (!spaceCodes.has(codeOf(error))) throw error;
      await current.file.cutToWhole();
    }
    const finished = await current.file.finish();
    this.#current = null;
    if (current.oldestUnsyncedMs !== null) this.#deps.onSynced(this.#deps.clock.monotonic() - current.oldestUnsyncedMs);
    const { path, storage } = current.plan;
    this.#recent = [...this.#recent.slice(1 - recentSegments), { file: join(storage.path, path), path, sizeBytes: finished.sizeBytes }];
    this.#events.onClosed({ ...end, ...finished, plan: current.plan, frames: current.frames, keyFrames: current.keyFrames });
  }

  async #cut(end: SegmentEnd | null): Promise<void> {
    const current = this.#current;
    if (current !== null) await this.#close({ cameraClockOffsetMs: null, packetsLost: 0, ...end, span: current.plan.spanUntil(current.endTicks) });
  }

  /** A full disk closes what is whole. Anything else means contents unknown: the segment is given up and said so. */
  async #fail(op: Op, error: unknown): Promise<void> {
    const code = codeOf(error);
    const full = spaceCodes.has(code);
    this.#dropQueue();
    const current = this.#current;
    this.#current = null;
    if (current === null) {
      if (op.kind !== 'open') return;
      this.#events.onDropped(op.plan);
      this.#events.onFault(full ? 'disk_full' : 'disk_failed', code, op.plan.from);
      return;
    }
    const { plan } = current;
    if (!full) {
      await this.#abandon(current, code);
      return;
    }
    const span = plan.spanUntil(current.endTicks);
    this.#current = current;
    try {
      await current.file.cutToWhole();
      await this.#close({ span, cameraClockOffsetMs: null, packetsLost: 0 });
      this.#events.onFault('disk_full', code, current.frames > 0 ? span.until : span.from);
    } catch (second) {
      this.#current = null;
      await this.#abandon(current, codeOf(second));
    }
  }

  async #abandon(current: OpenFile, code: string): Promise<void> {
    const suffix = await current.file.abandon();
    this.#events.onAbandoned(current.plan, current.plan.path + suffix, code);
    this.#events.onFault('disk_failed', code, current.plan.spanUntil(current.plan.firstTicks).from);
  }

  #dropQueue(): void {
    const dropped = this.#ops;
    this.#ops = [];
    for (const op of dropped) {
      if (op.kind === 'fragment') this.#done(op.fragment);
      if (op.kind === 'open') this.#events.onDropped(op.plan);
    }
  }

  #done(fragment: Fragment): void {
    this.#queuedBytes -= fragment.body.length;
    fragment.release();
  }
}
