/**
 * The small stream of a camera (子码流): its address stands in the register, given by a person, by ONVIF or by the brand of a recorder.
 * It is used only where it leads to the same device as the camera's own address: it is asked for with the same password.
 */
import type { Tx, Db } from '../../../platform/postgres/db.ts';
import { isSameDevice, readAddress, type Camera } from '../camera.ts';
import { openAddress, sealedAddress } from '../camera-address.ts';
import type { VideoContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { setSub, subsOf } from './store.ts';

/** The name that a sealed address of a small stream is bound to. */
const sealedFor = 'sub stream';

export interface SubAddress {
  shownUrl: string;
  sealed: Buffer;
}

/** What the register keeps of it. */
export const sealSubAddress = ({ sealer }: Pick<VideoContext, 'sealer'>, url: string): SubAddress => {
  const { shownUrl, addressSealed } = sealedAddress(sealer, sealedFor, url);
  if (addressSealed === null) throw new Error('an address was not sealed');
  return { shownUrl, sealed: addressSealed };
};

/** Reads what a person typed for a camera at that address. */
export const readSubAddress = (context: VideoContext, typed: string, mainUrl: string, allowLocal: boolean): SubAddress => {
  const { url } = readAddress({ url: typed, username: null, password: null }, allowLocal);
  if (!isSameDevice(url, mainUrl)) throw refuse('sub_elsewhere', {}, { fields: [{ path: 'subUrl', zh: '与主码流不是同一设备', en: 'another device' }] });
  return sealSubAddress(context, url);
};

/** Which of these cameras have a small stream that may be asked for. */
export const camerasWithSub = async (db: Db, cameras: readonly Camera[]): Promise<ReadonlySet<string>> => {
  const subs = await subsOf(db, cameras.map(({ cameraId }) => cameraId));
  return new Set(cameras.filter(({ cameraId, shownUrl }) => isSameDevice(subs.get(cameraId)?.shownUrl ?? '', shownUrl)).map(({ cameraId }) => cameraId));
};

/** Their whole addresses, for the recorder. */
export const subAddresses = async ({ sealer }: Pick<VideoContext, 'sealer'>, db: Db, cameras: readonly Camera[]): Promise<ReadonlyMap<string, string>> => {
  const subs = await subsOf(db, cameras.map(({ cameraId }) => cameraId));
  const found = new Map<string, string>();
  for (const { cameraId, shownUrl } of cameras) {
    const sub = subs.get(cameraId);
    if (sub === undefined || !isSameDevice(sub.shownUrl, shownUrl)) continue;
    found.set(cameraId, openAddress(sealer, { cameraId: sealedFor as Camera['cameraId'], shownUrl: sub.shownUrl, addressSealed: sub.sealed })); // the name it is bound to, not a camera
  }
  return found;
};

/** A person names it (a whole address), keeps it (as shown) or takes it away (null). True: it differs from before. */
export const changeSub = async (context: VideoContext, tx: Tx, camera: Camera, typed: string | null): Promise<boolean> => {
  const before = (await subsOf(tx, [camera.cameraId])).get(camera.cameraId) ?? null;
  if (typed === (before?.shownUrl ?? null)) return false;
  await setSub(tx, camera.cameraId, typed === null ? null : readSubAddress(context, typed, camera.shownUrl, context.allowLocal || camera.allowLocal));
  return true;
};
