/**
 * H.264 out of RTP (RFC 6184, packetization modes 0 and 1): single NAL units, STAP-A and FU-A, into whole access units.
 *
 * What is decided here:
 * - A unit that misses a packet is dropped, and nothing else: what follows is whole, decoders conceal what it builds on, and a camera
 *   with a key frame every ten seconds must not lose ten seconds to one packet. The hole stands in the ticks, the count of lost packets
 *   beside it, and units up to the next key frame say that they come after a loss. Only a stream that began anew, and parameter sets
 *   that were lost with their key frame, make us wait for the next one: nothing before it can be decoded at all.
 * - A unit ends with the marker, with a new time stamp, with a delimiter, or with a slice that starts at the first macroblock. A
 *   camera that sets the marker on every slice is found out, and its markers are ignored from then on.
 * - Parameter sets that are in force already, delimiters, end marks and filler (9 to 12) are left out of the units; changed sets stay in.
 * - Arbitrary slice order (baseline profile; no camera is known to use it) is not taken: pictures must start at macroblock 0.
 */
import type { GopBuffer } from './gop-buffer.ts';
import { ParameterSetStore } from './sps.ts';

export interface DepacketizerSink {
  /** The unit in progress is whole: seal it. `setsChanged`: it is a key unit and the first under new sets. */
  onUnit(key: boolean, timestamp: number, setsChanged: boolean, afterLoss: boolean): void;
  /** The bound of memory is reached. */
  onFull(): void;
}

const nalType = { slice: 1, partitionA: 2, idr: 5, sei: 6, sps: 7, pps: 8, delimiter: 9, filler: 12, stapA: 24, fuA: 28 } as const;
const isSlice = (type: number): boolean => type === nalType.slice || type === nalType.partitionA || type === nalType.idr;
/** 7.4.1.2.3: these stand before the slices of a picture (GStreamer repeats parameter sets between them too). */
const beginsUnit = (type: number): boolean => (type >= nalType.sei && type <= nalType.delimiter) || (type >= 14 && type <= 18);

export class H264Depacketizer {
  readonly sets = new ParameterSetStore();
  readonly #gop: GopBuffer;
  readonly #sink: DepacketizerSink;
  #timestamp = 0;
  #hasSlice = false;
  #hasKey = false;
  #waitingForKey = true;
  /** A packet before this one is missing: nothing is taken until a unit begins. */
  #resync = false;
  /** A unit is missing since the last key frame. */
  #afterLoss = false;
  #trustMarker = true;
  /** Time stamp of the last unit that a marker closed; -1 when another one began since. */
  #closedByMarker = -1;
  #malformed = 0;

  constructor(gop: GopBuffer, sink: DepacketizerSink) {
    this.#gop = gop;
    this.#sink = sink;
  }

  /** Payloads that were no RFC 6184, for the log. */
  get malformed(): number {
    return this.#malformed;
  }

  /** Packets are missing before the next one. */
  lost(): void {
    this.#dropUnit();
    this.#resync = true;
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
    const type = (bytes[start] ?? 0) & 0x1f;
    if (this.#hasSlice && timestamp !== this.#timestamp) this.#finish();
    if (type >= 1 && type < nalType.stapA) this.#single(bytes, start, end, timestamp);
    else if (type === nalType.fuA) this.#fragment(bytes, start, end, timestamp);
    else if (type === nalType.stapA) this.#aggregate(bytes, start + 1, end, timestamp);
    else this.#damaged();
    if (marker && this.#trustMarker && this.#hasSlice && !this.#gop.nalOpen) {
      this.#finish();
      this.#closedByMarker = timestamp;
    }
  }

  #single(bytes: Buffer, start: number, end: number, timestamp: number): void {
    if (this.#gop.nalOpen) this.#damaged(); // a fragmented NAL never ended
    if (!this.#begin((bytes[start] ?? 0) & 0x1f, bytes[start + 1] ?? 0, timestamp)) return;
    if (!this.#gop.append(bytes, start, end)) return this.#full();
    this.#endNal();
  }

  #aggregate(bytes: Buffer, start: number, end: number, timestamp: number): void {
    let at = start;
    while (at + 2 < end) {
      const size = bytes.readUInt16BE(at);
      at += 2;
      if (size === 0 || at + size > end) return this.#damaged();
      const type = (bytes[at] ?? 0) & 0x1f;
      if (type === 0 || type >= nalType.stapA) return this.#damaged();
      this.#single(bytes, at, at + size, timestamp);
      at += size;
    }
    if (at !== end) this.#damaged();
  }

  #fragment(bytes: Buffer, start: number, end: number, timestamp: number): void {
    if (end - start < 3) return this.#damaged();
    const indicator = bytes[start] ?? 0;
    const header = bytes[start + 1] ?? 0;
    const isFirst = (header & 0x80) !== 0;
    const isLast = (header & 0x40) !== 0;
    const type = header & 0x1f;
    if (type === 0 || type >= nalType.stapA) return this.#damaged();
    if (isFirst) {
      if (this.#gop.nalOpen) this.#damaged();
      if (!this.#begin(type, bytes[start + 2] ?? 0, timestamp)) return;
      if (!this.#gop.appendByte((indicator & 0xe0) | type)) return this.#full();
    } else if (!this.#gop.nalOpen) {
      if (!this.#resync) this.#damaged(); // its beginning never came
      return;
    }
    if (!this.#gop.append(bytes, start + 2, end)) return this.#full();
    if (isLast) this.#endNal();
  }

  /** Opens a NAL, closing the unit before it where this NAL begins a new one. False: it is not taken. */
  #begin(type: number, firstPayloadByte: number, timestamp: number): boolean {
    // ue(v) 0 is a single 1 bit: the slice starts at macroblock 0.
    const firstMacroblock = (firstPayloadByte & 0x80) !== 0;
    const startsUnit = beginsUnit(type) || (isSlice(type) && firstMacroblock);
    if (this.#resync) {
      if (!startsUnit) return false;
      this.#resync = false;
    }
    const endsOther = type === nalType.delimiter || (isSlice(type) && firstMacroblock && !this.sets.interlaced);
    if (this.#hasSlice && endsOther) this.#finish();
    if (isSlice(type)) {
      if (!this.#hasSlice && !firstMacroblock && this.#closedByMarker === timestamp) this.#trustMarker = false;
      // The beginning of this picture is elsewhere: lost, or closed too early by a marker.
      if (!this.#hasSlice && !firstMacroblock) {
        this.lost();
        return false;
      }
      this.#hasSlice = true;
      this.#timestamp = timestamp;
      this.#closedByMarker = -1;
      if (type === nalType.idr) this.#hasKey = true;
    }
    if (this.#gop.beginNal()) return true;
    this.#full();
    return false;
  }

  #endNal(): void {
    const type = this.#gop.nalHeader & 0x1f;
    if (type >= nalType.delimiter && type <= nalType.filler) return this.#gop.dropNal();
    if (type === nalType.sps || type === nalType.pps) {
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
    const timestamp = this.#timestamp;
    if (this.#waitingForKey && !key) return this.#dropUnit();
    this.#waitingForKey = false;
    this.#hasSlice = false;
    this.#hasKey = false;
    if (key) this.#afterLoss = false;
    this.#sink.onUnit(key, timestamp, key && this.sets.changed, this.#afterLoss);
  }

  #dropUnit(): void {
    this.#gop.dropUnit();
    this.#hasSlice = false;
    this.#hasKey = false;
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

