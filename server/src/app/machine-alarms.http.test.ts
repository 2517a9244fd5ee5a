/** Troubles of the machine as alarms: a full disk, a lost storage, a silent recorder, a ledger that is not signed; raised when they begin, cleared when they are over. */
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RecorderStatus } from '../../../contract/recorder.ts';
import { gibibyte, minuteMs, secondMs } from '../base/units.ts';
import { anchorFilePath, recordRestoreFromFiles } from '../mechanisms/ledger/index.ts';
import { openAlarmRoom, type AlarmRoom } from '../mechanisms/notifications/testing/alarm-room.ts';
import { machineWatch } from './reactions.ts';
import { placeOf } from './room-notifications.ts';

let house: AlarmRoom;
let operator: string;
beforeEach(async () => {
  house = await openAlarmRoom();
  operator = await house.signIn('duty_operator');
});
afterEach(() => house.close());

const storage = (more: Partial<RecorderStatus['storages'][number]> = {}): RecorderStatus['storages'][number] => ({ storageId: 'sto_1', path: '/footage', usable: true, reason: '', freeBytes: 500 * gibibyte, totalBytes: 4_000 * gibibyte, ...more });
const status = (...storages: RecorderStatus['storages']): RecorderStatus => ({ recorderId: 'rec_1', startedAt: 0, now: house.clock.now(), configVersion: 1, journalLast: 0, journalAcked: 0, cameras: [], storages });

/** The watch of the room, over what a recorder says: the socket is the edge of this process. */
const watching = () => {
  const said: { status: RecorderStatus | null } = { status: status(storage()) };
  const { room, database, clock } = house;
  const job = machineWatch({ database, clock, alarms: room.notifications.alarms, note: room.duty.note, place: placeOf, recorder: () => said.status, freeBytesWarn: 50 * gibibyte, ledgerTroubles: () => new Map() });
  return { said, look: () => job.run() };
};
const open = async () => (await house.openAlarms(operator)).map(({ kind, sentence, clearedAt }) => ({ kind, zh: sentence.zh, over: clearedAt !== null }));

test('a disk that is nearly full rings once and is over when there is room again, not at the border', async () => {
  const { said, look } = watching();
  await look();
  expect(await open()).toEqual([]);
  said.status = status(storage({ freeBytes: 49.96 * gibibyte }));
  await look();
  await look();
  expect(await open()).toEqual([{ kind: 'video.storage_low', zh: '录像存储只剩 49.9 GB。', over: false }]);
  said.status = status(storage({ freeBytes: 51 * gibibyte }));
  await look();
  expect((await open())[0]?.over).toBe(false);
  said.status = status(storage({ freeBytes: 60 * gibibyte }));
  await look();
  expect((await open())[0]?.over).toBe(true);
  expect((await house.facts('notifications.alarm_raised')).length).toBe(1);
});

test('a storage that cannot be used rings for those who look after it, and goes on ringing while the recorder is silent', async () => {
  const { said, look } = watching();
  said.status = status(storage({ usable: false, reason: 'read-only' }), storage({ storageId: 'sto_2' }));
  await look();
  expect(await open()).toEqual([{ kind: 'video.storage_trouble', zh: '录像存储不能使用：read-only，录像正在丢失。', over: false }]);
  const told = (await house.facts('notifications.notice_sent')).flatMap(({ body }) => (body as { told: { personId: string }[] }).told.map(({ personId }) => personId));
  expect(told).toEqual(expect.arrayContaining([await house.personId('technician'), await house.personId('room_manager')]));
  said.status = null;
  await look();
  house.clock.advance(16 * secondMs);
  await look();
  expect((await open()).map(({ kind, over }) => `${kind} ${over}`).sort()).toEqual(['video.recorder_away false', 'video.storage_trouble false']);
  said.status = status(storage(), storage({ storageId: 'sto_2' }));
  await look();
  expect((await open()).every(({ over }) => over)).toBe(true);
});

test('a ledger that is not signed any more rings for the security department; once the restore is on record it is over', async () => {
  const { room, database } = house;
  const { siteId } = house.place;
  await room.checkpointer.sign(siteId, 'heartbeat');
  await house.runJob('room.machine_watch');
  expect(await open()).toEqual([]);
  const admin = new pg.Client({ connectionString: house.adminUrl });
  await admin.connect();
  // As after a backup of yesterday was put back by hand.
  for (const table of ['private_values', 'facts', 'checkpoints']) await admin.query(`alter table ledger.${table} disable trigger all`);
  const { rows } = await admin.query<{ last: string }>('select max(seq) as last from ledger.facts where site_id = $1', [siteId]);
  const kept = Number(rows[0]?.last) - 3;
  await admin.query('delete from ledger.private_values where site_id = $1 and seq > $2', [siteId, kept]);
  await admin.query('delete from ledger.facts where site_id = $1 and seq > $2', [siteId, kept]);
  await admin.query('delete from ledger.checkpoints where site_id = $1 and size > $2', [siteId, kept]);
  for (const table of ['private_values', 'facts', 'checkpoints']) await admin.query(`alter table ledger.${table} enable trigger all`);
  await admin.end();
  await expect(room.checkpointer.sign(siteId, 'heartbeat')).rejects.toMatchObject({ code: 'ledger.not_signing' });
  await house.runJob('room.machine_watch');
  const alarm = (await open()).find(({ kind }) => kind === 'ledger.trouble');
  expect(alarm).toMatchObject({ kind: 'ledger.trouble', over: false });
  expect(alarm!.zh).toContain('少于已签名的数目');
  const told = (await house.facts('notifications.notice_sent')).flatMap(({ body }) => (body as { told: { personId: string }[] }).told.map(({ personId }) => personId));
  expect(told).toContain(await house.personId('security_department'));

  await recordRestoreFromFiles(database, room.ledger, { siteId, anchorFiles: [anchorFilePath(house.dataFolder), join(house.dataFolder, 'absent')], persons: ['per_1', 'per_2'], reason: '换盘', actor: { kind: 'process', id: 'server' } });
  house.clock.advance(minuteMs);
  await room.checkpointer.sign(siteId, 'heartbeat');
  await house.runJob('room.machine_watch');
  // The recorder of this room was never started: that alarm is another matter.
  expect((await open()).find(({ kind }) => kind === 'ledger.trouble')?.over).toBe(true);
});
