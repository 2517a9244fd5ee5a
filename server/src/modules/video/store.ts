/** The only SQL of cameras, recorders and storages. */
import { sql } from 'kysely';
import type { CameraId, RecorderId, StorageId } from '../../base/ids.ts';
import type { Instant } from '../../base/clock.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';
import type { Camera } from './camera.ts';
import type { VideoTables } from './tables.ts';

const tables = (db: Db) => db.$extendTables<VideoTables>();

const columns = [
  'camera_id', 'site_id', 'room_id', 'number', 'name', 'shown_url', 'address_sealed', 'username', 'password_sealed', 'record', 'retention_days', 'retention_floor_days', 'allow_local', 'transport', 'tls_fingerprint', 'added_at', 'row_version',
] as const;

interface CameraRow {
  camera_id: string; site_id: string; room_id: string; number: number; name: string; shown_url: string; address_sealed: Buffer | null; username: string | null; password_sealed: Buffer | null;
  record: boolean; retention_days: number; retention_floor_days: number; allow_local: boolean; transport: 'tcp' | 'udp'; tls_fingerprint: string | null; added_at: Instant; row_version: number;
}

const cameraOf = (row: CameraRow): Camera => ({
  cameraId: row.camera_id as CameraId,
  siteId: row.site_id,
  roomId: row.room_id,
  number: row.number,
  name: row.name,
  shownUrl: row.shown_url,
  addressSealed: row.address_sealed,
  username: row.username,
  passwordSealed: row.password_sealed,
  record: row.record,
  retentionDays: row.retention_days,
  retentionFloorDays: row.retention_floor_days,
  allowLocal: row.allow_local,
  transport: row.transport,
  tlsFingerprint: row.tls_fingerprint,
  addedAt: row.added_at,
  rowVersion: row.row_version,
});

/** Cameras in use of a room, by number. */
export const camerasOfRoom = async (db: Db, roomId: string): Promise<Camera[]> => {
  const rows = await tables(db).selectFrom('video.cameras').select(columns).where('room_id', '=', roomId).where('retired_at', 'is', null).orderBy('number').execute();
  return rows.map(cameraOf);
};

export const camerasOfSite = async (db: Db, siteId: string): Promise<Camera[]> => {
  const rows = await tables(db).selectFrom('video.cameras').select(columns).where('site_id', '=', siteId).where('retired_at', 'is', null).orderBy('number').execute();
  return rows.map(cameraOf);
};

/** One camera of the room, retired ones too when asked: their footage may still be looked at. */
export const findCamera = async (db: Db, roomId: string, cameraId: string, options: { retired: boolean } = { retired: false }): Promise<Camera | null> => {
  let query = tables(db).selectFrom('video.cameras').select(columns).where('camera_id', '=', cameraId).where('room_id', '=', roomId);
  if (!options.retired) query = query.where('retired_at', 'is', null);
  const row = await query.executeTakeFirst();
  return row === undefined ? null : cameraOf(row);
};

export const insertCamera = async (tx: Tx, camera: Camera, addedBy: string): Promise<void> => {
  await tables(tx)
    .insertInto('video.cameras')
    .values({
      camera_id: camera.cameraId, site_id: camera.siteId, room_id: camera.roomId, number: camera.number, name: camera.name, shown_url: camera.shownUrl,
      address_sealed: camera.addressSealed, username: camera.username, password_sealed: camera.passwordSealed, record: camera.record, retention_days: camera.retentionDays, retention_floor_days: camera.retentionFloorDays,
      allow_local: camera.allowLocal, transport: camera.transport, tls_fingerprint: camera.tlsFingerprint, added_at: at(camera.addedAt), added_by: addedBy, retired_at: null, retired_by: null, retired_reason: null, row_version: camera.rowVersion,
    })
    .execute();
};

/** False when somebody changed it since it was read. */
export const updateCamera = async (tx: Tx, camera: Camera): Promise<boolean> => {
  const result = await tables(tx)
    .updateTable('video.cameras')
    .set({
      number: camera.number, name: camera.name, shown_url: camera.shownUrl, address_sealed: camera.addressSealed, username: camera.username,
      password_sealed: camera.passwordSealed, record: camera.record, retention_days: camera.retentionDays, transport: camera.transport, tls_fingerprint: camera.tlsFingerprint, row_version: camera.rowVersion + 1,
    })
    .where('camera_id', '=', camera.cameraId)
    .where('row_version', '=', camera.rowVersion)
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
};

/** Recording begins: an allowed purpose is named. */
export const setRecording = async (tx: Tx, cameraId: CameraId): Promise<void> => {
  await tables(tx).updateTable('video.cameras').set({ record: true }).where('camera_id', '=', cameraId).execute();
};

export const retireCamera = async (tx: Tx, cameraId: CameraId, retirement: { at: Instant; by: string; reason: string }): Promise<boolean> => {
  const result = await tables(tx)
    .updateTable('video.cameras')
    .set({ retired_at: at(retirement.at), retired_by: retirement.by, retired_reason: retirement.reason })
    .where('camera_id', '=', cameraId)
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
};

/** Rows from before addresses were sealed, retired cameras too; locked, so that of two servers one seals. */
export const unsealedAddresses = async (tx: Tx): Promise<{ cameraId: CameraId; siteId: string; url: string }[]> => {
  const rows = await tables(tx).selectFrom('video.cameras').select(['camera_id', 'site_id', 'shown_url']).where('address_sealed', 'is', null).orderBy('camera_id').forUpdate().execute();
  return rows.map((row) => ({ cameraId: row.camera_id as CameraId, siteId: row.site_id, url: row.shown_url }));
};

export const setSealedAddress = async (tx: Tx, cameraId: CameraId, sealed: Pick<Camera, 'shownUrl' | 'addressSealed'>): Promise<void> => {
  await tables(tx).updateTable('video.cameras').set({ shown_url: sealed.shownUrl, address_sealed: sealed.addressSealed }).where('camera_id', '=', cameraId).execute();
};

export interface Recorder {
  recorderId: RecorderId;
  siteId: string;
  configVersion: number;
  journalSeq: number;
}

const recorderColumns = ['recorder_id', 'site_id', 'config_version', 'journal_seq'] as const;
const recorderOf = (row: { recorder_id: string; site_id: string; config_version: number; journal_seq: number }): Recorder => ({
  recorderId: row.recorder_id as RecorderId,
  siteId: row.site_id,
  configVersion: row.config_version,
  journalSeq: row.journal_seq,
});

/** The recorder of this machine; null before set-up. */
export const theRecorder = async (db: Db): Promise<Recorder | null> => {
  const row = await tables(db).selectFrom('video.recorders').select(recorderColumns).orderBy('added_at').executeTakeFirst();
  return row === undefined ? null : recorderOf(row);
};

/** Locks the recorder's row: one intake at a time, whichever server runs it. */
export const lockRecorder = async (tx: Tx, recorderId: RecorderId): Promise<Recorder> => {
  const row = await tables(tx).selectFrom('video.recorders').select(recorderColumns).where('recorder_id', '=', recorderId).forUpdate().executeTakeFirstOrThrow();
  return recorderOf(row);
};

export const insertRecorder = async (tx: Tx, recorder: { recorderId: RecorderId; siteId: string; addedAt: Instant }): Promise<void> => {
  await tables(tx).insertInto('video.recorders').values({ recorder_id: recorder.recorderId, site_id: recorder.siteId, added_at: at(recorder.addedAt) }).execute();
};

export const advanceJournal = async (tx: Tx, recorderId: RecorderId, seq: number): Promise<void> => {
  await tables(tx).updateTable('video.recorders').set({ journal_seq: seq }).where('recorder_id', '=', recorderId).execute();
};

/**
 * Says that the wanted configuration changed; the pusher sees it. Changes of cameras call it first: its row lock puts them in a line, so
 * that what each then reads of the other cameras (their numbers, how many) holds until it commits.
 */
export const bumpConfig = async (tx: Tx, siteId: string, past = 0): Promise<void> => {
  await tables(tx).updateTable('video.recorders').set({ config_version: sql`greatest(config_version, ${past}::integer) + 1` }).where('site_id', '=', siteId).execute();
};

export interface StorageRow {
  storageId: StorageId;
  path: string;
  weight: number;
}

/** Storages in use and those being emptied: what the recorder is told of. */
export const storagesOf = async (db: Db, recorderId: RecorderId): Promise<(StorageRow & { closing: boolean })[]> => {
  const rows = await tables(db).selectFrom('video.storages').select(['storage_id', 'path', 'weight', 'state']).where('recorder_id', '=', recorderId).where('state', '<>', 'retired').orderBy('added_at').execute();
  return rows.map((row) => ({ storageId: row.storage_id as StorageId, path: row.path, weight: row.weight, closing: row.state === 'emptying' }));
};

export const insertStorage = async (tx: Tx, storage: StorageRow & { siteId: string; recorderId: RecorderId; addedAt: Instant }): Promise<void> => {
  await tables(tx)
    .insertInto('video.storages')
    .values({ storage_id: storage.storageId, site_id: storage.siteId, recorder_id: storage.recorderId, path: storage.path, weight: storage.weight, state: 'in_use', state_since: null, added_at: at(storage.addedAt), room_made_at: null, refused_told_at: null, row_version: 1 })
    .execute();
};
