/**
 * One clip as it is written: head, fragments of its segments one after another on one timeline, index. Nothing is encoded anew; what the camera
 * signed inside the pictures stays. Each segment is read from end to end, even where only a part of it goes out, and its hash compared with the
 * one from when it was closed: a package is never made from footage that was altered at rest.
 */
import { exportHead, FragmentError, Rebaser, randomAccessIndex, type PassedFragment, type RandomAccessPoint } from '../fmp4/index.ts';
import { toBase64, toHex } from '../tlog/index.ts';
import { BundleError, type AsyncHash, type BundleCrypto, type BundleInput, type PieceStore, type SegmentInput, type Span } from './model.ts';
import { firstFragment, startOf, type PlannedClip, type PlannedPart } from './plan.ts';
import type { CutSegment } from './statement.ts';

const pieceBytes = 4 * 1024 * 1024;
/** Less than this is read into memory of its own, and copied out of a piece: a piece that gives little would wait long. */
const leastShared = 1024 * 1024;
const ticksPerMs = 90;

interface Piece {
  at: number;
  bytes: Uint8Array;
  /** Set where the memory is used again. */
  from: Uint8Array | null;
}

const readPiece = async ({ file, sizeBytes }: SegmentInput, at: number, pieces: PieceStore | undefined): Promise<Piece> => {
  const length = Math.min(pieceBytes, sizeBytes - at);
  if (pieces === undefined || file.readInto === undefined || length < leastShared) return { at, bytes: await file.readAt(at, length), from: null };
  const from = await pieces.take();
  const taken = from.subarray(0, length);
  return { at, bytes: taken.subarray(0, await file.readInto(taken, at)), from };
};

/** Reads ahead by one piece, so that the disk works while the last one is hashed and written. */
async function* piecesOf(segment: SegmentInput, pieces: PieceStore | undefined): AsyncGenerator<Piece> {
  let next = readPiece(segment, 0, pieces);
  for (let at = 0; at < segment.sizeBytes; ) {
    const piece = await next;
    if (piece.bytes.length === 0) throw new BundleError('segment_unreadable', segment.segmentId);
    at += piece.bytes.length;
    if (at < segment.sizeBytes) {
      next = readPiece(segment, at, pieces);
      next.catch(() => undefined); // it is awaited in the next round, if there is one
    }
    yield piece;
  }
}

/** What lies around the fragments of a segment that is in the clip whole: with it the segment's hash can be found from the clip. */
export interface SegmentEnds {
  segmentId: string;
  head: string;
  tail: string;
}

export interface ClipFacts {
  segments: CutSegment[];
  ends: SegmentEnds[];
  contained: Span;
  headBytes: number;
  /** Where the index begins. */
  indexAt: number;
}

export class ClipStream {
  readonly #crypto: BundleCrypto;
  readonly #planned: PlannedClip & { path: string };
  readonly #head: Uint8Array;
  readonly #segments: CutSegment[] = [];
  readonly #ends: SegmentEnds[] = [];
  readonly #points: RandomAccessPoint[] = [];
  #at: number;
  #sequence = 1;
  /** Where the next fragment begins on the clip's timeline, at the earliest. */
  #ticks = 0;
  #until: number;
  #indexAt = 0;
  /** The segment before, compared with the ledger while this one is read. */
  #checked: Promise<void> = Promise.resolve();

  constructor(crypto: BundleCrypto, input: BundleInput, planned: PlannedClip & { path: string }) {
    if (planned.track === null) throw new RangeError('a clip without footage has no stream');
    const { clip, startAt } = planned;
    const source = clip.source ?? { url: '', mac: '', line: '' };
    this.#crypto = crypto;
    this.#planned = planned;
    this.#head = exportHead(planned.track, {
      unitName: input.unit.name, unitUrl: input.unit.url, unitMac: input.unit.mac, exportedAt: input.at, operator: input.operator,
      sourceName: clip.label, sourceUrl: source.url, sourceMac: source.mac, sourceLine: source.line, startAt,
    });
    this.#at = this.#head.length;
    this.#until = startAt;
  }

  /** Known when the stream has ended. */
  facts(): ClipFacts {
    return { segments: this.#segments, ends: this.#ends, contained: { from: Math.round(this.#planned.startAt), until: Math.round(this.#until) }, headBytes: this.#head.length, indexAt: this.#indexAt };
  }

  /** At most so many bytes: footage, head, and 19 bytes of index for each fragment, whose head alone has more than 120. */
  get mostBytes(): number {
    const footage = this.#planned.parts.reduce((sum, { source }) => sum + source.until - source.from, 0);
    return footage + Math.ceil(footage / 6) + this.#head.length + 1_024;
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    yield this.#head;
    for (const part of this.#planned.parts) {
      try {
        yield* this.#part(part);
      } catch (error) {
        throw error instanceof FragmentError ? new BundleError('segment_unreadable', part.segment.segmentId) : error;
      }
    }
    await this.#checked;
    this.#indexAt = this.#at;
    yield randomAccessIndex(this.#points);
  }

  async *#part(part: PlannedPart): AsyncGenerator<Uint8Array> {
    const { segment, source } = part;
    const hash = this.#crypto.createSha256('segment');
    const clipFrom = this.#at;
    const around: Uint8Array[][] = [[], []];
    let rebaser: Rebaser | null = null;
    let shift = { sequence: 0, ticks: 0 };
    const { pieces } = this.#crypto;
    for await (const { at, bytes, from: memory } of piecesOf(segment, pieces)) {
      hash.update(bytes);
      const [from, until] = [Math.max(source.from, at) - at, Math.min(source.until, at + bytes.length) - at];
      if (part.whole && at < source.from) around[0]?.push(new Uint8Array(bytes.subarray(0, Math.max(0, from))));
      if (part.whole && at + bytes.length > source.until) around[1]?.push(new Uint8Array(bytes.subarray(Math.max(0, until))));
      const gives = until - from >= leastShared;
      if (from >= until) {
        if (memory !== null) pieces?.passed(memory, false);
        continue;
      }
      if (rebaser === null) {
        shift = await this.#shiftFor(part);
        rebaser = new Rebaser(shift, (fragment) => this.#passed(fragment, clipFrom, shift.ticks));
      }
      const asked = bytes.subarray(from, until);
      for (const moved of rebaser.push(memory === null || gives ? asked : new Uint8Array(asked))) {
        this.#at += moved.length;
        yield moved;
      }
      if (memory !== null) pieces?.passed(memory, gives);
    }
    rebaser?.end();
    await this.#checked;
    this.#checked = this.#compare(segment, hash);
    this.#checked.catch(() => undefined); // it is awaited after the next segment, or before the index
    const { segmentId, sizeBytes, sha256, from, until, factSeq } = segment;
    this.#segments.push({ segmentId, sha256, sizeBytes, from, until, factSeq, source, clip: { from: clipFrom, until: this.#at }, shift, whole: part.whole });
    const [head, tail] = around.map((pieces) => toBase64(join(pieces)));
    if (part.whole) this.#ends.push({ segmentId, head: head ?? '', tail: tail ?? '' });
  }

  async #compare({ segmentId, sha256 }: SegmentInput, hash: AsyncHash): Promise<void> {
    if (toHex(await hash.digest()) !== sha256) throw new BundleError('segment_altered', segmentId);
  }

  /** Each segment stands where it was recorded; rounding never lets one begin before the end of the last. */
  async #shiftFor({ segment, source }: PlannedPart): Promise<{ sequence: number; ticks: number }> {
    const first = await firstFragment(segment, source.from);
    const start = Math.max(this.#ticks, Math.round((startOf(first, segment) - this.#planned.startAt) * ticksPerMs));
    return { sequence: this.#sequence - first.sequence, ticks: start - first.decodeTicks };
  }

  #passed(fragment: PassedFragment, clipFrom: number, shiftTicks: number): void {
    const ticks = fragment.decodeTicks + shiftTicks;
    if (fragment.startsWithKey) this.#points.push({ ticks, moofOffset: clipFrom + fragment.moofOffset });
    this.#sequence += 1;
    this.#ticks = ticks + fragment.durationTicks;
    this.#until = this.#planned.startAt + this.#ticks / ticksPerMs;
  }
}

const join = (pieces: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
};
