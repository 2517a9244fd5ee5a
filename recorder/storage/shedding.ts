/**
 * Which cameras of one storage record while it does not keep up with all of them. Were nothing done, every camera would lose its picture in
 * the same seconds: so whole cameras are left out, the fewest that are needed, until the rest is written as fast as it comes; and they are
 * taken back one at a time. Bytes and times in, decisions out; looked at each second.
 *
 * A disk that stands still for some seconds and goes on is not slow: memory carries that. Slow is one that writes, and less than what comes.
 */
import { kibibyte, mebibyte, minuteMs, secondMs } from '../../server/src/base/units.ts';
import { spreadOf } from '../gaps.ts';

export interface CameraLoad {
  cameraId: string;
  /** Video that waits for the disk. */
  queuedBytes: number;
  /** How long the oldest of it has been waiting. */
  waitingMs: number;
  /** Ever handed over for writing, and ever written. */
  takenBytes: number;
  takenWrites: number;
  writtenBytes: number;
  writtenWrites: number;
}

export interface Verdict {
  leave: readonly string[];
  back: string | null;
}

/** The storage is behind: from here on it is measured, and nobody is taken back. */
const behindMs = secondMs;
/** Behind for so long, cameras are left out; well before ten seconds, at which all would be found to stand still. */
const lateMs = 4 * secondMs;
/** The same when one was taken back before: it has likely shown what the storage cannot do. */
const lateAgainMs = behindMs;
/** So many looks at least make a rate, and at most so many count. */
const leastLooks = 5;
const mostLooks = 15;
/** Over all of them this much more than came must have been written, else what has piled up stays. */
const catchesUpShare = 1.02;
/** Less than this share of what came was written: in that second the disk stood still. */
const standingShare = 0.02;
/** Of what it writes is taken, so that what has piled up is written as well and nothing on its way stays old; the second time less has piled up. */
const takenShare = 0.9;
const takenAgainShare = 0.95;
/** What is left of the memory must last so long at the pace at which it fills. */
const memoryLastsSeconds = 2;
/** Quiet for this long before a camera is taken back; three times as long whenever it was too early. */
const patienceMs = 15 * secondMs;
const patienceGrowth = 3;
const mostPatienceMs = 10 * minuteMs;
/** Between two cameras where more is known of what the storage can do. */
const leastPauseMs = secondMs;
/** Recording this much more than it could write, it is another storage than it was: the wait is halved from one camera to the next. */
const provenShare = 1.1;
/** All record and nothing waited for so long: what was, is over. */
const overMs = 5 * minuteMs;
/** What a write costs the disk besides its bytes: many small ones are as dear as few large ones. */
const writeCost = mebibyte / 2;
/** Weight of the newest second in the rate of a camera. */
const rateWeight = 0.3;
/** A camera that sends less is silent: to leave it out helps nobody. */
const silentRate = kibibyte;

/** Costs in bytes. */
interface Known {
  takenBytes: number;
  taken: number;
  written: number;
  /** Cost of a second of it. */
  rate: number;
  /** Left out for so long in all: whose turn comes last. */
  outMs: number;
  /** Taken back, and whether that was too early is not known yet. */
  backAtMs: number | null;
}

interface Look {
  seconds: number;
  takenBytes: number;
  taken: number;
  written: number;
}

const stood = (look: Look): boolean => look.written <= look.taken * standingShare;

/** One standstill and the parts of seconds at its ends do not count: what matters is what the disk does when it writes. A disk that stands still again and again is slow. */
const withoutLongestStandstill = (looks: readonly Look[]): Look[] => {
  let longest = { from: 0, until: 0 };
  for (let from = 0; from < looks.length; from += 1) {
    let until = from;
    for (let look = looks[until]; look !== undefined && stood(look); look = looks[until]) until += 1;
    if (until - from > longest.until - longest.from) longest = { from, until };
    from = Math.max(from, until);
  }
  if (longest.until === longest.from) return [...looks];
  return looks.filter((_, i) => i < longest.from - 1 || i > longest.until);
};

const sumOf = (looks: readonly Look[]): Look =>
  looks.reduce((all, one) => ({ seconds: all.seconds + one.seconds, takenBytes: all.takenBytes + one.takenBytes, taken: all.taken + one.taken, written: all.written + one.written }), { seconds: 0, takenBytes: 0, taken: 0, written: 0 });

export class Shedding {
  readonly #known = new Map<string, Known>();
  /** Since when, in the order in which they are taken back. */
  readonly #out = new Map<string, number>();
  #looks: Look[] = [];
  #lookedAtMs: number | null = null;
  #waitingMs = 0;
  /** When it was last behind, or somebody was left out or taken back. */
  #unquietAtMs = Number.NEGATIVE_INFINITY;
  /** Cost a second of what it was last measured to write; nothing is known of it before it was too slow. */
  #capacity = 0;
  #patienceMs = patienceMs;
  #pauseMs = patienceMs;

  get leftOut(): ReadonlyMap<string, number> {
    return this.#out;
  }

  /** Of those that record: how long the oldest video has been waiting for the disk. */
  get waitingMs(): number {
    return this.#waitingMs;
  }

  /** All cameras of the storage; `freeBytes` is what of the memory they may still fill. */
  look(cameras: readonly CameraLoad[], freeBytes: number, nowMonotonicMs: number): Verdict {
    const look = this.#measure(cameras, nowMonotonicMs);
    const recording = cameras.filter(({ cameraId }) => !this.#out.has(cameraId));
    this.#waitingMs = recording.reduce((most, { waitingMs }) => Math.max(most, waitingMs), 0);
    if (this.#waitingMs > behindMs) {
      this.#keep(look);
      this.#unquietAtMs = nowMonotonicMs;
    } else this.#looks = [];
    const pace = this.#pace(look, freeBytes);
    if (pace === null) return { leave: [], back: this.#takeBack(nowMonotonicMs) };
    return { leave: this.#leaveOut(recording, pace, nowMonotonicMs), back: null };
  }

  #keep(look: Look): void {
    this.#looks.push(look);
    if (this.#looks.length <= mostLooks) return;
    const [oldest, next] = this.#looks.splice(0, 1).concat(this.#looks.slice(0, 1));
    // Nor does the part of a second remain in which a standstill ended that is forgotten.
    if (oldest !== undefined && next !== undefined && stood(oldest) && !stood(next)) this.#looks.shift();
  }

  #measure(cameras: readonly CameraLoad[], now: number): Look {
    const seconds = this.#lookedAtMs === null ? 1 : Math.max(0.001, (now - this.#lookedAtMs) / secondMs);
    this.#lookedAtMs = now;
    const present = new Set(cameras.map(({ cameraId }) => cameraId));
    for (const cameraId of this.#known.keys()) if (!present.has(cameraId)) this.#known.delete(cameraId);
    for (const cameraId of this.#out.keys()) if (!present.has(cameraId)) this.#out.delete(cameraId);
    const look: Look = { seconds, takenBytes: 0, taken: 0, written: 0 };
    for (const { cameraId, takenBytes, takenWrites, writtenBytes, writtenWrites } of cameras) {
      const taken = takenBytes + takenWrites * writeCost;
      const written = writtenBytes + writtenWrites * writeCost;
      const known = this.#known.get(cameraId);
      if (known === undefined) {
        this.#known.set(cameraId, { takenBytes, taken, written, rate: 0, outMs: 0, backAtMs: null });
        continue;
      }
      const rate = (taken - known.taken) / seconds;
      look.takenBytes += takenBytes - known.takenBytes;
      look.taken += taken - known.taken;
      look.written += written - known.written;
      Object.assign(known, { takenBytes, taken, written });
      if (this.#out.has(cameraId)) known.outMs += seconds * secondMs;
      else known.rate = known.rate === 0 ? rate : known.rate + rateWeight * (rate - known.rate);
    }
    return look;
  }

  /** What may be recorded in a second; null when all may. */
  #pace(look: Look, freeBytes: number): number | null {
    const bytesShare = look.taken === 0 ? 0 : look.takenBytes / look.taken;
    const filling = (look.taken - look.written) / look.seconds;
    const mayFill = bytesShare === 0 ? Number.POSITIVE_INFINITY : Math.max(0, freeBytes) / bytesShare / memoryLastsSeconds;
    if (filling > mayFill) return look.written / look.seconds + mayFill;
    const isAgain = [...this.#known.values()].some(({ backAtMs }) => backAtMs !== null);
    if (this.#waitingMs < (isAgain ? lateAgainMs : lateMs)) return null;
    const counted = withoutLongestStandstill(this.#looks);
    if (counted.length < leastLooks) return null;
    const judged = sumOf(counted);
    if (judged.written >= judged.taken * (counted.length === mostLooks ? catchesUpShare : 1)) return null;
    const whole = sumOf(this.#looks);
    this.#capacity = Math.max(judged.written / judged.seconds, whole.written / whole.seconds);
    return this.#capacity * (isAgain ? takenAgainShare : takenShare);
  }

  /** Who came back last goes first, so that those that record are left in peace; then who has been left out least. The last one stays. */
  #leaveOut(recording: readonly CameraLoad[], pace: number, now: number): string[] {
    const candidates = recording.flatMap(({ cameraId }) => {
      const known = this.#known.get(cameraId);
      return known === undefined || known.rate < silentRate ? [] : [{ cameraId, known, spread: spreadOf(cameraId) }];
    });
    candidates.sort((a, b) => (b.known.backAtMs ?? 0) - (a.known.backAtMs ?? 0) || a.known.outMs - b.known.outMs || a.spread - b.spread);
    let rate = candidates.reduce((sum, { known }) => sum + known.rate, 0);
    const leave: string[] = [];
    let wasEarly = false;
    for (const { cameraId, known } of candidates.slice(0, -1)) {
      if (rate <= pace) break;
      rate -= known.rate;
      wasEarly ||= known.backAtMs !== null;
      known.backAtMs = null;
      this.#out.set(cameraId, now);
      leave.push(cameraId);
    }
    if (leave.length === 0) return leave;
    if (wasEarly) this.#patienceMs = Math.min(mostPatienceMs, patienceGrowth * this.#patienceMs);
    this.#pauseMs = this.#patienceMs;
    this.#unquietAtMs = now;
    this.#looks = [];
    return leave;
  }

  #takeBack(now: number): string | null {
    const [first] = this.#out.keys();
    if (first === undefined) {
      if (now - this.#unquietAtMs > overMs) this.#forget();
      return null;
    }
    if (now - this.#unquietAtMs < this.#pauseMs) return null;
    this.#unquietAtMs = now;
    this.#out.delete(first);
    const [next] = this.#out.keys();
    let rate = 0;
    for (const [cameraId, known] of this.#known) {
      if (cameraId === first) known.backAtMs = now;
      if (!this.#out.has(cameraId) || cameraId === next) rate += known.rate;
    }
    if (rate <= this.#capacity * takenAgainShare) this.#pauseMs = leastPauseMs;
    else if (rate <= this.#capacity * provenShare) this.#pauseMs = this.#patienceMs;
    else this.#pauseMs = Math.max(leastPauseMs, this.#pauseMs / 2);
    return first;
  }

  #forget(): void {
    this.#patienceMs = patienceMs;
    this.#capacity = 0;
    for (const known of this.#known.values()) known.backAtMs = null;
  }
}
