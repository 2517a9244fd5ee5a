/**
 * Measuring port for `npm run bench -- live` and for technicians: `window.__vigilLive()` in the browser's console gives, for each tile, its
 * player, its state and its last frames (times of the recorder's clock and of performance.now()). Reads only; it holds no picture.
 */
import type { LiveStreamName } from '../../../../../contract/live.ts';
import type { DrawnFrame, PlayerKind } from './live-player.ts';

export interface LiveFigures {
  cameraId: string;
  player: PlayerKind | null;
  /** The stream that is shown; null: none is watched. */
  stream: LiveStreamName | null;
  state: string;
  /** Pictures are being left out because this computer cannot keep up. */
  thinned: boolean;
  /** Median arrival at the recorder → drawn, ms, with the clock offset of this window taken out. */
  ageMs: number | null;
  /** From the start of the watch to the first picture, ms. */
  firstPictureMs: number | null;
  drawn: number;
  skipped: number;
  /** Server clock minus performance.timeOrigin + performance.now(), ms. */
  clockOffsetMs: number | null;
  /** Newest last, at most 512. */
  frames: readonly DrawnFrame[];
}
declare global {
  interface Window {
    __vigilLive?: () => LiveFigures[];
  }
}

const sources = new Set<() => LiveFigures>();
export const offerFigures = (source: () => LiveFigures): (() => void) => {
  sources.add(source);
  window.__vigilLive ??= () => [...sources].map((read) => read());
  return () => sources.delete(source);
};

/** Is any tile of this window behind? For one word about the whole wall instead of one on each tile. */
export const anyThinned = (): boolean => [...sources].some((read) => read().thinned);
