/** Puts packets back into order that overtook one another. What does not come within the window is lost, and the count of losses sees it. */
const fixedBytes = 12;
/** More packets than this behind a missing one: it will not come. Two key frames' worth of a small camera. */
export const windowPackets = 128;
export const windowMs = 200;

interface Waiting {
  sequence: number;
  bytes: Buffer;
  at: number;
}

export class ReorderWindow {
  readonly #deliver: (bytes: Buffer) => void;
  #expected = -1;
  #waiting: Waiting[] = [];
  #afterLate = -1;

  constructor(deliver: (bytes: Buffer) => void) {
    this.#deliver = deliver;
  }

  push(bytes: Buffer, nowMonotonic: number): void {
    if (bytes.length < fixedBytes) return;
    const sequence = bytes.readUInt16BE(2);
    const ahead = this.#expected < 0 ? 0 : (sequence - this.#expected) & 0xffff;
    if (ahead === 0) {
      this.#give(sequence, bytes);
      this.#follow();
    } else if (ahead > windowPackets) {
      // Far off: late, twice, or a sender that began anew. The count of sequence numbers (rtp.ts) tells which; nothing waits for it.
      const next = (sequence + 1) & 0xffff;
      const isAnew = ahead < 0x8000 || sequence === this.#afterLate;
      if (isAnew) this.flush();
      this.#deliver(bytes);
      this.#afterLate = next;
      if (isAnew) this.#expected = next;
    } else this.#insert({ sequence, bytes, at: nowMonotonic });
    if (this.#waiting.length > 0) this.tick(nowMonotonic);
  }

  tick(nowMonotonic: number): void {
    for (let oldest = this.#waiting[0]; oldest !== undefined; oldest = this.#waiting[0]) {
      const isOverdue = this.#waiting.some(({ at }) => nowMonotonic - at >= windowMs);
      if (!isOverdue && this.#waiting.length < windowPackets) return;
      this.#waiting.shift();
      this.#give(oldest.sequence, oldest.bytes);
      this.#follow();
    }
  }

  /** All that waits, in order. */
  flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { sequence, bytes } of waiting) this.#give(sequence, bytes);
  }

  #insert(packet: Waiting): void {
    const distance = (sequence: number): number => (sequence - this.#expected) & 0xffff;
    let at = this.#waiting.length;
    while (at > 0 && distance(this.#waiting[at - 1]?.sequence ?? 0) > distance(packet.sequence)) at -= 1;
    if (this.#waiting[at - 1]?.sequence === packet.sequence) return; // twice
    this.#waiting.splice(at, 0, packet);
  }

  #follow(): void {
    for (let next = this.#waiting[0]; next?.sequence === this.#expected; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#give(next.sequence, next.bytes);
    }
  }

  #give(sequence: number, bytes: Buffer): void {
    this.#expected = (sequence + 1) & 0xffff;
    this.#deliver(bytes);
  }
}
