/** Wide reads of the register. Position and view leave the server only for those who may know, and each look at them is a fact. */
import type { listRegister, RegisterEntry, RegisterRow } from '../../../../../contract/cameras.ts';
import { OnvifOutcome } from '../../../../../contract/cameras.ts';
import type { z } from 'zod';
import type { Instant } from '../../../base/clock.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import type { Rules } from '../../../mechanisms/parameters/index.ts';
import { BlobAltered } from '../../../platform/blobs/disk-blobs.ts';
import type { Bytes } from '../../../platform/http/route.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import { cameraLabel, type Camera } from '../camera.ts';
import { actorOf, type VideoContext } from '../context.ts';
import { deviceNames } from '../devices/store.ts';
import { refuse as refuseVideo } from '../errors.ts';
import { onvifSentences } from '../onvif/sentences.ts';
import { camerasOfRoom, findCamera } from '../store.ts';
import { areasWatched, positionsKept } from './controls.ts';
import { choicesOf } from './decide.ts';
import { emptyEntry, type Entry, type OnvifRow } from './entry.ts';
import { positionsSeen } from './events.ts';
import { findingsOf, retentionOf } from './findings.ts';
import { refuse } from './refusals.ts';
import { entriesOf, onvifRows } from './store.ts';
import { purposeWords, worded, zoneWords } from './words.ts';

interface Looked {
  camera: Camera;
  entry: Entry;
  onvif: OnvifRow | null;
}

/** The one place that decides about positions, views and plans. */
export const seesPositions = (caller: Caller): boolean => positionsKept.allows(() => caller.can('video.positions.see') === true);

const rowOf = ({ camera, entry, onvif }: Looked, rules: Rules, devices: ReadonlyMap<string, string>, now: Instant): RegisterRow => ({
  cameraId: camera.cameraId, number: camera.number, name: camera.name,
  purpose: entry.purpose === null ? null : worded(purposeWords, entry.purpose), zone: entry.zoneType === null ? null : worded(zoneWords, entry.zoneType),
  owner: entry.owner, filingNumber: entry.filingNumber, hasView: entry.view !== null, hasSign: entry.sign !== null, active: entry.activatedAt !== null,
  device: entry.deviceId === null || entry.channel === null ? null : { deviceId: entry.deviceId, name: devices.get(entry.deviceId) ?? '', channel: entry.channel },
  retention: retentionOf(rules, camera), findings: findingsOf({ entry, camera, rules, onvif, now }),
});

const lookAt = async (db: Db, cameras: readonly Camera[], now: Instant): Promise<{ looked: Looked[]; devices: ReadonlyMap<string, string> }> => {
  const ids = cameras.map(({ cameraId }) => cameraId);
  const [entries, onvif] = [await entriesOf(db, ids), await onvifRows(db, ids)];
  const looked = cameras.map((camera) => ({ camera, entry: entries.get(camera.cameraId) ?? emptyEntry(camera.cameraId, now), onvif: onvif.get(camera.cameraId) ?? null }));
  return { looked, devices: await deviceNames(db, looked.flatMap(({ entry }) => (entry.deviceId === null ? [] : [entry.deviceId]))) };
};

type Listed = z.input<typeof listRegister.response>;

const areasOf = async (context: VideoContext, caller: Caller, looked: readonly Looked[], now: Instant): Promise<Listed['areas']> => {
  const active = new Map(looked.filter(({ entry }) => entry.activatedAt !== null).map(({ camera }) => [camera.cameraId as string, cameraLabel(camera)]));
  const areas = await context.register.areas(context.database.db, caller.siteId, now);
  return areas.map((area) => {
    const cameras = area.cameraIds.flatMap((id) => active.get(id) ?? []);
    const gap = area.gap === null || area.gap === '' ? null : area.gap;
    const [finding = null] = areasWatched.find(() =>
      cameras.length > 0 || gap !== null ? [] : [{ zh: `区域“${area.name}”未覆盖：没有在用的摄像机，也没有书面缺口。`, en: `Area “${area.name}” is not covered: no camera in use and no written gap.` }],
    );
    return { name: area.name, covered: finding === null, cameras, gap, finding };
  });
};

export const listRegisterView = async (context: VideoContext, caller: Caller): Promise<Listed> => {
  const { database: { db }, clock, register } = context;
  const now = clock.now();
  const rules = await register.rules(db, caller, now);
  const { looked, devices } = await lookAt(db, await camerasOfRoom(db, caller.roomId), now);
  return { cameras: looked.map((one) => rowOf(one, rules, devices, now)), choices: choicesOf(rules), areas: await areasOf(context, caller, looked, now), seesPositions: seesPositions(caller) };
};

/** Said in the ledger before the answer leaves. */
export const recordPositionsSeen = async (context: VideoContext, caller: Caller, subject: string, seen: { what: 'entry' | 'plan' | 'plans'; cameras: number; name: string }): Promise<void> => {
  const { siteId, roomId } = caller;
  await context.database.transaction((tx) => context.ledger.append(tx, { event: positionsSeen, siteId, roomId, actor: actorOf(caller), subject, body: seen, at: context.clock.now() }));
};

const onvifView = (onvif: OnvifRow | null): RegisterEntry['onvif'] => {
  if (onvif === null) return null;
  const outcome = OnvifOutcome.safeParse(onvif.outcome);
  const { manufacturer, model, firmware, ptz, events, checkedAt, clockOffsetMs } = onvif;
  return { manufacturer, model, firmware, ptz, events, checkedAt, clockOffsetMs, viewApproved: onvif.approved !== null, outcome: outcome.success ? onvifSentences[outcome.data] : null };
};

const requireLooked = async (context: VideoContext, caller: Caller, cameraId: string) => {
  const { db } = context.database;
  const camera = await findCamera(db, caller.roomId, cameraId);
  if (camera === null) throw refuseVideo('camera_unknown');
  const { looked, devices } = await lookAt(db, [camera], context.clock.now());
  const [one] = looked;
  if (one === undefined) throw refuseVideo('camera_unknown');
  return { ...one, devices };
};

export const entryView = async (context: VideoContext, caller: Caller, cameraId: string): Promise<RegisterEntry> => {
  const now = context.clock.now();
  const { devices, ...looked } = await requireLooked(context, caller, cameraId);
  const { camera, entry, onvif } = looked;
  const rules = await context.register.rules(context.database.db, caller, now);
  const knows = seesPositions(caller);
  if (knows) await recordPositionsSeen(context, caller, cameraId, { what: 'entry', cameras: 1, name: cameraLabel(camera) });
  return {
    ...rowOf(looked, rules, devices, now),
    position: knows ? entry.position : null, viewWords: knows ? entry.viewWords : null, legalBasis: entry.legalBasis, noticeRecord: entry.noticeRecord, approvalReference: entry.approvalReference,
    rowVersion: entry.rowVersion, viewKeptAt: entry.view?.at ?? null, signKeptAt: entry.sign?.at ?? null, subStream: caller.can('video.cameras.manage') === true ? entry.subShownUrl : null, onvif: onvifView(onvif),
  };
};

/** A picture by its hash: gone or altered is said, and it is in the log. */
export const keptPicture = async (context: VideoContext, sha256: string, contentType: 'image/jpeg' | 'image/png'): Promise<Bytes> => {
  const body = await context.blobs.get(sha256).catch((error: unknown) => {
    if (!(error instanceof BlobAltered)) throw error;
    return null;
  });
  if (body === null) {
    context.log.error('a picture of the register is gone or was altered', { sha256 });
    throw refuse('picture_lost');
  }
  return { contentType, body, headers: { 'x-content-sha256': sha256 } };
};

export const pictureView = async (context: VideoContext, caller: Caller, cameraId: string, what: 'view' | 'sign'): Promise<Bytes> => {
  if (!seesPositions(caller)) throw refuse('positions_hidden');
  const { camera, entry } = await requireLooked(context, caller, cameraId);
  const picture = entry[what];
  if (picture === null) throw refuse('picture_unknown');
  const bytes = await keptPicture(context, picture.sha256, picture.contentType);
  await recordPositionsSeen(context, caller, cameraId, { what: 'entry', cameras: 1, name: cameraLabel(camera) });
  return bytes;
};
