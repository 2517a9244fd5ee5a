/** The only SQL of recorders whose channels are cameras here. */
import { sql } from 'kysely';
import type { Instant } from '../../../base/clock.ts';
import { at, atOrNull, type Db, type InstantColumn, type NullableInstantColumn, type Tx } from '../../../platform/postgres/db.ts';

export type Brand = 'hikvision' | 'dahua' | 'uniview';
export type DeviceFault = 'refused' | 'timeout' | 'no_route' | 'name' | 'not_rtsp';
export type DeviceState = 'unknown' | 'reachable' | 'unreachable';

type DeviceTables = {
  'video.source_devices': {
    device_id: string; site_id: string; room_id: string; name: string; brand: Brand; host: string; port: number; username: string | null; password_sealed: Buffer | null; allow_local: boolean;
    state: DeviceState; state_since: NullableInstantColumn; checked_at: NullableInstantColumn; fault: DeviceFault | null; added_at: InstantColumn; added_by: string; retired_at: NullableInstantColumn; row_version: number;
  };
  'video.camera_register': { camera_id: string; device_id: string | null; channel: number | null };
  'video.cameras': { camera_id: string; number: number; name: string; retired_at: NullableInstantColumn; username: string | null; password_sealed: Buffer | null; row_version: number };
};

export interface Device {
  deviceId: string;
  siteId: string;
  roomId: string;
  name: string;
  brand: Brand;
  host: string;
  port: number;
  username: string | null;
  passwordSealed: Buffer | null;
  allowLocal: boolean;
  state: DeviceState;
  stateSince: Instant | null;
  checkedAt: Instant | null;
  fault: DeviceFault | null;
  rowVersion: number;
}

const tables = (db: Db) => db.$extendTables<DeviceTables>();
const select = (db: Db) => tables(db).selectFrom('video.source_devices').selectAll().where('retired_at', 'is', null);
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

const deviceOf = (row: Row): Device => ({
  deviceId: row.device_id, siteId: row.site_id, roomId: row.room_id, name: row.name, brand: row.brand, host: row.host, port: row.port, username: row.username, passwordSealed: row.password_sealed, allowLocal: row.allow_local,
  state: row.state, stateSince: row.state_since, checkedAt: row.checked_at, fault: row.fault, rowVersion: row.row_version,
});

export const devicesOfRoom = async (db: Db, roomId: string): Promise<Device[]> => (await select(db).where('room_id', '=', roomId).orderBy('name').execute()).map(deviceOf);
export const allDevices = async (db: Db): Promise<Device[]> => (await select(db).orderBy('device_id').execute()).map(deviceOf);
export const lockDevice = async (tx: Tx, roomId: string, deviceId: string): Promise<Device | null> => {
  const row = await select(tx).where('room_id', '=', roomId).where('device_id', '=', deviceId).forUpdate().executeTakeFirst();
  return row === undefined ? null : deviceOf(row);
};
export const deviceNames = async (db: Db, deviceIds: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  if (deviceIds.length === 0) return new Map();
  const rows = await tables(db).selectFrom('video.source_devices').select(['device_id', 'name']).where('device_id', 'in', [...new Set(deviceIds)]).execute();
  return new Map(rows.map((row) => [row.device_id, row.name]));
};

export const insertDevice = async (tx: Tx, device: Device, added: { at: Instant; by: string }): Promise<void> => {
  await tables(tx).insertInto('video.source_devices').values({
    device_id: device.deviceId, site_id: device.siteId, room_id: device.roomId, name: device.name, brand: device.brand, host: device.host, port: device.port, username: device.username, password_sealed: device.passwordSealed,
    allow_local: device.allowLocal, state: device.state, state_since: atOrNull(device.stateSince), checked_at: atOrNull(device.checkedAt), fault: device.fault, added_at: at(added.at), added_by: added.by, retired_at: null, row_version: 1,
  }).execute();
};

export const setState = async (tx: Tx, deviceId: string, seen: Pick<Device, 'state' | 'stateSince' | 'checkedAt' | 'fault'>): Promise<void> => {
  await tables(tx).updateTable('video.source_devices').set({ state: seen.state, state_since: atOrNull(seen.stateSince), checked_at: atOrNull(seen.checkedAt), fault: seen.fault }).where('device_id', '=', deviceId).execute();
};

export interface DeviceChannel {
  deviceId: string;
  channel: number;
  cameraId: string;
  number: number;
  name: string;
}

export const channelsOf = async (db: Db, deviceIds: readonly string[]): Promise<DeviceChannel[]> => {
  if (deviceIds.length === 0) return [];
  const rows = await tables(db).selectFrom('video.camera_register as r').innerJoin('video.cameras as c', 'c.camera_id', 'r.camera_id')
    .select(['r.device_id', 'r.channel', 'c.camera_id', 'c.number', 'c.name']).where('r.device_id', 'in', deviceIds).where('c.retired_at', 'is', null).orderBy('r.channel').execute();
  return rows.flatMap((row) => (row.device_id === null || row.channel === null ? [] : [{ deviceId: row.device_id, channel: row.channel, cameraId: row.camera_id, number: row.number, name: row.name }]));
};

/** The one credential goes to the device and to each of its channels, sealed for each anew. */
export const setDeviceCredential = async (tx: Tx, device: Device): Promise<void> => {
  await tables(tx).updateTable('video.source_devices').set({ username: device.username, password_sealed: device.passwordSealed, row_version: device.rowVersion + 1 }).where('device_id', '=', device.deviceId).execute();
};
export const setCameraCredential = async (tx: Tx, cameraId: string, credential: { username: string | null; passwordSealed: Buffer | null }): Promise<void> => {
  await tables(tx).updateTable('video.cameras').set({ username: credential.username, password_sealed: credential.passwordSealed, row_version: sql`row_version + 1` }).where('camera_id', '=', cameraId).execute();
};
