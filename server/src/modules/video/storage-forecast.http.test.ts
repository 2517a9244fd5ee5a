/** The forecast of the storage through a real recorder: on the screen's answer, in the figures, and from the footage that was measured. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { health, metrics } from '../../../../contract/system.ts';
import { listCameras } from '../../../../contract/video.ts';
import { openWholeRoom, until, type WholeRoom } from '../../app/testing/whole-room.ts';
import { footageBytes, footageRates } from './footage-store.ts';
import type { VideoTables } from './tables.ts';

/** No disk of a test machine holds four cameras for so long. */
const requiredDays = 3_000_000;
/** The rows alone. */
const noTerms = { byRoom: new Map() };
let house: WholeRoom;

beforeAll(async () => {
  house = await openWholeRoom({ cameras: true, recording: { retentionDays: requiredDays, retentionFloorDays: requiredDays, segmentSeconds: 10 } });
});
afterAll(() => house.close());

const figure = (text: string, name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);

test('footage that the storage cannot hold for its days is foretold to people and in the figures', async () => {
  const operator = await house.signIn('duty_operator');
  const technician = await house.signIn('technician');
  const keeps = await until('a forecast', async () => (await house.get(operator, health)).keeps, 60_000);
  expect(keeps).toMatchObject({ requiredDays, enough: false });
  expect(keeps.days).toBeGreaterThan(0);
  expect(keeps.days).toBeLessThan(requiredDays);
  const text = (await house.ask(technician, metrics)).bytes.toString();
  expect(figure(text, 'vigil_storage_days')).toBeCloseTo(keeps.days, 3);
  expect(figure(text, 'vigil_storage_days_required')).toBe(requiredDays);
}, 90_000);

test('what was recorded is counted by camera, in bytes and in time, and by storage', async () => {
  const { db } = house.database;
  const rows = await until('segments of four cameras', async () => {
    const segments = await db.$extendTables<VideoTables>().selectFrom('video.segments').selectAll().execute();
    return new Set(segments.map((one) => one.camera_id)).size === 4 ? segments : null;
  }, 60_000);
  const { cameras } = await house.get(await house.signIn('duty_operator'), listCameras);
  // So that nothing is added meanwhile.
  await house.recorder.kill();
  await house.room.video.stop();
  const all = await db.$extendTables<VideoTables>().selectFrom('video.segments').selectAll().execute();
  expect(all.length).toBeGreaterThanOrEqual(rows.length);
  const rates = await footageRates(db, noTerms, 0);
  expect(rates.map((rate) => rate.cameraId).toSorted()).toEqual(cameras.map((camera) => camera.cameraId).toSorted());
  for (const rate of rates) {
    const own = all.filter((one) => one.camera_id === rate.cameraId);
    expect(rate).toMatchObject({ days: requiredDays, sizeBytes: own.reduce((sum, one) => sum + one.size_bytes, 0), coveredMs: own.reduce((sum, one) => sum + one.until_at - one.from_at, 0) });
  }
  expect(await footageBytes(db, [all[0]?.storage_id ?? ''])).toBe(all.reduce((sum, one) => sum + one.size_bytes, 0));
  expect((await footageRates(db, noTerms, Date.now() + 60_000)).every((rate) => rate.sizeBytes === 0)).toBe(true);
}, 90_000);
