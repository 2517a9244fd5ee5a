/** The overview of a room through the whole server; the recorder's journal is handed in as rows. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '../../../../contract/video.ts';
import { openWholeRoom, type WholeRoom } from '../../app/testing/whole-room.ts';
import { newId } from '../../base/ids.ts';
import { ManualClock } from '../../base/manual-clock.ts';
import { dayMs, hourMs } from '../../base/units.ts';
import { at } from '../../platform/postgres/db.ts';
import type { VideoTables } from './tables.ts';

const now = Date.parse('2026-11-22T02:47:00Z');
const clock = new ManualClock(now);
let house: WholeRoom;
let operator: string;

beforeAll(async () => {
  house = await openWholeRoom({ clock });
  operator = await house.signIn('duty_operator');
});
afterAll(() => house.close());

test('three days of footage with one gap are two spans, of every camera of the room, none of which is opened for it', async () => {
  const { cameras } = await house.get(operator, contract.listCameras);
  const cameraId = cameras[0]!.cameraId;
  const db = house.database.db.$extendTables<VideoTables>();
  const { storage_id } = await db.selectFrom('video.storages').select('storage_id').executeTakeFirstOrThrow();
  const from = now - 3 * dayMs;
  const hours = Array.from({ length: 72 }, (_, n) => from + n * hourMs).filter((_, n) => n !== 30);
  await db.insertInto('video.segments').values(hours.map((since, n) => ({
    segment_id: newId('seg', clock), camera_id: cameraId, storage_id, path: `${cameraId}/${n}.mp4`, from_at: at(since), until_at: at(since + hourMs), size_bytes: 1, sha256: Buffer.alloc(32), frames: 1, key_frames: 1,
    codec: 'avc1.640028', width: 1, height: 1, run_id: newId('run', clock), camera_clock_offset_ms: null, packets_lost: 0, recovered: false,
  }))).execute();
  await db.insertInto('video.gaps').values({ gap_id: newId('gap', clock), camera_id: cameraId, from_at: at(from + 30 * hourMs), until_at: at(from + 31 * hourMs), reason: 'network', detail: '', alarmed_at: null }).execute();
  const overview = await house.get(operator, contract.roomTimeline, { query: { from: now - 30 * dayMs, until: now } });
  expect(overview.cameras.map((one) => one.cameraId)).toEqual(cameras.map((one) => one.cameraId));
  expect(overview.cameras[0]).toEqual({
    cameraId, footage: [{ from, until: from + 30 * hourMs }, { from: from + 31 * hourMs, until: now }], gaps: [{ from: from + 30 * hourMs, until: from + 31 * hourMs, reason: 'network' }],
  });
  expect(overview.cameras[1]).toMatchObject({ footage: [], gaps: [] });
});

test('more than a month is refused, and so is who may see no footage', async () => {
  expect(await house.ask(operator, contract.roomTimeline, { query: { from: now - 32 * dayMs, until: now } })).toMatchObject({ status: 400, body: { code: 'video.span_wrong' } });
  expect((await house.ask(null, contract.roomTimeline, { query: { from: now - dayMs, until: now } })).status).toBe(401);
});
