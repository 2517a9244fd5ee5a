/**
 * Does the picture itself still change? A camera may send frames in time that all show the same moment. Measured on what was decoded, since
 * the bytes of two frames of one picture differ. A live sensor is never still: noise, and mostly a clock in the picture, change it each second.
 */

const sampleWidth = 320;
const sampleHeight = 180;

/** A small sum over the decoded picture; null where it cannot be read. */
export const pictureSum = (surface: CanvasImageSource, paper: CanvasRenderingContext2D): number | null => {
  try {
    paper.imageSmoothingQuality = 'medium'; // every pixel of the picture counts, not only those under the sample points
    paper.drawImage(surface, 0, 0, sampleWidth, sampleHeight);
    return sumOf(new Uint32Array(paper.getImageData(0, 0, sampleWidth, sampleHeight).data.buffer));
  } catch {
    return null;
  }
};

export const makePaper = (): CanvasRenderingContext2D | null => {
  const canvas = document.createElement('canvas');
  canvas.width = sampleWidth;
  canvas.height = sampleHeight;
  return canvas.getContext('2d', { alpha: false, willReadFrequently: true });
};

/** FNV-1a by words: equal pictures give equal sums, others practically never. */
export const sumOf = (words: Uint32Array): number => {
  let sum = 0x811c9dc5;
  for (const word of words) sum = Math.imul(sum ^ word, 0x01000193) ^ (sum >>> 15);
  return sum >>> 0;
};

export class FreezeWatch {
  #sum: number | null = null;
  #since = 0;
  #until = 0;

  see(sum: number, at: number): void {
    if (sum !== this.#sum) this.#since = at;
    this.#sum = sum;
    this.#until = at;
  }
  /** From now on: what was seen before says nothing about the stream that comes. */
  forget(): void {
    this.#sum = null;
  }
  /** Since when the pictures that came were all the same; null before there were two samples of one picture. */
  get unchanged(): { since: number; forMs: number } | null {
    return this.#sum === null || this.#until === this.#since ? null : { since: this.#since, forMs: this.#until - this.#since };
  }
}
