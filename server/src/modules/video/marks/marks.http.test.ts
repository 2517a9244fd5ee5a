/** Marks, snapshots and what is written to them, through the whole room. */
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as duty from '../../../../../contract/duty.ts';
import { listFacts } from '../../../../../contract/ledger.ts';
import * as video from '../../../../../contract/video.ts';
import * as contract from '../../../../../contract/wall.ts';
import { openWholeRoom, type WholeRoom } from '../../../app/testing/whole-room.ts';

const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==';
let house: WholeRoom;
let operator: string;
let auditor: string;
let camera: { cameraId: string; name: string };
beforeAll(async () => {
  house = await openWholeRoom();
  operator = await house.signIn('duty_operator');
  auditor = await house.signIn('auditor');
  const [first] = (await house.get(operator, video.listCameras)).cameras;
  if (first === undefined) throw new Error('the demonstration has no camera');
  camera = first;
});
afterAll(() => house.close());

const facts = async (kind: string) => (await house.get(auditor, listFacts, { query: { kind } })).facts.map(({ body }) => body);
const log = async () => (await house.get(operator, duty.entries)).entries;
const snap = (note = '', frameAt = Date.now()) => house.get(operator, video.takeSnapshot, { body: { cameraId: camera.cameraId, frameAt, source: 'live', note, picture } });
const mark = (kind: 'bookmark' | 'suspicious', frameAt: number, note = '') => house.ask(operator, contract.makeBookmark, { body: { cameraId: camera.cameraId, frameAt, kind, note, source: 'live' } });

test('[BRN-8.2 SNAP] a snapshot is kept with camera, time, operator and hash within a second, with the footage around it, and stands in the duty log', async () => {
  const frameAt = Date.now() - 500;
  const taken = await snap('', frameAt);
  expect(taken).toMatchObject({ cameraId: camera.cameraId, frameAt, note: '', notes: [], sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(taken.takenAt - frameAt).toBeLessThan(1_500);
  expect(taken.takenBy).not.toBe('');
  const [listed] = (await house.get(operator, video.listSnapshots, { query: {} })).snapshots;
  expect(listed).toMatchObject({ snapshotId: taken.snapshotId, sha256: taken.sha256, clip: { from: frameAt - 10_000, until: frameAt + 10_000 } });
  expect((await facts('video.snapshot_taken')).at(-1)).toMatchObject({ snapshotId: taken.snapshotId, frameAt, sha256: taken.sha256, clipFrom: frameAt - 10_000 });
  expect((await log()).find(({ subject }) => subject === taken.snapshotId)).toMatchObject({ eventAt: frameAt, text: { zh: expect.stringContaining(taken.sha256.slice(0, 12)) } });
});

test('a snapshot cannot be altered by anybody, only annotated; what was written stays too, is a fact and stands in the log', async () => {
  const { snapshotId } = await snap();
  await house.get(operator, contract.annotateSnapshot, { params: { snapshotId }, body: { note: '男子徘徊' } });
  await house.get(operator, contract.annotateSnapshot, { params: { snapshotId }, body: { note: '已离开' } });
  const listed = (await house.get(operator, video.listSnapshots, { query: {} })).snapshots.find((one) => one.snapshotId === snapshotId);
  expect(listed).toMatchObject({ note: '', notes: [{ note: '男子徘徊' }, { note: '已离开' }] });
  expect((await facts('video.snapshot_annotated')).map(({ note }) => note)).toEqual(expect.arrayContaining(['男子徘徊', '已离开']));
  expect((await log()).some(({ subject, text, source }) => subject === snapshotId && source === 'person' && text.zh.includes('男子徘徊'))).toBe(true);
  // Not even the owner of the database.
  const owner = new pg.Client({ connectionString: house.adminUrl });
  await owner.connect();
  for (const statement of ["update video.snapshots set note = 'x'", 'delete from video.snapshots', "update video.snapshot_notes set note = 'x'", 'delete from video.snapshot_notes', "update video.snapshot_clips set until_at = now() + interval '1 day'"]) {
    await expect(owner.query(statement), statement).rejects.toMatchObject({ code: '42501' });
  }
  await owner.end();
  const elsewhere = await house.ask(operator, contract.annotateSnapshot, { params: { snapshotId: 'snp_00000000000000000000000000' }, body: { note: 'x' } });
  expect(elsewhere.body['code']).toBe('video.snapshot_unknown');
});

test('[BRN-8.3 SNAP] a snapshot without a note blocks the closing of the shift until it is annotated', async () => {
  const { snapshotId } = await snap();
  const bare = async () => JSON.stringify((await house.get(operator, duty.duty)).missing).includes('的抓拍没有说明');
  for (const { snapshotId: other, notes } of (await house.get(operator, video.listSnapshots, { query: {} })).snapshots)
    if (other !== snapshotId && notes.length === 0) await house.get(operator, contract.annotateSnapshot, { params: { snapshotId: other }, body: { note: '无异常' } });
  expect(await bare()).toBe(true);
  expect(String((await house.ask(operator, duty.closeShift, { body: { remark: '' } })).body['zh'])).toContain('的抓拍没有说明');
  await house.get(operator, contract.annotateSnapshot, { params: { snapshotId }, body: { note: '误按' } });
  expect(await bare()).toBe(false);
});

test('[RES-4.2.2 SNAP] a suspicious mark is a record with camera and time, and a line of the duty log', async () => {
  const frameAt = Date.now() - 3_000;
  expect((await mark('suspicious', frameAt, '翻越围栏')).status).toBe(200);
  expect((await facts('video.bookmark_made')).at(-1)).toMatchObject({ cameraId: camera.cameraId, frameAt, kind: 'suspicious', note: '翻越围栏' });
  expect((await log()).find(({ text }) => text.zh.includes('翻越围栏'))).toMatchObject({ eventAt: frameAt, cameraId: camera.cameraId, source: 'person' });
});

test('a bookmark is found by camera and time; it is struck with a reason, by its maker or a leader, and no line of the log comes of it', async () => {
  const frameAt = Date.now() - 60_000;
  const made = await mark('bookmark', frameAt, '红色轿车');
  const bookmarkId = String(made.body['bookmarkId']);
  const find = async () => (await house.get(operator, contract.listBookmarks, { query: { cameraId: camera.cameraId, from: frameAt - 1, until: frameAt + 1 } })).bookmarks;
  expect(await find()).toMatchObject([{ bookmarkId, note: '红色轿车', cameraName: camera.name }]);
  expect((await log()).some(({ text }) => text.zh.includes('红色轿车'))).toBe(false);
  const byOther = await house.ask(await house.signIn('monitor'), contract.strikeBookmark, { params: { bookmarkId }, body: { reason: '看错' } });
  expect(byOther.status).toBe(403);
  expect((await house.ask(operator, contract.strikeBookmark, { params: { bookmarkId }, body: { reason: '看错' } })).status).toBe(200);
  expect(await find()).toEqual([]);
  expect(await facts('video.bookmark_struck')).toMatchObject([{ bookmarkId, reason: '看错' }]);
  expect((await house.ask(operator, contract.strikeBookmark, { params: { bookmarkId }, body: { reason: '看错' } })).body['code']).toBe('marks.bookmark_unknown');
  expect((await mark('bookmark', Date.now() + 600_000)).body['code']).toBe('video.frame_time_wrong');
});
