/** A snapshot between the key press and its saving: the picture in full resolution, without loss where it fits, and its hash. */
import type { Still } from '../live/live-player.ts';

/** What contract/video.ts lets through: 8 MB of picture. */
const limitBytes = 8_000_000;

export interface Capture {
  cameraId: string;
  title: string;
  source: 'live' | 'playback';
  frameAt: number;
  width: number;
  height: number;
  picture: Promise<CapturedPicture | null>;
}
export interface CapturedPicture {
  blob: Blob;
  base64: string;
  /** Null where the browser offers no hashing (no secure context): the server's own hash is then the only one. */
  sha256: string | null;
}

const base64Of = (bytes: Uint8Array): string => {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(binary);
};
const hexOf = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const encode = (canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Blob | null> => new Promise((resolve) => canvas.toBlob(resolve, type, quality));

/** PNG keeps every pixel; a picture too large for it (4K with noise) becomes JPEG, coarser step by step. */
const smallEnough = async (canvas: HTMLCanvasElement): Promise<Blob | null> => {
  for (const [type, quality] of [['image/png', undefined], ['image/jpeg', 0.95], ['image/jpeg', 0.85]] as const) {
    const blob = await encode(canvas, type, quality);
    if (blob !== null && blob.size <= limitBytes) return blob;
  }
  return null;
};

const pictureOf = async (canvas: HTMLCanvasElement): Promise<CapturedPicture | null> => {
  const blob = await smallEnough(canvas);
  if (blob === null) return null;
  const bytes = await blob.arrayBuffer();
  // The type says that it is always there; outside of a secure context it is not.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  return { blob, base64: base64Of(new Uint8Array(bytes)), sha256: subtle === undefined ? null : hexOf(await subtle.digest('SHA-256', bytes)) };
};

/** Takes the picture in this very moment; encoding goes on behind. */
export const captureStill = (still: Still, of: { cameraId: string; title: string; source: Capture['source'] }): Capture => {
  const canvas = document.createElement('canvas');
  canvas.width = still.width;
  canvas.height = still.height;
  const context = canvas.getContext('2d', { alpha: false });
  if (context !== null) still.paint(context);
  return { ...of, frameAt: Math.round(still.mediaAt), width: still.width, height: still.height, picture: pictureOf(canvas) };
};
