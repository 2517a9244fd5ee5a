/**
 * One clip against the statement, as its bytes stream by: head, fragments, index, and for every segment that is in it whole the hash that it had
 * when it was recorded, found again by taking the cut back.
 */
import type { ClipStatement, CutSegment, Predicate } from '../../formats/evidence-bundle/index.ts';
import { FragmentError, parseInit, randomAccessIndex, readExportNote, Rebaser, type PassedFragment, type RandomAccessPoint } from '../../formats/fmp4/index.ts';
import type { StreamHash } from '../../formats/pure-crypto/index.ts';
import { toHex } from '../../formats/tlog/index.ts';
import { bundleFinding, type BundleFinding } from './finding.ts';

const ticksPerMs = 90;
const largestSmallPart = 64 * 1024 * 1024;
const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

export interface SegmentEndBytes {
  head: Uint8Array;
  tail: Uint8Array;
}

/** What a clip must be made of: null when its own numbers do not fit together. */
const tiles = (clip: ClipStatement, sizeBytes: number): boolean => {
  let at = clip.headBytes;
  let time = Number.NEGATIVE_INFINITY;
  for (const { source, clip: place, from, until, sizeBytes: whole } of clip.segments) {
    if (place.from !== at || place.until - place.from !== source.until - source.from || place.until <= place.from) return false;
    if (source.from < 0 || source.until > whole || from < time || until <= from) return false;
    at = place.until;
    time = from;
  }
  return at === clip.indexAt && clip.indexAt < sizeBytes && clip.headBytes > 0;
};

export class ClipCheck {
  readonly #file: string;
  readonly #clip: ClipStatement;
  readonly #predicate: Predicate;
  readonly #ends: ReadonlyMap<string, SegmentEndBytes>;
  readonly #createSha256: () => StreamHash;
  readonly #findings: BundleFinding[] = [];
  readonly #points: RandomAccessPoint[] = [];
  /** Head and index are kept until they are whole: they are small. */
  #kept: Uint8Array[] = [];
  #keptBytes = 0;
  #at = 0;
  #next = 0;
  #open: { cut: CutSegment; rebaser: Rebaser; hash: StreamHash | null } | null = null;
  #sequence = 1;
  #endTicks = 0;
  #startAt: number | null = null;
  #broken: boolean;
  #recomputed = 0;

  constructor(clip: ClipStatement & { file: string }, sizeBytes: number, predicate: Predicate, ends: ReadonlyMap<string, SegmentEndBytes>, createSha256: () => StreamHash) {
    this.#file = clip.file;
    this.#clip = clip;
    this.#predicate = predicate;
    this.#ends = ends;
    this.#createSha256 = createSha256;
    this.#broken = !tiles(clip, sizeBytes);
    if (this.#broken) this.#wrong('ranges');
  }

  push(bytes: Uint8Array): void {
    let rest = bytes;
    while (rest.length > 0 && !this.#broken) {
      const until = this.#partEnd();
      const part = rest.subarray(0, until === null ? rest.length : until - this.#at);
      rest = rest.subarray(part.length);
      this.#take(part);
      this.#at += part.length;
      if (until !== null && this.#at === until) this.#partDone();
    }
  }

  /** After the last byte. */
  end(): { findings: BundleFinding[]; recomputed: number } {
    if (!this.#broken && this.#next <= this.#clip.segments.length) this.#wrong('short');
    if (!this.#broken) {
      if (!same(this.#join(), randomAccessIndex(this.#points))) this.#wrong('index');
      this.#times();
    }
    return { findings: this.#findings, recomputed: this.#recomputed };
  }

  /** 0: head; 1 … n: segments; n + 1: the index, to the end of the file. */
  #partEnd(): number | null {
    if (this.#next === 0) return this.#clip.headBytes;
    return this.#clip.segments[this.#next - 1]?.clip.until ?? null;
  }

  #take(part: Uint8Array): void {
    const cut = this.#next === 0 ? undefined : this.#clip.segments[this.#next - 1];
    if (cut === undefined) {
      this.#keptBytes += part.length;
      if (this.#keptBytes > largestSmallPart) return this.#wrong('too long');
      this.#kept.push(new Uint8Array(part));
      return;
    }
    try {
      this.#open ??= this.#start(cut);
      for (const original of this.#open.rebaser.push(part)) this.#open.hash?.update(original);
    } catch (error) {
      if (!(error instanceof FragmentError)) throw error;
      this.#wrong('fragment');
    }
  }

  #start(cut: CutSegment): { cut: CutSegment; rebaser: Rebaser; hash: StreamHash | null } {
    const ends = cut.whole ? this.#ends.get(cut.segmentId) : undefined;
    const hash = ends === undefined ? null : this.#createSha256();
    if (ends !== undefined) hash?.update(ends.head);
    const rebaser = new Rebaser({ sequence: -cut.shift.sequence, ticks: -cut.shift.ticks }, (fragment) => this.#passed(fragment, cut));
    return { cut, rebaser, hash };
  }

  #passed(fragment: PassedFragment, cut: CutSegment): void {
    this.#startAt ??= fragment.at;
    if (fragment.sequence !== this.#sequence || fragment.decodeTicks < this.#endTicks) this.#wrong('timeline');
    if (fragment.startsWithKey) this.#points.push({ ticks: fragment.decodeTicks, moofOffset: cut.clip.from + fragment.moofOffset });
    else if (this.#sequence === 1) this.#wrong('first frame');
    this.#sequence += 1;
    this.#endTicks = fragment.decodeTicks + fragment.durationTicks;
  }

  #partDone(): void {
    if (this.#next === 0) this.#head();
    else this.#segmentDone();
    this.#next += 1;
  }

  #head(): void {
    const bytes = this.#join();
    this.#kept = [];
    this.#keptBytes = 0;
    const [note, init] = [readExportNote(bytes), parseInit(bytes)];
    const { contained, label } = this.#clip;
    const p = this.#predicate;
    const fits = note !== null && note.startAt === contained?.from && note.sourceName === label && note.operator === p.operator && note.unitName === p.unit.name && note.exportedAt === Math.floor(p.exportedAt / 1_000) * 1_000;
    if (!fits || init?.track == null || init.sizeBytes !== bytes.length) this.#wrong('head');
    for (const { segmentId, whole } of this.#clip.segments) {
      const own = whole ? this.#ends.get(segmentId) : undefined;
      const track = own === undefined ? null : (parseInit(own.head)?.track ?? null);
      if (track !== null && init?.track != null && !(track.width === init.track.width && track.height === init.track.height && track.entry === init.track.entry && same(track.decoderConfig, init.track.decoderConfig))) this.#wrong('picture parameters');
    }
  }

  #segmentDone(): void {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    const { cut, rebaser, hash } = open;
    try {
      rebaser.end();
    } catch (error) {
      if (!(error instanceof FragmentError)) throw error;
      this.#wrong('fragment');
    }
    if (hash === null) {
      if (cut.whole) this.#findings.push(bundleFinding('segment_differs', { file: this.#file, place: cut.segmentId }));
      return;
    }
    hash.update(this.#ends.get(cut.segmentId)?.tail ?? new Uint8Array(0));
    if (toHex(hash.digest()) === cut.sha256) this.#recomputed += 1;
    else this.#findings.push(bundleFinding('segment_differs', { file: this.#file, place: cut.segmentId }));
  }

  /** What is said to be in the clip is what its fragments say. */
  #times(): void {
    const { contained, asked, leadInMs, tailMs, segments } = this.#clip;
    const start = this.#startAt ?? segments[0]?.from ?? 0;
    const until = Math.round(start + this.#endTicks / ticksPerMs);
    if (contained === null || contained.from !== Math.round(start) || contained.until !== until) this.#wrong('times');
    else if (leadInMs !== Math.max(0, asked.from - contained.from) || tailMs !== Math.max(0, contained.until - asked.until)) this.#wrong('lead-in');
  }

  #wrong(why: string): void {
    this.#broken = true;
    if (!this.#findings.some(({ code }) => code === 'clip_structure')) this.#findings.push(bundleFinding('clip_structure', { place: this.#file, why }));
  }

  #join(): Uint8Array {
    const out = new Uint8Array(this.#keptBytes);
    let at = 0;
    for (const part of this.#kept) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
}
