/** Acts on the register: write an entry, keep its pictures, activate, follow the retention of the regulations, change a purpose by approval. */
import { createHash } from 'node:crypto';
import type { RegisterFields } from '../../../../../contract/cameras.ts';
import { mebibyte } from '../../../base/units.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import type { Actor } from '../../../mechanisms/ledger/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { cameraLabel, type Camera } from '../camera.ts';
import { actorOf, tellScreens, type VideoContext } from '../context.ts';
import { refuse as refuseVideo } from '../errors.ts';
import { pictureTypeOf } from '../picture-type.ts';
import { bumpConfig, findCamera, setRecording, updateCamera } from '../store.ts';
import { checkPurpose, write } from './decide.ts';
import { emptyEntry, type Entry } from './entry.ts';
import { activated, entryWritten, pictureKept, purposeChanged, retentionFollowed } from './events.ts';
import { retentionOf } from './findings.ts';
import { refuse } from './refusals.ts';
import type { Place } from './slots.ts';
import { insertEntry, lockEntry, lockOnvif, updateEntry, updateOnvif } from './store.ts';

const maxPictureBytes = 8 * mebibyte;
const label = (camera: Camera) => ({ cameraId: camera.cameraId, camera: cameraLabel(camera) });
const hiddenHash = (entry: Entry): string => createHash('sha256').update(JSON.stringify([entry.position, entry.viewWords])).digest('hex');

const record = async (context: VideoContext, tx: Tx, camera: Camera, actor: Actor, { next, changed }: { next: Entry; changed: readonly string[] }): Promise<void> => {
  const { siteId, roomId } = camera;
  const body = { ...label(camera), changed: [...changed], purpose: next.purpose, zoneType: next.zoneType, filingNumber: next.filingNumber, active: next.activatedAt !== null, hiddenSha256: hiddenHash(next) };
  await context.ledger.append(tx, { event: entryWritten, siteId, roomId, actor, subject: camera.cameraId, body, at: context.clock.now() });
  await tellScreens(context, tx, 'video.cameras');
};

/** What a new camera is entered with; without a purpose it is kept but records nothing. */
export interface NewEntry {
  fields: RegisterFields;
  device?: { deviceId: string; channel: number };
  sub?: { shownUrl: string; sealed: Buffer };
  /** Its footage is kept as long as the regulations ask; else as long as the recorder's settings say. */
  asRegulated?: boolean;
}

export interface Judged {
  entry: Entry;
  changed: string[];
  /** Days that the regulations ask for; 0: left to the settings. */
  retentionDays: number;
}

/** The entry of a camera about to be added, judged; nothing is written yet. */
export const prepareEntry = async (context: VideoContext, tx: Tx, place: Place, cameraId: string, given: NewEntry): Promise<Judged> => {
  const now = context.clock.now();
  const rules = await context.register.rules(tx, place, now);
  const { next, changed } = write(rules, emptyEntry(cameraId, now), given.fields, now);
  const device = given.device ?? { deviceId: null, channel: null };
  return {
    entry: { ...next, ...device, filingDueSince: now, subShownUrl: given.sub?.shownUrl ?? null, subAddressSealed: given.sub?.sealed ?? null, activatedAt: next.purpose === null ? null : now },
    changed, retentionDays: given.asRegulated === true ? rules.number('retention_days') : 0,
  };
};

export const enter = async (context: VideoContext, tx: Tx, camera: Camera, actor: Actor, { entry, changed }: { entry: Entry; changed: readonly string[] }): Promise<void> => {
  await insertEntry(tx, entry);
  await record(context, tx, camera, actor, { next: entry, changed });
};

const requireBoth = async (tx: Tx, roomId: string, cameraId: string): Promise<{ camera: Camera; entry: Entry }> => {
  const entry = await lockEntry(tx, cameraId);
  const camera = await findCamera(tx, roomId, cameraId);
  if (camera === null || entry === null) throw refuseVideo('camera_unknown');
  return { camera, entry };
};

export const changeEntry = async (context: VideoContext, tx: Tx, caller: Caller, cameraId: string, { rowVersion, ...fields }: RegisterFields & { rowVersion: number }): Promise<void> => {
  const { camera, entry } = await requireBoth(tx, caller.roomId, cameraId);
  if (entry.rowVersion !== rowVersion) throw refuse('entry_moved');
  const now = context.clock.now();
  const written = write(await context.register.rules(tx, caller, now), entry, fields, now);
  if (written.changed.length === 0) return;
  await updateEntry(tx, written.next);
  await record(context, tx, camera, actorOf(caller), written);
};

/** The picture is durable before the row that names it. With the view goes the direction in which a turning camera looks now. */
export const keepPicture = async (context: VideoContext, caller: Caller, cameraId: string, what: 'view' | 'sign', picture: Buffer): Promise<void> => {
  if (picture.length > maxPictureBytes) throw refuseVideo('picture_too_large');
  const contentType = pictureTypeOf(picture);
  const sha256 = await context.blobs.put(picture);
  await context.database.transaction(async (tx) => {
    const { camera, entry } = await requireBoth(tx, caller.roomId, cameraId);
    const now = context.clock.now();
    const before = entry[what]?.sha256 ?? null;
    await updateEntry(tx, { ...entry, [what]: { sha256, contentType, at: now } }, entry.rowVersion);
    const onvif = what === 'view' ? await lockOnvif(tx, cameraId) : null;
    if (onvif !== null) await updateOnvif(tx, { ...onvif, approved: onvif.seen ?? onvif.approved, movedSince: null });
    const { siteId, roomId } = caller;
    await context.ledger.append(tx, { event: pictureKept, siteId, roomId, actor: actorOf(caller), subject: cameraId, body: { ...label(camera), what, sha256, before }, at: now });
    await tellScreens(context, tx, 'video.cameras');
  });
};

export const activate = async (context: VideoContext, tx: Tx, caller: Caller, cameraId: string): Promise<void> => {
  const { camera, entry } = await requireBoth(tx, caller.roomId, cameraId);
  if (entry.activatedAt !== null) throw refuse('already_active');
  if (entry.purpose === null) throw refuse('purpose_needed');
  const now = context.clock.now();
  checkPurpose(await context.register.rules(tx, caller, now), { ...entry, purpose: entry.purpose });
  await bumpConfig(tx, camera.siteId);
  await setRecording(tx, camera.cameraId);
  await updateEntry(tx, { ...entry, activatedAt: now, filingDueSince: now });
  const { siteId, roomId } = caller;
  await context.ledger.append(tx, { event: activated, siteId, roomId, actor: actorOf(caller), subject: cameraId, body: { ...label(camera), purpose: entry.purpose }, at: now });
  await tellScreens(context, tx, 'video.cameras');
};

export const followRetention = async (context: VideoContext, tx: Tx, caller: Caller, cameraId: string): Promise<number> => {
  const { camera } = await requireBoth(tx, caller.roomId, cameraId);
  const now = context.clock.now();
  const { requiredDays, cite } = retentionOf(await context.register.rules(tx, caller, now), camera);
  // Never shorter by this act: what is kept longer was decided by somebody.
  const retentionDays = Math.max(requiredDays, camera.retentionDays);
  if (retentionDays === camera.retentionDays) return retentionDays;
  await bumpConfig(tx, camera.siteId);
  if (!(await updateCamera(tx, { ...camera, retentionDays }))) throw refuseVideo('changed_meanwhile');
  const { siteId, roomId } = caller;
  await context.ledger.append(tx, { event: retentionFollowed, siteId, roomId, actor: actorOf(caller), subject: cameraId, body: { ...label(camera), before: camera.retentionDays, after: retentionDays, cite }, at: now });
  await tellScreens(context, tx, 'video.cameras');
  return retentionDays;
};

export interface ApprovedPurpose extends Place {
  cameraId: string; purpose: string; legalBasis: string; noticeRecord: string; approvalId: string; number: string; actor: Actor;
}

/** In the transaction of the last signature: what was allowed when it was asked may be so no longer. */
export const changePurpose = async (context: VideoContext, tx: Tx, given: ApprovedPurpose): Promise<void> => {
  const { camera, entry } = await requireBoth(tx, given.roomId, given.cameraId);
  const now = context.clock.now();
  const { purpose, legalBasis, noticeRecord, approvalId, siteId, roomId } = given;
  const { next } = write(await context.register.rules(tx, given, now), entry, { purpose, legalBasis, noticeRecord, approvalReference: given.number }, now, { approved: true });
  await updateEntry(tx, next);
  await context.ledger.append(tx, { event: purposeChanged, siteId, roomId, actor: given.actor, subject: camera.cameraId, body: { ...label(camera), before: entry.purpose ?? '', after: purpose, approvalId }, at: now });
  await tellScreens(context, tx, 'video.cameras');
};
