/** Bits and frames a second over the last two seconds, for status and health. */
const windowMs = 2_000;

export class Rates {
  bitsPerSecond = 0;
  framesPerSecond = 0;
  #frames = 0;
  #marks: { monotonicMs: number; bytes: number; frames: number }[] = [];

  frame(): void {
    this.#frames += 1;
  }

  /** `bytes`: received by the present connection so far; begins again from 0 with each. */
  tick(monotonicMs: number, bytes: number): void {
    if (bytes < (this.#marks.at(-1)?.bytes ?? 0)) this.#marks = [];
    this.#marks.push({ monotonicMs, bytes, frames: this.#frames });
    while (this.#marks.length > 2 && monotonicMs - (this.#marks[1]?.monotonicMs ?? 0) >= windowMs) this.#marks.shift();
    const first = this.#marks[0];
    const seconds = first === undefined ? 0 : (monotonicMs - first.monotonicMs) / 1_000;
    if (first === undefined || seconds <= 0) return;
    this.bitsPerSecond = Math.round(((bytes - first.bytes) * 8) / seconds);
    this.framesPerSecond = Math.round(((this.#frames - first.frames) / seconds) * 10) / 10;
  }
}
