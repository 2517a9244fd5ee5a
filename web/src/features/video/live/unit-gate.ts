/**
 * Which access units go to the decoder and which decoded pictures to the screen. Pure, so that the hard moments are tested without a browser:
 * the first picture from the cached group, the return after damage, and a computer that cannot decode as much as it is given.
 */

/** A unit that has waited this long for the decoder means that this computer is behind: better fewer pictures than late ones. */
export const lateLimitMs = 400;
/** Even the burst of the cached group is cut off here: the next key frame is sooner on the screen than its end. */
export const burstLimitMs = 1_200;
/** While the cached group is decoded the newest picture so far is shown at least this often, so that a slow machine shows something. */
export const catchUpShowMs = 80;

/**
 * Behind, it decodes only the first units of each group (they need no others) and leaves out the rest: a quarter fewer when groups come
 * late one after the other, more again after each that did not, so that a wall settles at what its computer can show in time.
 */
export class UnitGate {
  #needKey = true;
  #skipped = 0;
  /** Units of a group that are decoded; null: all of them. */
  #share: number | null = null;
  #inGroup = 0;
  #groupLength = 0;
  #lateInGroup = false;
  #lateGroups = 0;

  /** After a decoder error, a new configuration or a reconnect: nothing can be decoded before a key frame. */
  reset(): void {
    this.#needKey = true;
  }
  get skipped(): number {
    return this.#skipped;
  }
  /** Pictures are being left out to keep up. */
  get thinned(): boolean {
    return this.#share !== null;
  }
  /** lateMs: how long the oldest unit in the decoder has been there. A cached group is a burst and may take longer. */
  admit(unit: { key: boolean; cached: boolean }, lateMs: number): boolean {
    if (unit.key) this.#beginGroup();
    this.#groupLength += 1;
    if (lateMs > (unit.cached ? burstLimitMs : lateLimitMs) && !this.#needKey) {
      this.#lateInGroup = true;
      // What is late now is not made better by one more: the rest of this group is left out.
      if (!unit.key) this.#needKey = true;
    }
    const beyondShare = this.#share !== null && !unit.cached && this.#inGroup >= this.#share;
    if ((this.#needKey && !unit.key) || beyondShare) {
      this.#needKey = true;
      this.#skipped += 1;
      return false;
    }
    this.#needKey = false;
    this.#inGroup += 1;
    return true;
  }
  #beginGroup(): void {
    this.#lateGroups = this.#lateInGroup ? this.#lateGroups + 1 : 0;
    // One late group is a hiccup of the computer; the second in a row is a computer that cannot.
    if (this.#lateGroups >= 2) this.#share = Math.max(1, Math.floor((this.#inGroup * 3) / 4));
    else if (this.#lateGroups === 0 && this.#share !== null) {
      this.#share += 1 + Math.floor(this.#share / 2);
      if (this.#share >= this.#groupLength) this.#share = null;
    }
    this.#lateInGroup = false;
    this.#inGroup = 0;
    this.#groupLength = 0;
  }
}

/** Decides for each decoded picture whether it is drawn: all live ones; of the cached burst the first, so that something is seen at once, and the newest. */
export class CatchUp {
  #shownAt: number | null = null;
  restart(): void {
    this.#shownAt = null;
  }
  /** behind: units admitted after this one that have not come out yet. nowMs: any steady clock. */
  shows(picture: { cached: boolean }, behind: number, nowMs: number): boolean {
    if (!picture.cached || behind === 0) return true;
    if (this.#shownAt !== null && nowMs - this.#shownAt < catchUpShowMs) return false;
    this.#shownAt = nowMs;
    return true;
  }
}
