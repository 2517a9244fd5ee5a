/** Which cameras are wrong now, the longest first. A camera stopped by a person's act is shown too: nobody may forget it. */
import type { Camera } from '../../../../contract/video.ts';

export const wrongCameras = <C extends Pick<Camera, 'state' | 'stateSince' | 'number'>>(cameras: readonly C[]): C[] =>
  cameras
    .filter((camera) => camera.state !== 'recording')
    .sort((a, b) => rank(a) - rank(b) || (a.stateSince ?? 0) - (b.stateSince ?? 0) || a.number - b.number);

const rank = ({ state }: Pick<Camera, 'state'>): number => (state === 'lost' ? 0 : state === 'connecting' ? 1 : 2);
