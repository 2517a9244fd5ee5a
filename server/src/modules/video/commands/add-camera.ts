/** Registers a camera by its address. The recorder starts on it as soon as the new configuration reaches it. */
import { newId, type CameraId } from '../../../base/ids.ts';
import type { Actor } from '../../../mechanisms/ledger/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { fingerprintOf, freeNumber, readAddress, type Camera, type CameraAddress, type HowItComes } from '../camera.ts';
import { sealedAddress } from '../camera-address.ts';
import type { VideoContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { cameraAdded } from '../events.ts';
import { enter, prepareEntry, type NewEntry } from '../register/commands.ts';
import { readSubAddress } from '../subs/sub-streams.ts';
import { bumpConfig, camerasOfRoom, camerasOfSite, insertCamera } from '../store.ts';

export interface NewCamera extends CameraAddress, HowItComes {
  name: string;
  number?: number | undefined;
  /** Of its small stream. */
  subUrl?: string | undefined;
  /** Without a purpose it is kept and records nothing until it is activated. */
  entry?: NewEntry;
}

export interface Place {
  siteId: string;
  roomId: string;
}

const chooseNumber = (others: readonly Camera[], wanted: number | undefined): number => {
  if (wanted === undefined) return freeNumber(new Set(others.map((camera) => camera.number)));
  const holder = others.find((camera) => camera.number === wanted);
  if (holder !== undefined) {
    throw refuse('number_taken', { number: wanted, name: holder.name }, { fields: [{ path: 'number', zh: '已被使用', en: 'taken' }] });
  }
  return wanted;
};

export const addCamera = async (context: VideoContext, tx: Tx, place: Place, given: NewCamera, actor: Actor, allowLocal = context.allowLocal): Promise<CameraId> => {
  const { clock, parameters, sealer, ledger } = context;
  const address = readAddress(given, allowLocal);
  await bumpConfig(tx, place.siteId);
  const limit = parameters.camerasPerRecorder;
  if ((await camerasOfSite(tx, place.siteId)).length >= limit) throw refuse('too_many_cameras', { limit });
  const cameraId = newId('cam', clock);
  const sub = given.subUrl === undefined ? {} : { sub: readSubAddress(context, given.subUrl, address.url, allowLocal) };
  const judged = await prepareEntry(context, tx, place, cameraId, { ...(given.entry ?? { fields: {} }), ...sub });
  const camera: Camera = {
    cameraId, ...place,
    number: chooseNumber(await camerasOfRoom(tx, place.roomId), given.number),
    name: given.name, ...sealedAddress(sealer, cameraId, address.url), username: address.username,
    passwordSealed: address.password === null ? null : sealer.seal(address.password, cameraId),
    record: judged.entry.activatedAt !== null, retentionDays: Math.max(parameters.retentionDays, judged.retentionDays), retentionFloorDays: parameters.retentionFloorDays, allowLocal,
    transport: given.transport ?? 'tcp', tlsFingerprint: given.tlsFingerprint == null ? null : fingerprintOf(given.tlsFingerprint), addedAt: clock.now(), rowVersion: 1,
  };
  await insertCamera(tx, camera, actor.id);
  const body = { cameraId, number: camera.number, name: camera.name, address: camera.shownUrl };
  await ledger.append(tx, { event: cameraAdded, siteId: place.siteId, roomId: place.roomId, actor, subject: cameraId, body, at: clock.now() });
  await enter(context, tx, camera, actor, judged);
  return cameraId;
};
