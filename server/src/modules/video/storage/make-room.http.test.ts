/** A full disk in a real room with its real database: what goes, in which order, what never goes, and what is said about it. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listAlarms } from '../../../../../contract/notifications.ts';
import { changeParameter } from '../../../../../contract/parameters.ts';
import { seeded } from '../../../../../formats/evidence-bundle/testing/sample.ts';
import { dayMs, hourMs, minuteMs } from '../../../base/units.ts';
import { openFootageRoom, staff, type FootageRoom } from '../../evidence/testing/footage-room.ts';
import { bytesToFree } from './make-room.ts';
import { openRecorderDesk, type RecorderDesk } from './testing/recorder-desk.ts';

const gigabyte = 1e9;
/** Half of freeBytesWarn, and a quarter more: what is freed to when a disk is empty of room. */
const target = 0.5 * 5 * 1_073_741_824 * 1.25;

let room: FootageRoom;
let desk: RecorderDesk;
let storageId: string;
let cameras: readonly string[];

beforeAll(async () => {
  room = await openFootageRoom();
  await sql`delete from video.segments`.execute(room.whole.database.db);
  await sql`update video.recorders set journal_seq = 0`.execute(room.whole.database.db);
  desk = await openRecorderDesk(room.whole, room.clock);
  storageId = desk.config()?.storages[0]?.storageId ?? '';
  cameras = room.cameraIds;
});
afterAll(async () => {
  await desk.close();
  await room.whole.close();
});

const rows = async (): Promise<{ segmentId: string; from: number }[]> => (await sql<{ segmentId: string; from: number }>`select segment_id as "segmentId", from_at as "from" from video.segments order by from_at, segment_id`.execute(room.whole.database.db)).rows;
const makeRoom = () => room.whole.runJob('video.make_room');
/** The disk as the recorder finds it, in time for what was deleted before to show. */
const diskHas = async (freeBytes: number): Promise<void> => {
  desk.disk(storageId, { freeBytes });
  room.clock.step(minuteMs);
  await desk.heard();
};
const record = (cameraId: string, age: number, sizeBytes = gigabyte): string => desk.record(cameraId, storageId, room.clock.now() - age, { sizeBytes }).segmentId;
const decided = async () => (await room.facts('video.deletion_decided')).map(({ body }) => ({ reason: body['reason'], ids: (body['segments'] as { segmentId: string }[]).map((one) => one.segmentId) }));

const setRule = async (name: string, value: string): Promise<void> => {
  const { approvalId } = await room.get(staff.leader, changeParameter, { body: { name, value, roomId: null, from: null, reason: '试' } });
  await room.agree(approvalId, staff.security, staff.manager);
};

beforeEach(async () => {
  room.rest();
  await diskHas(1_000 * gigabyte);
  await sql`delete from video.segments where not evidence.is_held(camera_id, from_at, until_at)`.execute(room.whole.database.db);
});

test('nothing goes while there is room; below the reserve it is made up to a quarter more', () => {
  expect(bytesToFree(10, 8, 0)).toBe(0);
  expect(bytesToFree(4, 8, 0)).toBe(0);
  expect(bytesToFree(3, 8, 0)).toBe(2);
  // What comes in two minutes counts besides.
  expect(bytesToFree(100, 8, 1)).toBe(55);
});

describe('a full disk', () => {
  test('the oldest footage past its term goes first, as much as is needed, and its files with it', async () => {
    const old = [120, 100, 95].map((days) => record(cameras[0] ?? '', days * dayMs));
    const young = record(cameras[1] ?? '', 2 * hourMs);
    await diskHas(target - 1.5 * gigabyte);
    expect((await rows()).length).toBe(4);
    desk.deleted.length = 0;
    await sql`update video.cameras set retention_days = 400`.execute(room.whole.database.db);
    await makeRoom();
    expect((await decided()).at(-1)).toEqual({ reason: 'space', ids: old.slice(0, 2) });
    expect((await rows()).map((one) => one.segmentId)).toEqual([old[2], young]);
    expect(desk.deleted.map((one) => one.segmentId)).toEqual(old.slice(0, 2));
    await desk.heard();
    expect((await sql`select from video.garbage`.execute(room.whole.database.db)).rows).toEqual([]);
    // Enough was past its term: nothing was early.
    expect(await room.facts('video.retention_breached')).toEqual([]);
  });

  test('below its term footage goes only when nothing else is left, the oldest first, as a breach that is named and rings', async () => {
    const past = record(cameras[0] ?? '', 100 * dayMs);
    const [older, newer] = [record(cameras[1] ?? '', 40 * dayMs), record(cameras[0] ?? '', 3 * dayMs)];
    await diskHas(target - 1.5 * gigabyte);
    await makeRoom();
    expect((await decided()).slice(-2)).toEqual([{ reason: 'space', ids: [past] }, { reason: 'space_below_term', ids: [older] }]);
    expect((await rows()).map((one) => one.segmentId)).toEqual([newer]);
    const [breach] = (await room.facts('video.retention_breached')).slice(-1);
    expect(breach?.body).toMatchObject({ count: 1, cameras: [{ cameraId: cameras[1], requiredDays: 90 }] });
    const { alarms } = await room.get(staff.operator, listAlarms);
    expect(alarms.find((one) => one.kind === 'video.retention_breached')).toMatchObject({ severity: 'major' });
  });

  test('what is still on its way out counts: a second look deletes nothing more', async () => {
    const ids = [120, 110, 100].map((days) => record(cameras[0] ?? '', days * dayMs));
    await sql`update video.cameras set retention_days = 400`.execute(room.whole.database.db);
    await diskHas(target - 0.9 * gigabyte);
    desk.obeys = false;
    await makeRoom();
    await makeRoom();
    expect((await rows()).map((one) => one.segmentId)).toEqual(ids.slice(1));
    desk.obeys = true;
    room.clock.step(11 * minuteMs);
    await room.whole.runJob('video.retention');
    await desk.heard();
    expect((await sql`select from video.garbage`.execute(room.whole.database.db)).rows).toEqual([]);
  });

  test('by the rule of the site it stops instead: nothing within its term goes, and that rings', async () => {
    await setRule('disk_full_rule', 'stop_recording');
    expect((await room.rule('disk_full_rule')).value).toBe('stop_recording');
    const [past, young] = [record(cameras[0] ?? '', 100 * dayMs), record(cameras[0] ?? '', 40 * dayMs)];
    await diskHas(0);
    await makeRoom();
    expect((await rows()).map((one) => one.segmentId)).toEqual([young]);
    expect((await decided()).at(-1)).toEqual({ reason: 'space', ids: [past] });
    await diskHas(0);
    await makeRoom();
    expect((await rows()).map((one) => one.segmentId)).toEqual([young]);
    expect(await room.facts('video.room_refused')).toHaveLength(1);
    const { alarms } = await room.get(staff.operator, listAlarms);
    expect(alarms.find((one) => one.kind === 'video.room_refused')).toMatchObject({ severity: 'major' });
    await setRule('disk_full_rule', 'delete_oldest');
  });
});

describe('whatever is on the disk, held or not', () => {
  let [heldAtAll, goneAtAll] = [0, 0];
  /** The rule in its own words, over all there is. */
  const expected = (all: readonly { id: string; age: number; size: number; held: boolean }[], bytes: number): string[] => {
    const oldestFirst = [...all].filter((one) => !one.held && one.age > hourMs).sort((a, b) => b.age - a.age);
    const gone: string[] = [];
    let sum = 0;
    for (const part of [oldestFirst.filter((one) => one.age > 90 * dayMs), oldestFirst.filter((one) => one.age <= 90 * dayMs)]) {
      for (const one of part) {
        if (sum >= bytes) break;
        sum += one.size;
        gone.push(one.id);
      }
    }
    return gone.sort();
  };

  test.each([11, 12, 13, 14, 15, 16])('held footage stays, and what goes is the oldest there is to go (seed %d)', async (seed) => {
    const random = seeded(seed);
    const { db } = room.whole.database;
    const made = Array.from({ length: 12 }, () => {
      const age = ([2 * hourMs, 20 * dayMs, 80 * dayMs, 100 * dayMs, 10 * minuteMs][random(5)] ?? 0) + random(dayMs);
      const cameraId = cameras[random(2)] ?? '';
      return { id: record(cameraId, age, ((1 + random(4)) * gigabyte) / 4), cameraId, at: room.clock.now() - age };
    });
    await desk.heard();
    // Held as a request for footage holds it, those of earlier courses too.
    for (const one of made) if (random(3) === 0) await room.askFor({ cameraIds: [one.cameraId], from: one.at + 1_000, until: one.at + 2_000 });
    await diskHas((random(4) * gigabyte) / 2);
    const now = room.clock.now();
    const all = (await sql<{ id: string; until: number; size: number; held: boolean }>`
      select segment_id as id, until_at as "until", size_bytes as size, evidence.is_held(camera_id, from_at, until_at) as held from video.segments`.execute(db)).rows.map((row) => ({ ...row, age: now - row.until }));
    const need = bytesToFree(room.whole.room.video.status()?.storages[0]?.freeBytes ?? 0, 5 * 1_073_741_824, 0);
    await makeRoom();
    const left = new Set((await rows()).map((one) => one.segmentId));
    const gone = all.filter(({ id }) => !left.has(id));
    expect(gone.filter((one) => one.held)).toEqual([]);
    expect(gone.map(({ id }) => id).sort()).toEqual(need === 0 ? [] : expected(all, need));
    heldAtAll += all.filter((one) => one.held).length;
    goneAtAll += gone.length;
  });

  test('the courses were worth it: footage was held and footage went', () => {
    expect(heldAtAll).toBeGreaterThan(5);
    expect(goneAtAll).toBeGreaterThan(5);
  });
});
