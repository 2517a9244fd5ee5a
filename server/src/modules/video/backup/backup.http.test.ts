/** Copies and backups over HTTP, in a real room with its real database: files are really copied to another device, verified, lost and restored. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as contract from '../../../../../contract/backup.ts';
import { listAlarms } from '../../../../../contract/notifications.ts';
import * as video from '../../../../../contract/video.ts';
import { hourMs, minuteMs } from '../../../base/units.ts';
import { madeUpFootage, segmentBytes } from '../../../../../formats/evidence-bundle/testing/sample.ts';
import { newId } from '../../../base/ids.ts';
import { openFootageRoom, staff, type FootageRoom } from '../../evidence/testing/footage-room.ts';
import { openRecorderDesk, type RecorderDesk } from '../storage/testing/recorder-desk.ts';

const administrator = 'linhaitao';
/** Memory of the machine: another device than its disk. */
const otherDevice = '/dev/shm';
let room: FootageRoom;
let desk: RecorderDesk;
let apart: string;
let place: string;
let technician: string;
let cameras: readonly string[];
let seq = 1_000;

const db = () => room.whole.database.db;
const job = (name: string) => room.whole.runJob(`video.${name}`);
const screen = () => room.get(technician, contract.backupScreen);
const troubles = async () => {
  await job('backup_looked_at');
  return (await screen()).troubles.map(({ what }) => what.zh);
};
const ringing = async () => (await room.get(staff.operator, listAlarms)).alarms.filter((one) => one.kind.startsWith('video.backup') || one.kind === 'video.copy_damaged').filter(({ clearedAt }) => clearedAt === null).map(({ sentence }) => sentence.zh);
interface Footage {
  segmentId: string; file: string; from: number; until: number;
}
/** A minute as the recorder writes it, told of in its journal. */
const footage = async (camera: string | undefined, from = room.clock.now() - 20 * minuteMs): Promise<Footage> => {
  const cameraId = camera ?? '';
  const { bytes } = segmentBytes(madeUpFootage((seq += 1)), { segmentId: newId('seg', room.clock), cameraId, from, fragments: 60 });
  const storage = desk.config()?.storages[0];
  const { segmentId, path } = desk.record(cameraId, storage?.storageId ?? '', from, { bytes: Buffer.from(bytes) });
  await desk.heard();
  return { segmentId, file: join(storage?.path ?? '', path), from, until: from + minuteMs };
};
const copyPath = async (segmentId: string): Promise<string> => join(place, (await sql<{ path: string }>`select path from video.copies where segment_id = ${segmentId}`.execute(db())).rows[0]?.path ?? '');
const stateOf = async (segmentId: string) => (await sql<{ state: string }>`select state from video.copies where segment_id = ${segmentId}`.execute(db())).rows[0]?.state;

beforeAll(async () => {
  room = await openFootageRoom();
  cameras = room.cameraIds;
  technician = room.whole.people.find(({ role }) => role === 'technician')?.account ?? '';
  apart = mkdtempSync(join(otherDevice, 'vigil-copies-'));
  await sql`delete from video.segments`.execute(db());
  await sql`update video.recorders set journal_seq = 0`.execute(db());
  desk = await openRecorderDesk(room.whole, room.clock);
});
afterAll(async () => {
  await desk.close();
  await room.whole.close();
  rmSync(apart, { recursive: true, force: true });
});
beforeEach(() => room.rest());

test('[BUS-1.4.2 BACKUP] the volume of the footage is refused as the place of its copies; another device is taken', async () => {
  await footage(cameras[0]);
  const same = join(room.whole.dataFolder, 'copies');
  expect(await room.ask(administrator, contract.addCopyPlace, { body: { path: same } })).toMatchObject({ status: 400, body: { code: 'copies.same_disk', fields: [{ path: 'path' }] } });
  expect(existsSync(same)).toBe(false);
  place = join(apart, 'copies');
  expect((await room.ask(technician, contract.addCopyPlace, { body: { path: place } })).status).toBe(403);
  const { placeId } = await room.get(administrator, contract.addCopyPlace, { body: { path: place } });
  expect(JSON.parse(readFileSync(join(place, 'vigil-copies.json'), 'utf8'))).toMatchObject({ placeId });
  expect((await room.facts('video.copy_place_added')).at(-1)?.body).toMatchObject({ folder: place, apart: true });
  expect((await room.ask(administrator, contract.addCopyPlace, { body: { path: join(apart, 'other') } })).body['code']).toBe('copies.place_taken');
});

test('what was there before and what comes is copied, byte for byte, with its lag; nothing waits afterwards', async () => {
  const one = await footage(cameras[1]);
  const before = await screen();
  expect(before.copies).toMatchObject({ waiting: 2, copied: 0 });
  expect(before.copies.lagMs ?? 0).toBeGreaterThan(10 * minuteMs);
  await job('copy_footage');
  expect((await screen()).copies).toMatchObject({ waiting: 0, copied: 2, lagMs: null });
  expect(readFileSync(await copyPath(one.segmentId)).equals(readFileSync(one.file))).toBe(true);
  expect((await room.facts('video.footage_copied')).at(-1)?.body).toMatchObject({ count: 2, lost: [] });
});

test('[COR-3.2.2 BACKUP] a copy that fails raises an alarm and its ranges are listed; it is made up for when the disk is back', async () => {
  renameSync(place, `${place}-away`);
  const late = await footage(cameras[0]);
  await job('copy_footage');
  expect(await troubles()).toContain('备份文件夹不能写入');
  expect(await ringing()).toEqual([expect.stringContaining('没有挂载')]);
  expect((await screen()).unbacked).toMatchObject([{ cameraId: cameras[0], segments: 1, from: late.from, until: late.until, why: { zh: '等待备份' } }]);
  // Another folder under the same name is not the one that was set up.
  mkdirSync(place);
  await job('copy_footage');
  expect(await stateOf(late.segmentId)).toBe('waiting');
  rmSync(place, { recursive: true });
  renameSync(`${place}-away`, place);
  await job('copy_footage');
  expect(await troubles()).not.toContain('备份文件夹不能写入');
  expect(await ringing()).toEqual([]);
  expect((await screen()).unbacked).toEqual([]);
});

test('[TEN-6.2 BACKUP] a camera left out of the job is in the unbacked list, and alarmed after the period', async () => {
  await room.get(administrator, contract.leaveOut, { params: { cameraId: cameras[2] ?? '' }, body: { reason: '试' } });
  const out = await footage(cameras[2]);
  await job('copy_footage');
  expect((await screen()).unbacked).toMatchObject([{ cameraId: cameras[2], from: out.from, until: out.until, why: { zh: '未纳入备份' } }]);
  expect(await troubles()).not.toContain('录像超过备份周期仍未备份');
  room.clock.step(25 * hourMs);
  expect(await troubles()).toContain('录像超过备份周期仍未备份');
  expect(await ringing()).toEqual(expect.arrayContaining([expect.stringContaining('录像超过备份周期仍未备份')]));
  await room.get(administrator, contract.takeBackIn, { params: { cameraId: cameras[2] ?? '' } });
  await job('copy_footage');
  expect(await troubles()).not.toContain('录像超过备份周期仍未备份');
});

test('[COR-5.3.2 BACKUP] a scheduled run that was skipped is alarmed with what is not backed up, and a corrupt backup is found by its hash', async () => {
  const late = await footage(cameras[0]);
  room.clock.step(25 * hourMs); // the server was away: nothing ran
  expect(await troubles()).toEqual(expect.arrayContaining(['系统数据没有按期备份', '录像超过备份周期仍未备份']));
  expect((await screen()).unbacked).toMatchObject([{ from: late.from }]);
  await job('copy_footage');
  await job('backup_room');
  const [run] = (await screen()).runs;
  expect(run).toMatchObject({ state: 'good', by: null });
  const file = join(place, 'room', run?.file ?? '');
  const bytes = readFileSync(file);
  expect(await troubles()).toEqual([]);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  room.clock.step(24 * hourMs + minuteMs);
  await job('backup_room');
  expect((await screen()).runs.find(({ runId }) => runId === run?.runId)).toMatchObject({ state: 'damaged' });
});

test('[GEN-4.2.5 BACKUP] a skipped run is alarmed and listed; the next good run clears it', async () => {
  await job('backup_room');
  expect(await troubles()).toEqual([]);
  room.clock.step(26 * hourMs);
  expect(await troubles()).toContain('系统数据没有按期备份');
  expect((await ringing()).join()).toContain('系统数据没有按期备份');
  const due = (await screen()).runDue ?? 0;
  expect(due).toBeLessThan(room.clock.now());
  expect((await room.ask(technician, contract.runBackup)).body).toMatchObject({ state: 'good' });
  expect(await troubles()).toEqual([]);
  expect(await ringing()).toEqual([]);
  expect((await room.facts('video.backup_ran')).at(-1)?.body).toMatchObject({ outcome: 'good', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test('[COR-5.3.3 BACKUP] a drill restores a segment of chance, plays it through and finds the hash of the original; its time is on record', async () => {
  const { drill } = await room.get(technician, contract.runDrill);
  expect(drill).toMatchObject({ outcome: 'equal', plays: true, found: drill.expected });
  const recorded = (await sql<{ sha: string }>`select encode(sha256, 'hex') as sha from video.segments where from_at = ${new Date(drill.from)}`.execute(db())).rows.map(({ sha }) => sha);
  expect(recorded).toContain(drill.expected);
  expect(drill.tookMs).toBeGreaterThanOrEqual(0);
  expect((await room.facts('video.restore_drilled')).at(-1)?.body).toMatchObject({ outcome: 'equal', found: drill.expected });
  expect(existsSync(join(room.whole.dataFolder, 'restore-drill'))).toBe(false);
});

test('[GEN-4.2.6 BACKUP] past the period of the restore test it is overdue; a test stores its time and its hash, and it is due anew', async () => {
  expect(await troubles()).toEqual([]);
  const { drillDue } = await screen();
  room.clock.step((drillDue ?? 0) - room.clock.now() + minuteMs);
  expect(await troubles()).toContain('恢复演练逾期');
  await room.get(technician, contract.runDrill);
  expect(await troubles()).not.toContain('恢复演练逾期');
  const { drills, drillDue: next } = await screen();
  expect(drills[0]).toMatchObject({ at: room.clock.now(), outcome: 'equal' });
  expect(drills[0]?.found).toMatch(/^[0-9a-f]{64}$/);
  expect(next).toBeGreaterThan(room.clock.now());
});

test('[GEN-4.2.7 BACKUP] a copy that was altered is found by verification, told, and made anew', async () => {
  const one = await footage(cameras[3]);
  await job('copy_footage');
  const file = await copyPath(one.segmentId);
  writeFileSync(file, Buffer.concat([readFileSync(file).subarray(1), Buffer.from([0])]));
  for (let i = 0; i < 4; i += 1) await job('verify_copies');
  expect(await stateOf(one.segmentId)).toBe('damaged');
  expect((await room.facts('video.copy_damaged')).map(({ subject }) => subject)).toEqual([one.segmentId]);
  expect((await ringing()).join()).toContain('备份核验不符');
  expect((await screen()).unbacked).toMatchObject([{ from: one.from, why: { zh: '备份损坏' } }]);
  await job('copy_footage');
  expect(await stateOf(one.segmentId)).toBe('copied');
  expect(readFileSync(file).equals(readFileSync(one.file))).toBe(true);
});

test('[COR-5.3.4 BACKUP] what is lost on the primary storage plays from its copy for who may see it, and for nobody else', async () => {
  const one = await footage(cameras[0], room.clock.now() - 3 * hourMs);
  await job('copy_footage');
  const bytes = readFileSync(one.file);
  rmSync(one.file);
  const { approvalId, requestId } = await room.askFor({ cameraIds: [cameras[0] ?? ''], from: one.from, until: one.until });
  const span = { cameraId: cameras[0] ?? '', from: one.from, until: one.until, clip: false };
  // Without a view order nobody plays it, lost or not.
  expect((await room.ask(staff.requester, video.openPlayback, { body: span })).status).toBe(403);
  await room.agree(approvalId, staff.leader);
  expect((await room.begin(requestId)).status).toBe(200);
  const { playbackId } = await room.get(staff.operator, video.openPlayback, { body: span });
  const params = { playbackId, segmentId: one.segmentId };
  expect((await room.get(staff.operator, video.segmentIndex, { params })).fragments.length).toBeGreaterThan(0);
  const media = await room.take(staff.operator, video.segmentMedia, { params });
  expect(media.status).toBe(200);
  expect(media.bytes.equals(bytes)).toBe(true);
});

test('[SCH-2.3.2 BACKUP] a removed file of footage is found, and is restored from its copy as it was', async () => {
  const one = await footage(cameras[1]);
  await job('copy_footage');
  const bytes = readFileSync(one.file);
  expect((await room.ask(technician, contract.restoreFootage, { params: { segmentId: one.segmentId } })).body['code']).toBe('copies.not_lost');
  rmSync(one.file);
  room.clock.step(31 * 24 * hourMs);
  for (let i = 0; i < 6; i += 1) {
    room.clock.step(minuteMs);
    await desk.heard();
    await job('verify_footage');
  }
  expect((await screen()).lost.find(({ segmentId }) => segmentId === one.segmentId)).toMatchObject({ restorable: true, what: { zh: '文件缺失' } });
  expect((await room.ask(technician, contract.restoreFootage, { params: { segmentId: one.segmentId } })).status).toBe(200);
  expect(readFileSync(one.file).equals(bytes)).toBe(true);
  expect((await screen()).lost.map(({ segmentId }) => segmentId)).not.toContain(one.segmentId);
  expect((await room.facts('video.footage_restored')).at(-1)?.body).toMatchObject({ segmentId: one.segmentId, was: 'missing' });
});

test('what is deleted because its time is over goes in the copy too; what a full disk took early stays there', async () => {
  const [over, early] = [await footage(cameras[0]), await footage(cameras[0])];
  await job('copy_footage');
  const files = [await copyPath(over.segmentId), await copyPath(early.segmentId)];
  for (const [segmentId, reason] of [[over.segmentId, 'retention'], [early.segmentId, 'space_below_term']] as const) {
    await sql`insert into video.garbage (segment_id, camera_id, storage_id, path, from_at, until_at, size_bytes, sha256, reason, decided_at) select segment_id, camera_id, storage_id, path, from_at, until_at, size_bytes, sha256, ${reason}, ${new Date(room.clock.now())} from video.segments where segment_id = ${segmentId}`.execute(db());
    await sql`delete from video.segments where segment_id = ${segmentId}`.execute(db());
  }
  await job('end_copies');
  expect(files.map((file) => existsSync(file))).toEqual([false, true]);
  expect((await room.facts('video.copies_deleted')).at(-1)?.body).toMatchObject({ segments: [over.segmentId] });
});
