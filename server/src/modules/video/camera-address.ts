/** The address of a camera at rest: whole only under the seal. */
import type { Sealer } from '../../platform/secrets/sealer.ts';
import type { Camera } from './camera.ts';
import { shownAddress } from './shown-address.ts';

/** Another name than the password's: neither can be put in the other's place. */
const about = (cameraId: string): string => `${cameraId} address`;

export const sealedAddress = (sealer: Sealer, cameraId: string, url: string): Pick<Camera, 'shownUrl' | 'addressSealed'> => ({
  shownUrl: shownAddress(url),
  addressSealed: sealer.seal(url, about(cameraId)),
});

export const openAddress = (sealer: Sealer, camera: Pick<Camera, 'cameraId' | 'shownUrl' | 'addressSealed'>): string =>
  camera.addressSealed === null ? camera.shownUrl : sealer.open(camera.addressSealed, about(camera.cameraId));
