/**
 * Which access units go to the decoder and which decoded pictures to the screen. Pure, so that the two hard moments are tested without a
 * browser: the first picture from the cached group of pictures, and the return after damage or overload.
 */

/** Undecoded live units at which a tile gives up the rest of the group: at 25 fps more than a second late is worse than a skip. */
export const queueLimit = 30;
/** While the cached group is decoded the newest picture so far is shown at least this often, so that a slow machine shows something. */
export const catchUpShowMs = 80;

export class UnitGate {
  #needKey = true;
  #skipped = 0;
  /** After a decoder error, a new configuration or a reconnect: nothing can be decoded before a key frame. */
  reset(): void {
    this.#needKey = true;
  }
  get skipped(): number {
    return this.#skipped;
  }
  /** queued: units handed to the decoder that have not come out. Cached units are a bounded burst and never count as overload. */
  admit(unit: { key: boolean; cached: boolean }, queued: number): boolean {
    if (this.#needKey && !unit.key) {
      this.#skipped += 1;
      return false;
    }
    if (!unit.cached && queued >= queueLimit) {
      this.#needKey = true;
      this.#skipped += 1;
      return false;
    }
    this.#needKey = false;
    return true;
  }
}

/** Decides for each decoded picture whether it is drawn: all live ones, of the cached burst only the newest (and a sign of life). */
export class CatchUp {
  #shownAt: number | null = null;
  restart(): void {
    this.#shownAt = null;
  }
  /** behind: units admitted after this one that have not come out yet. nowMs: any steady clock. */
  shows(picture: { cached: boolean }, behind: number, nowMs: number): boolean {
    if (!picture.cached || behind === 0) return true;
    if (this.#shownAt === null) {
      this.#shownAt = nowMs;
      return false;
    }
    if (nowMs - this.#shownAt < catchUpShowMs) return false;
    this.#shownAt = nowMs;
    return true;
  }
}
