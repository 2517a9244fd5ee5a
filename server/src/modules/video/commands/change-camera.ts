/** Changes name, number, address, password or retention of a camera. The password is never shown again; absent keeps it, null removes it. */
import type { Caller } from '../../../mechanisms/identity/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { checkRetention, fingerprintOf, isSameDevice, readAddress, type Camera, type HowItComes } from '../camera.ts';
import { openAddress, sealedAddress } from '../camera-address.ts';
import { actorOf, tellScreens, type VideoContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { cameraChanged } from '../events.ts';
import { changeSub } from '../subs/sub-streams.ts';
import { bumpConfig, camerasOfRoom, findCamera, updateCamera } from '../store.ts';

export interface CameraChange extends HowItComes {
  name?: string | undefined;
  number?: number | undefined;
  url?: string | undefined;
  /** Of its small stream; null takes it away. */
  subUrl?: string | null | undefined;
  username?: string | null | undefined;
  password?: string | null | undefined;
  retentionDays?: number | undefined;
}

/** The camera as it would be after the change, and the names of what differs; pure but for sealing. */
const changed = (context: VideoContext, camera: Camera, change: CameraChange): { next: Camera; differs: string[] } => {
  // Screens show the address without what may be a password in it: sent back as shown, it is unchanged.
  const stored = openAddress(context.sealer, camera);
  const wanted = change.url === undefined || change.url === camera.shownUrl ? stored : change.url;
  const address = readAddress({ url: wanted, username: change.username ?? null, password: change.password ?? null }, context.allowLocal || camera.allowLocal);
  // A pasted user:password@ counts as given; otherwise absent keeps and null removes.
  const username = address.username ?? (change.username === undefined ? camera.username : null);
  const sealedNew = address.password === null ? null : context.sealer.seal(address.password, camera.cameraId);
  // Whoever points a camera at their own machine must not be sent the password that is kept for the old one.
  const keepsPassword = camera.passwordSealed !== null && sealedNew === null && change.password === undefined;
  if (keepsPassword && !isSameDevice(address.url, stored)) {
    throw refuse('password_again', {}, { fields: [{ path: 'password', zh: '请重新输入', en: 'enter it again' }] });
  }
  const passwordSealed = sealedNew ?? (change.password === undefined ? camera.passwordSealed : null);
  const next: Camera = {
    ...camera,
    name: change.name ?? camera.name,
    number: change.number ?? camera.number,
    ...(address.url === stored ? {} : sealedAddress(context.sealer, camera.cameraId, address.url)),
    username,
    passwordSealed,
    retentionDays: change.retentionDays ?? camera.retentionDays,
    transport: change.transport ?? camera.transport,
    tlsFingerprint: change.tlsFingerprint === undefined ? camera.tlsFingerprint : change.tlsFingerprint === null ? null : fingerprintOf(change.tlsFingerprint),
  };
  const differs: string[] = [];
  if (next.name !== camera.name) differs.push('name');
  if (next.number !== camera.number) differs.push('number');
  if (address.url !== stored) differs.push('address');
  if (next.username !== camera.username) differs.push('username');
  if (sealedNew !== null || (next.passwordSealed === null) !== (camera.passwordSealed === null)) differs.push('password');
  if (next.retentionDays !== camera.retentionDays) differs.push('retention');
  if (next.transport !== camera.transport) differs.push('transport');
  if (next.tlsFingerprint !== camera.tlsFingerprint) differs.push('certificate');
  return { next, differs };
};

export const changeCamera = async (context: VideoContext, tx: Tx, caller: Caller, cameraId: string, change: CameraChange): Promise<void> => {
  const camera = await findCamera(tx, caller.roomId, cameraId);
  if (camera === null) throw refuse('camera_unknown');
  const { next, differs } = changed(context, camera, change);
  if (change.subUrl !== undefined && (await changeSub(context, tx, next, change.subUrl))) differs.push('subStream');
  if (differs.length === 0) return;
  checkRetention(next.retentionDays, next.retentionFloorDays);
  await bumpConfig(tx, camera.siteId);
  const holder = (await camerasOfRoom(tx, camera.roomId)).find((other) => other.number === next.number && other.cameraId !== camera.cameraId);
  if (holder !== undefined) throw refuse('number_taken', { number: next.number, name: holder.name }, { fields: [{ path: 'number', zh: '已被使用', en: 'taken' }] });
  if (!(await updateCamera(tx, next))) throw refuse('changed_meanwhile');
  const body = { cameraId: camera.cameraId, number: next.number, name: next.name, changed: differs, address: next.shownUrl, retentionDays: next.retentionDays };
  const at = context.clock.now();
  await context.ledger.append(tx, { event: cameraChanged, siteId: camera.siteId, roomId: camera.roomId, actor: actorOf(caller), subject: camera.cameraId, body, at });
  await tellScreens(context, tx, 'video.cameras');
};
