/** RTP (RFC 3550): the header of a packet, the count of what is missing, and media time on one unbroken scale. */
import { videoTicksPerSecond } from '../../server/src/base/units.ts';

/** Filled by parseRtp; one object serves all packets of a camera. */
export interface RtpHeader {
  marker: boolean;
  payloadType: number;
  sequence: number;
  timestamp: number;
  ssrc: number;
  payloadStart: number;
  payloadEnd: number;
}

export const emptyRtpHeader = (): RtpHeader => ({ marker: false, payloadType: 0, sequence: 0, timestamp: 0, ssrc: 0, payloadStart: 0, payloadEnd: 0 });

const fixedBytes = 12;

/** 32 bits, big-endian, of bytes that are known to be there. */
const wordAt = (bytes: Buffer, at: number): number =>
  (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0;

/** False when the bytes [start, end) are no RTP packet with a payload. */
export const parseRtp = (bytes: Buffer, start: number, end: number, into: RtpHeader): boolean => {
  if (end - start < fixedBytes) return false;
  const first = bytes[start] ?? 0;
  if (first >> 6 !== 2) return false;
  const second = bytes[start + 1] ?? 0;
  let at = start + fixedBytes + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0) {
    if (at + 4 > end) return false;
    at += 4 + bytes.readUInt16BE(at + 2) * 4;
  }
  let stop = end;
  if ((first & 0x20) !== 0) {
    const padding = bytes[end - 1] ?? 0;
    if (padding === 0) return false;
    stop = end - padding;
  }
  if (at >= stop) return false;
  into.marker = (second & 0x80) !== 0;
  into.payloadType = second & 0x7f;
  into.sequence = ((bytes[start + 2] ?? 0) << 8) | (bytes[start + 3] ?? 0);
  into.timestamp = wordAt(bytes, start + 4);
  into.ssrc = wordAt(bytes, start + 8);
  into.payloadStart = at;
  into.payloadEnd = stop;
  return true;
};

/** RFC 3550 appendix A.1: a jump beyond this is a sender that started anew, not a loss. */
const largestDropout = 3_000;

/**
 * Sequence numbers of one source. `next` answers how many packets are missing before this one (0: in order), `late` for one that
 * came before or twice, `restart` for a sender that began anew.
 */
export class SequenceTracker {
  #expected = -1;
  #suspect = -1;
  #ssrc = -1;
  /** Highest sequence number received, extended by its cycles, for receiver reports. */
  #highest = 0;

  get extendedHighest(): number {
    return this.#highest >>> 0;
  }

  next(sequence: number, ssrc: number): number | 'late' | 'restart' {
    if (this.#expected < 0 || ssrc !== this.#ssrc) {
      const first = this.#expected < 0;
      this.#begin(sequence, ssrc);
      return first ? 0 : 'restart';
    }
    const ahead = (sequence - this.#expected) & 0xffff;
    if (ahead <= largestDropout) {
      this.#expected = (sequence + 1) & 0xffff;
      this.#highest += ahead + 1;
      this.#suspect = -1;
      return ahead;
    }
    // Two in a row from elsewhere: the sender began anew (appendix A.1).
    if (sequence === this.#suspect) {
      this.#begin(sequence, ssrc);
      return 'restart';
    }
    this.#suspect = (sequence + 1) & 0xffff;
    return 'late';
  }

  #begin(sequence: number, ssrc: number): void {
    this.#ssrc = ssrc;
    this.#expected = (sequence + 1) & 0xffff;
    this.#suspect = -1;
    this.#highest = sequence;
  }
}

/** Media time further than this from the time that passed here is bridged, not followed. */
const largestStepTicks = 10 * videoTicksPerSecond;
/** How fast a camera's clock may run off without being taken for a step: far above any real drift. */
const largestDrift = 0.01;

/**
 * 32-bit RTP time unwrapped. When the camera's media time steps (it set its clock, or restarted its encoder within the connection),
 * media time goes on by the time that passed here: camera clocks never rewrite history, and no camera can send footage into another hour.
 */
export class MediaClock {
  #started = false;
  #lastTimestamp = 0;
  #lastTicks = 0;
  #lastLocal = 0;
  /** Where media time stands against the monotonic clock, in ticks; follows the camera within largestDrift. */
  #offset = 0;

  ticks(timestamp: number, monotonicMs: number): number {
    const local = (monotonicMs / 1_000) * videoTicksPerSecond;
    if (!this.#started) {
      this.#started = true;
      this.#offset = -local;
      this.#set(timestamp, 0, local);
      return 0;
    }
    const followed = this.#lastTicks + ((timestamp - this.#lastTimestamp) | 0);
    const away = followed - local - this.#offset;
    if (Math.abs(away) > largestStepTicks) {
      this.#set(timestamp, Math.max(this.#lastTicks + 1, Math.round(local + this.#offset)), local);
      return this.#lastTicks;
    }
    const drift = largestDrift * Math.max(0, local - this.#lastLocal);
    this.#offset += Math.min(drift, Math.max(-drift, away));
    this.#set(timestamp, followed, local);
    return followed;
  }

  /** Where a time stamp lies on the scale, without moving it; null before the first. */
  peek(timestamp: number): number | null {
    return this.#started ? this.#lastTicks + ((timestamp - this.#lastTimestamp) | 0) : null;
  }

  #set(timestamp: number, ticks: number, local: number): void {
    this.#lastTimestamp = timestamp;
    this.#lastTicks = ticks;
    this.#lastLocal = local;
  }
}
