/** Storages over HTTP, in a real room with its real database and files that really lie in folders; the recorder is played by the test. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listAlarms } from '../../../../../contract/notifications.ts';
import * as contract from '../../../../../contract/storage.ts';
import { dayMs, hourMs, minuteMs } from '../../../base/units.ts';
import { openFootageRoom, staff, type FootageRoom } from '../../evidence/testing/footage-room.ts';
import { footageCheck } from '../index.ts';
import { openRecorderDesk, type RecorderDesk } from './testing/recorder-desk.ts';

const administrator = 'linhaitao';
const gigabyte = 1e9;
let room: FootageRoom;
let desk: RecorderDesk;
let first: string;
let cameras: readonly string[];
let technician: string;

const db = () => room.whole.database.db;
const folder = (name: string): string => join(room.whole.dataFolder, name);
const add = (path: string, weight = 1) => room.ask(administrator, contract.addStorage, { body: { path, weight } });
const screen = (account = administrator) => room.get(account, contract.storageScreen);
const rowOf = async (storageId: string) => (await screen()).storages.find((one) => one.storageId === storageId);
const moves = () => room.whole.runJob('video.move_footage');
const alarm = async (kind: string) => (await room.get(staff.operator, listAlarms)).alarms.find((one) => one.kind === kind);
const addOne = async (name: string): Promise<string> => {
  const answer = await add(folder(name));
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  await desk.heard();
  return String(answer.body['storageId']);
};
const whereIs = async (segmentId: string): Promise<string | undefined> => (await sql<{ id: string }>`select storage_id as id from video.segments where segment_id = ${segmentId}`.execute(db())).rows[0]?.id;
/** All footage that nobody holds. */
const clean = () => sql`delete from video.segments where not evidence.is_held(camera_id, from_at, until_at)`.execute(db());
const fileOf = (storageId: string, path: string): string => join(desk.config()?.storages.find((one) => one.storageId === storageId)?.path ?? '', path);

beforeAll(async () => {
  room = await openFootageRoom();
  await clean();
  await sql`update video.recorders set journal_seq = 0`.execute(db());
  desk = await openRecorderDesk(room.whole, room.clock);
  first = desk.config()?.storages[0]?.storageId ?? '';
  cameras = room.cameraIds;
  technician = room.whole.people.find(({ role }) => role === 'technician')?.account ?? '';
});
afterAll(async () => {
  await desk.close();
  await room.whole.close();
});
beforeEach(() => {
  room.rest();
  desk.obeys = true;
});

describe('adding and weighing', () => {
  test('a new folder is taken into use by an administrator, told to the recorder, and on record', async () => {
    const { storageId } = await room.get(administrator, contract.addStorage, { body: { path: `${folder('disk-b')}/`, weight: 3 } });
    await desk.heard();
    expect(desk.config()?.storages).toMatchObject([{ storageId: first, weight: 1, closing: false }, { storageId, path: folder('disk-b'), weight: 3 }]);
    expect((await room.facts('video.storage_added')).at(-1)?.body).toMatchObject({ storage: folder('disk-b'), weight: 3 });
    await room.get(administrator, contract.weighStorage, { params: { storageId }, body: { weight: 2 } });
    await desk.heard();
    expect(desk.config()?.storages[1]?.weight).toBe(2);
    expect((await room.facts('video.storage_weighed')).at(-1)?.body).toMatchObject({ before: 3, after: 2 });
    expect((await room.ask(technician, contract.weighStorage, { params: { storageId }, body: { weight: 9 } })).status).toBe(403);
  });

  test('a folder that is used, overlaps a storage, has no folder above it or is no whole path is refused in plain words', async () => {
    for (const name of ['used', 'disk-b']) mkdirSync(folder(name), { recursive: true });
    writeFileSync(join(folder('used'), 'letter.txt'), 'x');
    const codes: unknown[] = [];
    for (const path of [folder('used'), join(folder('disk-b'), 'within'), folder('disk-b'), join(folder('nowhere'), 'x'), 'disk-c', '/']) codes.push((await add(path)).body['code']);
    expect(codes).toEqual(['storage.folder_used', 'storage.path_taken', 'storage.path_taken', 'storage.parent_missing', 'storage.path_wrong', 'storage.path_wrong']);
    expect(existsSync(folder('nowhere'))).toBe(false);
  });
});

describe('emptying', () => {
  test('the only storage in use is not emptied, nor one whose footage has no room elsewhere', async () => {
    const [, second = ''] = (desk.config()?.storages ?? []).map((one) => one.storageId);
    desk.record(cameras[0] ?? '', first, room.clock.now() - hourMs, { sizeBytes: 900 * gigabyte });
    desk.disk(second, { freeBytes: 800 * gigabyte });
    await desk.heard();
    const empty = (storageId: string) => room.ask(administrator, contract.emptyStorage, { params: { storageId }, body: { reason: '换盘' } });
    expect((await empty(first)).body['code']).toBe('storage.no_room');
    desk.disk(second, { freeBytes: 1_000 * gigabyte });
    await clean();
    await desk.heard();
    expect((await empty(second)).status).toBe(200);
    expect((await empty(first)).body['code']).toBe('storage.last_one');
    expect((await room.ask(administrator, contract.keepStorage, { params: { storageId: second } })).status).toBe(200);
    expect((await room.facts('video.storage_kept')).length).toBe(1);
  });

  test('all its footage, held too, goes to the others with its bytes; the old files go, and it is taken out of use when it is empty', async () => {
    const from = await addOne('disk-old');
    const made = [50, 40, 30].map((minutes, i) => desk.record(cameras[i % 2] ?? '', from, room.clock.now() - minutes * minuteMs, { bytes: Buffer.alloc(1_000 + i, i + 1) }));
    await desk.heard();
    const { approvalId } = await room.askFor({ cameraIds: [cameras[0] ?? ''], from: room.clock.now() - 49.8 * minuteMs, until: room.clock.now() - 49.6 * minuteMs });
    await room.agree(approvalId, staff.leader);
    expect((await sql`select from video.segments where segment_id = ${made[0]?.segmentId} and evidence.is_held(camera_id, from_at, until_at)`.execute(db())).rows).toHaveLength(1);
    await room.get(administrator, contract.emptyStorage, { params: { storageId: from }, body: { reason: '磁盘老化' } });
    await desk.heard();
    expect(desk.config()?.storages.find((one) => one.storageId === from)?.closing).toBe(true);
    expect((await room.ask(administrator, contract.retireStorage, { params: { storageId: from }, body: { reason: '磁盘老化' } })).body['code']).toBe('storage.just_begun');
    room.clock.step(5 * minuteMs);
    expect((await room.ask(administrator, contract.retireStorage, { params: { storageId: from }, body: { reason: '磁盘老化' } })).body['code']).toBe('storage.not_empty');
    await moves();
    // Between the copy and its row both files are known to fsck.
    expect((await footageCheck.garbageFiles(db())).filter((one) => one.path === made[0]?.path).length).toBeGreaterThan(0);
    await desk.heard();
    await moves();
    await desk.heard();
    for (const [i, { segmentId, path }] of made.entries()) {
      const now = (await whereIs(segmentId)) ?? '';
      expect(now).not.toBe(from);
      expect(readFileSync(fileOf(now, path)).equals(Buffer.alloc(1_000 + i, i + 1))).toBe(true);
      expect(existsSync(join(folder('disk-old'), path))).toBe(false);
    }
    expect((await footageCheck.garbageFiles(db()))).toEqual([]);
    expect((await room.facts('video.footage_moved')).at(-1)?.body).toMatchObject({ count: 3, failed: [] });
    await room.get(administrator, contract.retireStorage, { params: { storageId: from }, body: { reason: '磁盘老化' } });
    await desk.heard();
    expect(desk.config()?.storages.map((one) => one.storageId)).not.toContain(from);
    expect(await rowOf(from)).toMatchObject({ state: 'retired' });
    expect((await room.facts('video.storage_retired')).at(-1)?.body).toMatchObject({ storage: folder('disk-old') });
  });

  test('what cannot be copied keeps the storage from being taken out of use, and is counted; what was deleted meanwhile leaves no copy', async () => {
    const from = await addOne('disk-odd');
    const [gone, late] = [desk.record(cameras[0] ?? '', from, room.clock.now() - 20 * minuteMs), desk.record(cameras[0] ?? '', from, room.clock.now() - 200 * dayMs)];
    await desk.heard();
    rmSync(join(folder('disk-odd'), gone.path));
    await room.get(administrator, contract.emptyStorage, { params: { storageId: from }, body: { reason: '换盘' } });
    await desk.heard();
    desk.obeys = false;
    await moves();
    desk.obeys = true;
    // Its time is over while it is on its way: the row goes, the copy comes afterwards.
    await room.whole.runJob('video.retention');
    await desk.heard();
    const target = desk.moved.findLast((one) => one.segmentId === late.segmentId)?.storageId ?? '';
    const place = fileOf(target, late.path);
    mkdirSync(join(place, '..'), { recursive: true });
    writeFileSync(place, 'copy');
    desk.tell([{ kind: 'segment_moved', segmentId: late.segmentId, fromStorageId: from, storageId: target, path: late.path, outcome: 'moved', detail: '' }]);
    desk.tell([{ kind: 'segment_moved', segmentId: gone.segmentId, fromStorageId: from, storageId: target, path: gone.path, outcome: 'missing', detail: '' }]);
    await desk.heard();
    await moves();
    await desk.heard();
    expect(existsSync(place)).toBe(false);
    expect(await whereIs(late.segmentId)).toBeUndefined();
    expect(await rowOf(from)).toMatchObject({ segments: 1, stuck: 1 });
    room.clock.step(5 * minuteMs);
    expect((await room.ask(administrator, contract.retireStorage, { params: { storageId: from }, body: { reason: '换盘' } })).body['code']).toBe('storage.not_empty');
    await room.get(administrator, contract.keepStorage, { params: { storageId: from } });
    await sql`delete from video.segments where segment_id = ${gone.segmentId}`.execute(db());
  });
});

describe('forecast', () => {
  test('[TEN-6.1 RETENTION] a forecast below the days that footage must be kept raises an alarm; enough storage ends it', async () => {
    await clean();
    const perMinute = 100_000_000;
    for (const cameraId of cameras) for (let i = 0; i < 12; i += 1) desk.record(cameraId, first, room.clock.now() - hourMs + i * minuteMs, { sizeBytes: perMinute });
    for (const { storageId } of desk.config()?.storages ?? []) desk.disk(storageId, { freeBytes: 200 * gigabyte, totalBytes: 400 * gigabyte });
    await desk.heard();
    await room.whole.runJob('video.storage_forecast');
    const { forecast } = await screen(technician);
    // 144 GB a day and camera: three storages on one file system count once.
    expect(forecast).toMatchObject({ enough: false, requiredDays: 90, measured: true });
    expect(forecast?.days).toBeLessThan(1);
    expect(forecast?.shortInDays).toBe(1);
    expect(await alarm('video.storage_short')).toMatchObject({ clearedAt: null });
    expect((await room.facts('video.storage_short')).length).toBe(1);
    await room.whole.runJob('video.storage_forecast');
    expect((await room.facts('video.storage_short')).length).toBe(1);
    for (const { storageId } of desk.config()?.storages ?? []) desk.disk(storageId, { freeBytes: 90_000 * gigabyte, totalBytes: 100_000 * gigabyte });
    await desk.heard();
    room.clock.step(11 * minuteMs);
    await room.whole.runJob('video.storage_forecast');
    expect((await room.facts('video.storage_enough')).length).toBe(1);
    expect((await alarm('video.storage_short'))?.clearedAt ?? 0).toBeGreaterThan(0);
  });

  test('each camera shows its days with the reason', async () => {
    const { cameras: kept } = await screen(technician);
    expect(kept.length).toBe(cameras.length);
    for (const one of kept) expect(one).toMatchObject({ termDays: 90, keptDays: 90, why: { zh: expect.stringContaining('90') } });
    await sql`update video.cameras set retention_days = 120 where camera_id = ${cameras[0]}`.execute(db());
    expect((await screen()).cameras.find((one) => one.cameraId === cameras[0])).toMatchObject({ keptDays: 120, termDays: 90, why: { zh: expect.stringContaining('120') } });
  });
});

describe('verification', () => {
  const verify = async (): Promise<void> => {
    room.clock.step(minuteMs);
    await desk.heard();
    await room.whole.runJob('video.verify_footage');
  };
  const cycle = async (): Promise<void> => {
    for (let i = 0; i < 6; i += 1) await verify();
  };
  const report = (from: number) => room.get(technician, contract.storageReport, { query: { from, until: room.clock.now() + 1 } });

  test('[SCH-2.7.2 RETENTION] the report of the month names every altered, missing and early-deleted segment, and is whole when there is none', async () => {
    await clean();
    const since = room.clock.now();
    const [good, bad, gone] = [desk.record(cameras[0] ?? '', first, since - 3 * hourMs), desk.record(cameras[0] ?? '', first, since - 2 * hourMs), desk.record(cameras[1] ?? '', first, since - hourMs - 30 * minuteMs)];
    await desk.heard();
    expect((await report(since)).whole).toBe(false); // nobody has looked
    await cycle();
    expect(await report(since)).toMatchObject({ whole: true, named: [], cycles: [{ found: 0 }] });
    const flipped = readFileSync(fileOf(first, bad.path));
    flipped[3] = (flipped[3] ?? 0) ^ 1;
    writeFileSync(fileOf(first, bad.path), flipped);
    rmSync(fileOf(first, gone.path));
    room.clock.step(31 * dayMs);
    await cycle();
    const { named, whole } = await report(since);
    expect(whole).toBe(false);
    expect(named.map((one) => [one.what.zh, one.from])).toEqual(expect.arrayContaining([['内容被改动', since - 2 * hourMs], ['文件缺失', since - hourMs - 30 * minuteMs]]));
    expect(named).toHaveLength(2);
    expect(await alarm('video.footage_damaged')).toBeDefined();
    expect((await room.facts('video.footage_damaged')).map((fact) => fact.body['segmentId']).sort()).toEqual([bad.segmentId, gone.segmentId].sort());
    // What a full disk took before its time is named as well.
    desk.disk(first, { freeBytes: 0 });
    await desk.heard();
    room.clock.step(minuteMs);
    await room.whole.runJob('video.make_room');
    expect((await report(since)).named.filter((one) => one.what.zh.includes('未到保存期限')).length).toBeGreaterThan(0);
    expect(await whereIs(good.segmentId)).toBeUndefined();
    desk.disk(first, { freeBytes: 1_000 * gigabyte });
  });

  /** Footage of which one bit turned after it was recorded, and a whole cycle that looked at it. */
  const altered = async () => {
    await clean();
    const from = room.clock.now() - 3 * hourMs;
    const [whole, bad] = [desk.record(cameras[0] ?? '', first, from), desk.record(cameras[1] ?? '', first, from + 10 * minuteMs)];
    await desk.heard();
    const bytes = readFileSync(fileOf(first, bad.path));
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    writeFileSync(fileOf(first, bad.path), bytes);
    const since = room.clock.now();
    room.clock.step(31 * dayMs);
    await cycle();
    return { whole, bad, from: from + 10 * minuteMs, named: (await report(since)).named };
  };
  const nameOf = async (cameraId: string | undefined): Promise<string> => (await screen(technician)).cameras.find((one) => one.cameraId === cameraId)?.camera ?? 'no camera';

  test('[SCH-2.7.3 INTEGRITY] one changed byte names its camera and its time with an alarm, and nothing in the product changes footage', async () => {
    const { bad, from, named } = await altered();
    const camera = await nameOf(cameras[1]);
    expect(named.map((one) => [one.camera, one.from, one.until, one.what.zh])).toEqual([[camera, from, from + minuteMs, '内容被改动']]);
    const { alarms } = await room.get(staff.operator, listAlarms);
    expect(alarms.filter(({ kind, subject }) => kind === 'video.footage_damaged' && subject === bad.segmentId).map(({ sentence }) => sentence.zh)).toEqual([expect.stringContaining(camera)]);
    // No call takes the bytes of footage, or of what is known about it, but by reading; what is put back from its copy are the bytes that were recorded.
    const writing = room.whole.room.routes.filter(({ endpoint }) => endpoint.method !== 'GET' && /segment|media/.test(endpoint.path)).map(({ endpoint }) => endpoint.path);
    expect(writing.filter((path) => path !== '/api/backup/restored/:segmentId')).toEqual([]);
    const url = `/api/video/playbacks/pbk_x/segments/${bad.segmentId}/media`;
    for (const method of ['PUT', 'PATCH', 'POST', 'DELETE'] as const) expect((await room.whole.app.inject({ method, url, headers: { host: '127.0.0.1' }, payload: 'other' })).statusCode).toBe(404);
    await expect(sql`update video.segments set sha256 = sha256 where segment_id = ${bad.segmentId}`.execute(db())).rejects.toThrow(/permission denied/);
    await expect(sql`update video.segments set from_at = from_at where segment_id = ${bad.segmentId}`.execute(db())).rejects.toThrow(/permission denied/);
  });

  test('[COR-2.1.4 INTEGRITY] a segment that was altered is found by verification, and one that is whole is not', async () => {
    const { whole, bad } = await altered();
    const found = (await screen()).verification.damaged.map((one) => one.segmentId);
    expect(found).toContain(bad.segmentId);
    expect(found).not.toContain(whole.segmentId);
  });

  test('a storage that is away accuses nobody; a file that is whole again is cleared; the next cycle waits for its time', async () => {
    await desk.heard();
    await clean();
    const one = desk.record(cameras[0] ?? '', first, room.clock.now() - 3 * hourMs);
    await desk.heard();
    room.clock.step(31 * dayMs);
    desk.disk(first, { usable: false, reason: 'missing' });
    await cycle();
    const before = (await room.facts('video.footage_damaged')).length;
    const bytes = readFileSync(fileOf(first, one.path));
    rmSync(fileOf(first, one.path));
    await cycle();
    expect((await room.facts('video.footage_damaged')).length).toBe(before);
    desk.disk(first, { usable: true, reason: '' });
    await cycle();
    expect((await room.facts('video.footage_damaged')).length).toBe(before); // the cycle is over
    room.clock.step(31 * dayMs);
    await cycle();
    expect((await room.facts('video.footage_damaged')).length).toBe(before + 1);
    const named = async () => (await screen()).verification.damaged.map((found) => found.segmentId);
    expect(await named()).toContain(one.segmentId);
    writeFileSync(fileOf(first, one.path), bytes);
    room.clock.step(31 * dayMs);
    await cycle();
    expect(await named()).not.toContain(one.segmentId);
  });
});
