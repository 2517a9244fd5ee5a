/** What a live player is, and which one this window uses: WebCodecs where it may (a secure context), else MSE (recording.md "Live and playback"). */
import type { LiveConfig } from '../../../../../contract/recorder.ts';
import type { LiveAccessUnit } from '../../../app/live-frame.ts';

export type PlayerKind = 'webcodecs' | 'mse';

/** One picture that has come onto the screen. */
export interface DrawnFrame {
  /** Recorder's clock, UTC ms. */
  mediaAt: number;
  arrivedAt: number;
  cached: boolean;
  /** performance.now() when its access unit reached this window, and when it was drawn. */
  receivedMs: number;
  drawnMs: number;
}
export interface PlayerEvents {
  onDrawn(frame: DrawnFrame): void;
  /** This browser cannot decode the stream at all. */
  onUndecodable(codec: string): void;
}
/** The newest picture in full resolution. */
export interface Still {
  width: number;
  height: number;
  mediaAt: number;
  paint(context: CanvasRenderingContext2D): void;
}
export interface LivePlayer {
  readonly kind: PlayerKind;
  /** Shows the stream; keeps its last picture until a new one is there. */
  readonly surface: HTMLCanvasElement | HTMLVideoElement;
  configure(config: LiveConfig): void;
  push(unit: LiveAccessUnit): void;
  /** The stream was cut: what comes next starts with a config and a key frame. The picture stays. */
  interrupt(): void;
  /** Takes the picture away: the person may no longer see it. */
  clear(): void;
  still(): Still | null;
  /** Access units that were left out to keep up. */
  readonly skipped: number;
  /** This computer cannot keep up: pictures are being left out. */
  readonly thinned: boolean;
  close(): void;
}

/** `?player=mse` or `?player=webcodecs` forces one, for tests and comparisons. */
export const choosePlayer = (search: string, has: { webcodecs: boolean; mse: boolean }): PlayerKind | null => {
  const forced = new URLSearchParams(search).get('player');
  if ((forced === 'webcodecs' || forced === 'mse') && has[forced]) return forced;
  if (has.webcodecs) return 'webcodecs';
  return has.mse ? 'mse' : null;
};

/** VideoDecoder is not there at all outside of a secure context. */
export const browserHas = (): { webcodecs: boolean; mse: boolean } => ({ webcodecs: 'VideoDecoder' in globalThis, mse: 'MediaSource' in globalThis });

export const bytesOfBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
};
