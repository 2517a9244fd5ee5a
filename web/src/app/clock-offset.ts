/** How far the server's clock is ahead of this window's, from ping and pong. The sample with the shortest round trip is the truest (as in NTP). */

export interface OffsetSample {
  /** Server clock minus window clock, ms. */
  offsetMs: number;
  roundTripMs: number;
  /** Window clock when the answer came. */
  at: number;
}

/** Clocks drift apart and machines sleep: what is older than this no longer counts. */
const sampleLifeMs = 60_000;
const mostSamples = 16;

export const sampleOf = (sentAt: number, serverNow: number, receivedAt: number): OffsetSample => ({
  offsetMs: serverNow - (sentAt + receivedAt) / 2,
  roundTripMs: receivedAt - sentAt,
  at: receivedAt,
});

export class ClockOffset {
  #samples: OffsetSample[] = [];

  /** A round trip below zero means that the window's clock stepped meanwhile: worthless. */
  add(sentAt: number, serverNow: number, receivedAt: number): void {
    const sample = sampleOf(sentAt, serverNow, receivedAt);
    if (sample.roundTripMs < 0) return;
    this.#samples = [...this.#samples.filter((s) => receivedAt - s.at <= sampleLifeMs && s.at <= receivedAt), sample].slice(-mostSamples);
  }

  get best(): OffsetSample | null {
    let best: OffsetSample | null = null;
    for (const sample of this.#samples) if (best === null || sample.roundTripMs <= best.roundTripMs) best = sample;
    return best;
  }

  /** Null until the first answer. */
  get offsetMs(): number | null {
    return this.best?.offsetMs ?? null;
  }

  get roundTripMs(): number | null {
    return this.best?.roundTripMs ?? null;
  }
}
