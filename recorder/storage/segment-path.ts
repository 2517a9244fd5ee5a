/** Where segment files lie inside a storage, and the only shapes of a path that the recorder ever opens, renames or deletes. Pure. */
import type { Instant } from '../../server/src/base/clock.ts';

const id = (prefix: string): string => `${prefix}_[0-9a-hjkmnp-tv-z]{26}`;
const shape = new RegExp(`^(${id('cam')})/(\\d{4}-\\d{2}-\\d{2})/(\\d{9})-(${id('seg')})\\.mp4(\\.part|\\.abandoned)?$`);

export const openSuffix = '.part';
export const abandonedSuffix = '.abandoned';

/** <cameraId>/<YYYY-MM-DD>/<HHMMSSmmm>-<segmentId>.mp4, UTC */
export const segmentPath = (cameraId: string, segmentId: string, from: Instant): string => {
  const iso = new Date(from).toISOString();
  return `${cameraId}/${iso.slice(0, 10)}/${iso.slice(11, 23).replace(/[:.]/g, '')}-${segmentId}.mp4`;
};

export const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

export interface SegmentPathParts {
  cameraId: string;
  day: string;
  segmentId: string;
  kind: 'closed' | 'open' | 'abandoned';
}

/** Null for everything that is no segment path, whatever it tries. */
export const parseSegmentPath = (path: string): SegmentPathParts | null => {
  const found = shape.exec(path);
  if (found === null) return null;
  const [, cameraId = '', day = '', , segmentId = '', suffix = ''] = found;
  return { cameraId, day, segmentId, kind: suffix === '' ? 'closed' : suffix === openSuffix ? 'open' : 'abandoned' };
};
