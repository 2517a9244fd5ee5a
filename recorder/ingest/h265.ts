/**
 * H.265 out of RTP (RFC 7798): single NAL units, aggregation packets and fragmentation units, into whole access units. PACI packets and
 * decoding-order numbers (sprop-max-don-diff) are not taken: no camera is known to send them.
 *
 * What is decided here is what h264.ts decides, and besides:
 * - Every random access picture (IDR, BLA, CRA) is a key frame. Pictures that lead a CRA and build on what came before it (RASL) are left
 *   out where there was nothing before it: no decoder could show them.
 * - Layers above the base layer are left out.
 */
import type { GopBuffer } from './gop-buffer.ts';
import type { DepacketizerSink } from './h264.ts';
import { HevcSetStore, hevcSetType } from './hevc-sets.ts';

const nalType = { raslN: 8, raslR: 9, blaFirst: 16, craLast: 21, delimiter: 35, endOfSequence: 36, filler: 38, prefixSei: 39, aggregation: 48, fragment: 49 } as const;

/** Table 7-1: coded slices that are in use; the reserved ones between are left out. */
const isSlice = (type: number): boolean => type <= nalType.raslR || (type >= nalType.blaFirst && type <= nalType.craLast);
const isReservedSlice = (type: number): boolean => type < hevcSetType.vps && !isSlice(type);
/** 7.4.2.4.4: these stand before the first slice of a picture. */
const beginsUnit = (type: number): boolean => (type >= hevcSetType.vps && type <= nalType.delimiter) || type === nalType.prefixSei || (type >= 41 && type <= 44);
const isLeftOut = (type: number): boolean => (type >= nalType.delimiter && type <= nalType.filler) || isReservedSlice(type);
const typeOf = (header: number): number => (header >> 1) & 0x3f;
const layerOf = (first: number, second: number): number => ((first & 1) << 5) | (second >> 3);

export class H265Depacketizer {
  readonly sets = new HevcSetStore();
  readonly #gop: GopBuffer;
  readonly #sink: DepacketizerSink;
  #timestamp = 0;
  #hasSlice = false;
  #hasKey = false;
  #isSkippedLeading = false;
  #waitingForKey = true;
  /** The newest key frame was the first after a beginning: pictures before it in time cannot be decoded. */
  #skipsLeading = true;
  /** A packet before this one is missing: nothing is taken until a unit begins. */
  #resync = false;
  /** A unit is missing since the last key frame. */
  #afterLoss = false;
  #trustMarker = true;
  /** Time stamp of the last unit that a marker closed; -1 when another one began since. */
  #closedByMarker = -1;
  /** Its fragments are passed over: a layer or a kind that is left out. */
  #isPassing = false;
  #malformed = 0;

  constructor(gop: GopBuffer, sink: DepacketizerSink) {
    this.#gop = gop;
    this.#sink = sink;
  }

  /** Payloads that were no RFC 7798, for the log. */
  get malformed(): number {
    return this.#malformed;
  }

  /** Packets are missing before the next one. */
  lost(): void {
    this.#dropUnit();
    this.#resync = true;
    this.#isPassing = false;
    this.#afterLoss = true;
    this.#closedByMarker = -1;
    if (this.sets.changed) this.#waitingForKey = true;
  }

  /** What follows is another stream than what came before. */
  restarted(): void {
    this.lost();
    this.#waitingForKey = true;
  }

  packet(bytes: Buffer, start: number, end: number, marker: boolean, timestamp: number): void {
    const type = typeOf(bytes[start] ?? 0);
    if (this.#hasSlice && timestamp !== this.#timestamp) this.#finish();
    if (end - start < 3) this.#damaged();
    else if (type < nalType.aggregation) this.#single(bytes, start, end, timestamp);
    else if (type === nalType.fragment) this.#fragment(bytes, start, end, timestamp);
    else if (type === nalType.aggregation) this.#aggregate(bytes, start + 2, end, timestamp);
    else this.#damaged();
    if (marker && this.#trustMarker && this.#hasSlice && !this.#gop.nalOpen) {
      this.#finish();
      this.#closedByMarker = timestamp;
    }
  }

  #single(bytes: Buffer, start: number, end: number, timestamp: number): void {
    if (this.#gop.nalOpen) this.#damaged(); // a fragmented NAL never ended
    this.#isPassing = false;
    const first = bytes[start] ?? 0;
    if (layerOf(first, bytes[start + 1] ?? 0) !== 0) return;
    if (!this.#begin(typeOf(first), bytes[start + 2] ?? 0, timestamp)) return;
    if (!this.#gop.append(bytes, start, end)) return this.#full();
    this.#endNal();
  }

  #aggregate(bytes: Buffer, start: number, end: number, timestamp: number): void {
    let at = start;
    while (at + 2 < end) {
      const size = bytes.readUInt16BE(at);
      at += 2;
      if (size < 3 || at + size > end || typeOf(bytes[at] ?? 0) >= nalType.aggregation) return this.#damaged();
      this.#single(bytes, at, at + size, timestamp);
      at += size;
    }
    if (at !== end) this.#damaged();
  }

  #fragment(bytes: Buffer, start: number, end: number, timestamp: number): void {
    if (end - start < 4) return this.#damaged();
    const [first, second, header] = [bytes[start] ?? 0, bytes[start + 1] ?? 0, bytes[start + 2] ?? 0];
    const isFirst = (header & 0x80) !== 0;
    const isLast = (header & 0x40) !== 0;
    const type = header & 0x3f;
    if (type >= nalType.aggregation) return this.#damaged();
    if (isFirst) {
      if (this.#gop.nalOpen) this.#damaged();
      this.#isPassing = layerOf(first, second) !== 0;
      if (this.#isPassing || !this.#begin(type, bytes[start + 3] ?? 0, timestamp)) return;
      if (!this.#gop.appendByte((first & 0x81) | (type << 1)) || !this.#gop.appendByte(second)) return this.#full();
    } else if (!this.#gop.nalOpen) {
      if (!this.#resync && !this.#isPassing) this.#damaged(); // its beginning never came
      return;
    }
    if (!this.#gop.append(bytes, start + 3, end)) return this.#full();
    if (isLast) this.#endNal();
  }

  /** Opens a NAL, closing the unit before it where this NAL begins a new one. False: it is not taken. */
  #begin(type: number, firstPayloadByte: number, timestamp: number): boolean {
    const firstOfPicture = (firstPayloadByte & 0x80) !== 0; // first_slice_segment_in_pic_flag
    const slice = isSlice(type);
    if (this.#resync) {
      if (!beginsUnit(type) && !(slice && firstOfPicture)) return false;
      this.#resync = false;
    }
    if (this.#hasSlice && (type === nalType.delimiter || (slice && firstOfPicture))) this.#finish();
    if (slice) {
      if (!this.#hasSlice && !firstOfPicture) {
        // Its picture began elsewhere: closed too early by a marker, or lost.
        if (this.#closedByMarker === timestamp) this.#trustMarker = false;
        this.lost();
        return false;
      }
      this.#hasSlice = true;
      this.#timestamp = timestamp;
      this.#closedByMarker = -1;
      if (type >= nalType.blaFirst) this.#hasKey = true;
      else if (this.#skipsLeading && (type === nalType.raslN || type === nalType.raslR)) this.#isSkippedLeading = true;
    }
    if (this.#gop.beginNal()) return true;
    this.#full();
    return false;
  }

  #endNal(): void {
    const type = typeOf(this.#gop.nalHeader);
    if (isLeftOut(type)) return this.#gop.dropNal();
    if (type >= hevcSetType.vps && type <= hevcSetType.pps) {
      const found = this.sets.offer(this.#gop.currentNal());
      if (found === 'refused') this.#malformed += 1;
      if (found !== 'new') return this.#gop.dropNal();
    }
    this.#gop.endNal();
  }

  #finish(): void {
    if (this.#gop.nalOpen) {
      this.#damaged();
      return;
    }
    const key = this.#hasKey;
    if ((this.#waitingForKey && !key) || this.#isSkippedLeading) return this.#dropUnit();
    if (key) {
      this.#skipsLeading = this.#waitingForKey;
      this.#afterLoss = false;
    }
    this.#waitingForKey = false;
    this.#hasSlice = false;
    this.#hasKey = false;
    this.#sink.onUnit(key, this.#timestamp, key && this.sets.changed, this.#afterLoss);
  }

  #dropUnit(): void {
    this.#gop.dropUnit();
    this.#hasSlice = false;
    this.#hasKey = false;
    this.#isSkippedLeading = false;
  }

  #damaged(): void {
    this.#malformed += 1;
    this.lost();
  }

  #full(): void {
    this.#dropUnit();
    this.#sink.onFull();
  }
}
