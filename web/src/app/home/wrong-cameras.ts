/** Which cameras are wrong now, the longest first, and whether the room may be called calm. Pure. */
import type { Camera } from '../../../../contract/video.ts';
import type { PictureTrouble } from '../../features/video/live/picture-troubles.ts';

/** A camera stopped by a person's act is shown too: nobody may forget it. */
export const wrongCameras = <C extends Pick<Camera, 'state' | 'stateSince' | 'number'>>(cameras: readonly C[]): C[] =>
  cameras
    .filter((camera) => camera.state !== 'recording')
    .sort((a, b) => rank(a) - rank(b) || (a.stateSince ?? 0) - (b.stateSince ?? 0) || a.number - b.number);

const rank = ({ state }: Pick<Camera, 'state'>): number => (state === 'lost' ? 0 : state === 'connecting' ? 1 : 2);

/** Counted as recording, and yet the picture on this wall has stopped. */
export const wrongPictures = <C extends Pick<Camera, 'cameraId' | 'state' | 'number'>>(cameras: readonly C[], troubles: ReadonlyMap<string, PictureTrouble>): { camera: C; trouble: PictureTrouble }[] =>
  cameras
    .flatMap((camera) => {
      const trouble = troubles.get(camera.cameraId);
      return camera.state === 'recording' && trouble !== undefined ? [{ camera, trouble }] : [];
    })
    .sort((a, b) => a.camera.number - b.camera.number);

export interface RoomNow {
  /** Null: not known yet. */
  cameras: number | null;
  wrong: number;
  openAlarms: number;
  /** The newest answer did not come: what is shown may be over. */
  unsure: boolean;
}
/** "Nothing wrong" is a promise: only when everything that could be wrong is known and none of it is. */
export const isCalm = ({ cameras, wrong, openAlarms, unsure }: RoomNow): boolean => cameras !== null && cameras > 0 && wrong === 0 && openAlarms === 0 && !unsure;
