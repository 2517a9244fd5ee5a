/** The only SQL of the register and of what ONVIF told. */
import type { Instant } from '../../../base/clock.ts';
import { at, atOrNull, type Db, type InstantColumn, type NullableInstantColumn, type Tx } from '../../../platform/postgres/db.ts';
import type { Direction, Entry, KeptPicture, OnvifRow } from './entry.ts';

type ContentType = KeptPicture['contentType'];

export type RegisterTables = {
  'video.camera_register': {
    camera_id: string; purpose: string | null; legal_basis: string; notice_record: string; zone_type: string | null; position: string; view_words: string;
    view_sha256: Buffer | null; view_type: ContentType | null; view_kept_at: NullableInstantColumn; sign_sha256: Buffer | null; sign_type: ContentType | null; sign_kept_at: NullableInstantColumn;
    filing_number: string; filing_due_since: InstantColumn; owner: string; approval_reference: string; device_id: string | null; channel: number | null; sub_shown_url: string | null; sub_address_sealed: Buffer | null;
    activated_at: NullableInstantColumn; row_version: number;
  };
  'video.camera_onvif': {
    camera_id: string; service_url: string; manufacturer: string; model: string; firmware: string; profile_token: string; ptz: boolean; events: boolean;
    approved_pan: number | null; approved_tilt: number | null; approved_zoom: number | null; pan: number | null; tilt: number | null; zoom: number | null;
    clock_offset_ms: number | null; checked_at: NullableInstantColumn; outcome: string | null; moved_since: NullableInstantColumn; clock_wrong_since: NullableInstantColumn;
  };
};

const tables = (db: Db) => db.$extendTables<RegisterTables>();

const pictureOf = (sha256: Buffer | null, contentType: ContentType | null, keptAt: Instant | null): KeptPicture | null =>
  sha256 === null || contentType === null || keptAt === null ? null : { sha256: sha256.toString('hex'), contentType, at: keptAt };

const columnsOf = (entry: Entry) => ({
  camera_id: entry.cameraId, purpose: entry.purpose, legal_basis: entry.legalBasis, notice_record: entry.noticeRecord, zone_type: entry.zoneType, position: entry.position, view_words: entry.viewWords,
  view_sha256: entry.view === null ? null : Buffer.from(entry.view.sha256, 'hex'), view_type: entry.view?.contentType ?? null, view_kept_at: atOrNull(entry.view?.at ?? null),
  sign_sha256: entry.sign === null ? null : Buffer.from(entry.sign.sha256, 'hex'), sign_type: entry.sign?.contentType ?? null, sign_kept_at: atOrNull(entry.sign?.at ?? null),
  filing_number: entry.filingNumber, filing_due_since: at(entry.filingDueSince), owner: entry.owner, approval_reference: entry.approvalReference, device_id: entry.deviceId, channel: entry.channel,
  sub_shown_url: entry.subShownUrl, sub_address_sealed: entry.subAddressSealed, activated_at: atOrNull(entry.activatedAt),
});

const selectEntries = (db: Db) => tables(db).selectFrom('video.camera_register').selectAll();
type EntryRow = Awaited<ReturnType<ReturnType<typeof selectEntries>['execute']>>[number];

const entryOf = (row: EntryRow): Entry => ({
  cameraId: row.camera_id, purpose: row.purpose, legalBasis: row.legal_basis, noticeRecord: row.notice_record, zoneType: row.zone_type, position: row.position, viewWords: row.view_words,
  view: pictureOf(row.view_sha256, row.view_type, row.view_kept_at), sign: pictureOf(row.sign_sha256, row.sign_type, row.sign_kept_at),
  filingNumber: row.filing_number, filingDueSince: row.filing_due_since, owner: row.owner, approvalReference: row.approval_reference, deviceId: row.device_id, channel: row.channel,
  subShownUrl: row.sub_shown_url, subAddressSealed: row.sub_address_sealed, activatedAt: row.activated_at, rowVersion: row.row_version,
});

export const entriesOf = async (db: Db, cameraIds: readonly string[]): Promise<ReadonlyMap<string, Entry>> => {
  if (cameraIds.length === 0) return new Map();
  const rows = await selectEntries(db).where('camera_id', 'in', cameraIds).execute();
  return new Map(rows.map((row) => [row.camera_id, entryOf(row)]));
};

/** Locked until the transaction ends: two changes of one entry come one after the other. */
export const lockEntry = async (tx: Tx, cameraId: string): Promise<Entry | null> => {
  const row = await selectEntries(tx).where('camera_id', '=', cameraId).forUpdate().executeTakeFirst();
  return row === undefined ? null : entryOf(row);
};

export const insertEntry = async (tx: Tx, entry: Entry): Promise<void> => {
  await tables(tx).insertInto('video.camera_register').values({ ...columnsOf(entry), row_version: 1 }).execute();
};

/** Pictures are kept beside what somebody is typing: they do not overtake it. */
export const updateEntry = async (tx: Tx, entry: Entry, rowVersion = entry.rowVersion + 1): Promise<void> => {
  await tables(tx).updateTable('video.camera_register').set({ ...columnsOf(entry), row_version: rowVersion }).where('camera_id', '=', entry.cameraId).execute();
};

const directionOf = (pan: number | null, tilt: number | null, zoom: number | null): Direction | null => (pan === null || tilt === null ? null : { pan, tilt, zoom: zoom ?? 0 });

const onvifColumns = (row: OnvifRow) => ({
  camera_id: row.cameraId, service_url: row.serviceUrl, manufacturer: row.manufacturer, model: row.model, firmware: row.firmware, profile_token: row.profileToken, ptz: row.ptz, events: row.events,
  approved_pan: row.approved?.pan ?? null, approved_tilt: row.approved?.tilt ?? null, approved_zoom: row.approved?.zoom ?? null,
  pan: row.seen?.pan ?? null, tilt: row.seen?.tilt ?? null, zoom: row.seen?.zoom ?? null,
  clock_offset_ms: row.clockOffsetMs, checked_at: atOrNull(row.checkedAt), outcome: row.outcome, moved_since: atOrNull(row.movedSince), clock_wrong_since: atOrNull(row.clockWrongSince),
});

const selectOnvif = (db: Db) => tables(db).selectFrom('video.camera_onvif').selectAll();
type OnvifRecord = Awaited<ReturnType<ReturnType<typeof selectOnvif>['execute']>>[number];
const onvifOf = (row: OnvifRecord): OnvifRow => ({
  cameraId: row.camera_id, serviceUrl: row.service_url, manufacturer: row.manufacturer, model: row.model, firmware: row.firmware, profileToken: row.profile_token, ptz: row.ptz, events: row.events,
  approved: directionOf(row.approved_pan, row.approved_tilt, row.approved_zoom), seen: directionOf(row.pan, row.tilt, row.zoom),
  clockOffsetMs: row.clock_offset_ms, checkedAt: row.checked_at, outcome: row.outcome, movedSince: row.moved_since, clockWrongSince: row.clock_wrong_since,
});

export const onvifRows = async (db: Db, cameraIds: readonly string[]): Promise<ReadonlyMap<string, OnvifRow>> => {
  if (cameraIds.length === 0) return new Map();
  const rows = await selectOnvif(db).where('camera_id', 'in', cameraIds).execute();
  return new Map(rows.map((row) => [row.camera_id, onvifOf(row)]));
};

export const lockOnvif = async (tx: Tx, cameraId: string): Promise<OnvifRow | null> => {
  const row = await selectOnvif(tx).where('camera_id', '=', cameraId).forUpdate().executeTakeFirst();
  return row === undefined ? null : onvifOf(row);
};

export const insertOnvif = async (tx: Tx, row: OnvifRow): Promise<void> => {
  await tables(tx).insertInto('video.camera_onvif').values(onvifColumns(row)).execute();
};

export const updateOnvif = async (tx: Tx, row: OnvifRow): Promise<void> => {
  await tables(tx).updateTable('video.camera_onvif').set(onvifColumns(row)).where('camera_id', '=', row.cameraId).execute();
};
