/** Cameras, journal, playback bounds and snapshots through the whole server, without a recorder process: its journal is handed in. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as contract from '../../../../contract/video.ts';
import type { JournalEntry } from '../../../../contract/recorder.ts';
import { newId, type CameraId } from '../../base/ids.ts';
import { ManualClock } from '../../base/manual-clock.ts';
import { openWholeRoom, type WholeRoom } from '../../app/testing/whole-room.ts';
import { dayMs, minuteMs } from '../../base/units.ts';
import { createSealer } from '../../platform/secrets/sealer.ts';
import { openAddress } from './camera-address.ts';
import type { VideoTables } from './tables.ts';

const start = Date.parse('2026-11-22T02:47:00Z');
const clock = new ManualClock(start);
let house: WholeRoom;
let operator: string;
let administrator: string;

beforeAll(async () => {
  house = await openWholeRoom({ clock });
  operator = await house.signIn('duty_operator');
  administrator = await house.signIn('system_administrator');
});
afterAll(() => house.close());

const factsOf = async (kind: string): Promise<Record<string, unknown>[]> => {
  const auditor = await house.signIn('auditor');
  const { listFacts } = await import('../../../../contract/ledger.ts');
  const page = await house.get(auditor, listFacts, { query: { kind } });
  return page.facts.map((fact) => fact.body);
};

/** What the recorder would be told. */
const wantedAddress = async (cameraId: string): Promise<string> => {
  const sealer = createSealer(join(house.dataFolder, 'keys', 'cameras.key'));
  const row = await house.database.db.$extendTables<VideoTables>().selectFrom('video.cameras').select(['shown_url', 'address_sealed']).where('camera_id', '=', cameraId).executeTakeFirstOrThrow();
  return openAddress(sealer, { cameraId: cameraId as CameraId, shownUrl: row.shown_url, addressSealed: row.address_sealed });
};

const cameras = async () => (await house.get(operator, contract.listCameras)).cameras;

describe('cameras', () => {
  test('an administrator adds one by its address; the pasted password is kept apart and never shown', async () => {
    const body = { name: '行包房', url: 'rtsp://admin:Geheim77@192.168.1.64/ch1', username: null, password: null };
    const { cameraId } = await house.get(administrator, contract.addCamera, { body });
    const camera = (await house.get(administrator, contract.listCameras)).cameras.find((one) => one.cameraId === cameraId);
    expect(camera).toMatchObject({ number: 5, name: '行包房', url: 'rtsp://192.168.1.64/ch1', username: 'admin', hasPassword: true });
    const rows = await house.database.db.$extendTables<VideoTables>().selectFrom('video.cameras').selectAll().where('camera_id', '=', cameraId).execute();
    expect(JSON.stringify(rows)).not.toContain('Geheim77');
    expect(rows[0]!.password_sealed!.toString('latin1')).not.toContain('Geheim77');
    expect(JSON.stringify(await factsOf('video.camera_added'))).not.toContain('Geheim77');
  });

  test('a duty operator sees cameras without their addresses', async () => {
    for (const camera of await cameras()) expect(camera).toMatchObject({ url: null, username: null });
  });

  test('two cameras of a room cannot have one number; the refusal names the holder and the field', async () => {
    const body = { name: '西门岗', number: 1, url: 'rtsp://192.168.1.65/ch1', username: null, password: null };
    const answer = await house.ask(administrator, contract.addCamera, { body });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'video.number_taken', zh: expect.stringContaining('东门岗'), fields: [{ path: 'number' }] });
  });

  test('[TEN-7.2 ACCOUNT] retention cannot go below its floor, and only those who manage cameras can change it', async () => {
    const [first] = await cameras();
    const answer = await house.ask(administrator, contract.changeCamera, { params: { cameraId: first!.cameraId }, body: { retentionDays: 7 } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'video.retention_below_floor' } });
    const byOperator = await house.ask(operator, contract.changeCamera, { params: { cameraId: first!.cameraId }, body: { retentionDays: 60 } });
    expect(byOperator.status).toBe(403);
  });

  test('a password that is kept never follows the camera to another address', async () => {
    const body = { name: '配电室', url: 'rtsp://192.168.1.70/ch1', username: 'admin', password: 'Geheim78' };
    const { cameraId } = await house.get(administrator, contract.addCamera, { body });
    const params = { cameraId };
    const elsewhere = await house.ask(administrator, contract.changeCamera, { params, body: { url: 'rtsp://192.168.9.9/ch1' } });
    expect(elsewhere).toMatchObject({ status: 400, body: { code: 'video.password_again', fields: [{ path: 'password' }] } });
    expect((await house.ask(administrator, contract.changeCamera, { params, body: { url: 'rtsp://192.168.1.70/ch2' } })).status).toBe(200);
    expect((await house.ask(administrator, contract.changeCamera, { params, body: { url: 'rtsp://192.168.9.9/ch1', password: 'Other-1' } })).status).toBe(200);
    await house.get(administrator, contract.removeCamera, { params, body: { reason: '测试完毕' } });
  });

  test('a password inside the address stands in no fact and on no screen, and the address sent back as shown stays', async () => {
    const url = 'rtsp://192.168.1.71:554/user=admin_password=Geheim79_channel=1_stream=0.sdp';
    const { cameraId } = await house.get(administrator, contract.addCamera, { body: { name: '后门', url, username: null, password: null } });
    const shown = (await house.get(administrator, contract.listCameras)).cameras.find((one) => one.cameraId === cameraId)!.url!;
    expect(shown).not.toContain('Geheim79');
    await house.get(administrator, contract.changeCamera, { params: { cameraId }, body: { name: '后门岗', url: shown } });
    expect(await wantedAddress(cameraId)).toBe(url);
    expect(JSON.stringify([await factsOf('video.camera_added'), await factsOf('video.camera_changed')])).not.toContain('Geheim79');
    await house.get(administrator, contract.removeCamera, { params: { cameraId }, body: { reason: '测试完毕' } });
  });

  test('ten cameras added at the same moment get ten numbers', async () => {
    const add = (n: number) => house.get(administrator, contract.addCamera, { body: { name: `同时 ${n}`, url: `rtsp://192.168.2.${n}/x`, username: null, password: null } });
    const added = await Promise.all(Array.from({ length: 10 }, (_, n) => add(n + 1)));
    const numbers = (await cameras()).map((one) => one.number);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const { cameraId } of added) await house.get(administrator, contract.removeCamera, { params: { cameraId }, body: { reason: '测试完毕' } });
  });

  test('a moment that no calendar has is refused as input, not as a fault of the machine', async () => {
    const [first] = await cameras();
    const answer = await house.ask(operator, contract.timeline, { params: { cameraId: first!.cameraId }, query: { from: -9e15, until: 9e15 } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'http.input_wrong' } });
  });

  test('[ART-9.1 AUDIT] a duty operator can neither add nor change nor retire a camera, and each try is on record', async () => {
    const [first] = await cameras();
    const params = { cameraId: first!.cameraId };
    const tries = [
      await house.ask(operator, contract.addCamera, { body: { name: 'x', url: 'rtsp://192.168.1.9/x', username: null, password: null } }),
      await house.ask(operator, contract.changeCamera, { params, body: { name: 'x' } }),
      await house.ask(operator, contract.removeCamera, { params, body: { reason: 'x' } }),
    ];
    expect(tries.map((one) => one.status)).toEqual([403, 403, 403]);
    expect((await cameras()).find((one) => one.cameraId === first!.cameraId)!.name).toBe(first!.name);
    expect((await factsOf('identity.denied')).length).toBeGreaterThanOrEqual(3);
  });
});

const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A segment as the recorder would report it, with a file of that content on disk. */
const segmentEntry = async (seq: number, cameraId: string, from: number): Promise<JournalEntry & { kind: 'segment_closed' }> => {
  const { db } = house.database;
  const storage = await db.$extendTables<VideoTables>().selectFrom('video.storages').selectAll().executeTakeFirstOrThrow();
  const segmentId = newId('seg', clock);
  const path = `${cameraId}/2026-11-22/${segmentId}.mp4`;
  const bytes = Buffer.from(`footage ${segmentId}`);
  mkdirSync(dirname(join(storage.path, path)), { recursive: true });
  writeFileSync(join(storage.path, path), bytes);
  return {
    kind: 'segment_closed', seq, at: from + minuteMs, segmentId, cameraId, storageId: storage.storage_id, path, from, until: from + minuteMs, sizeBytes: bytes.length, sha256: sha(bytes),
    frames: 900, keyFrames: 30, codec: 'avc1.640028', width: 1280, height: 720, runId: newId('run', clock), cameraClockOffsetMs: 12.5, packetsLost: 0, recovered: false,
  };
};

describe('the journal of the recorder', () => {
  test('is taken over once, in order, however often it is handed in', async () => {
    const [first] = await cameras();
    const { cameraId } = first!;
    const gapId = newId('gap', clock);
    const entries: JournalEntry[] = [
      await segmentEntry(1, cameraId, start - 5 * minuteMs),
      await segmentEntry(2, cameraId, start - 4 * minuteMs),
      { kind: 'gap_opened', seq: 3, at: start - 3 * minuteMs, gapId, cameraId, from: start - 3 * minuteMs, reason: 'camera_silent', detail: 'nothing for 5 s' },
      { kind: 'gap_alarm', seq: 4, at: start - 3 * minuteMs + 10_000, gapId, cameraId, from: start - 3 * minuteMs, reason: 'camera_silent' },
      { kind: 'gap_closed', seq: 5, at: start - 2 * minuteMs, gapId, cameraId, from: start - 3 * minuteMs, until: start - 2 * minuteMs, reason: 'camera_silent', detail: '' },
    ];
    expect(await house.room.video.takeOver(entries.slice(0, 3))).toBe(3);
    expect(await house.room.video.takeOver(entries)).toBe(5);
    expect(await house.room.video.takeOver(entries)).toBe(5);
    const span = { from: start - 10 * minuteMs, until: start };
    const timeline = await house.get(operator, contract.timeline, { params: { cameraId }, query: span });
    expect(timeline.segments).toHaveLength(2);
    expect(timeline.gaps).toMatchObject([{ gapId, from: start - 3 * minuteMs, until: start - 2 * minuteMs, reason: 'camera_silent' }]);
    const recorded = await factsOf('video.segments_recorded');
    expect(recorded.flatMap((body) => body['segments'])).toHaveLength(2);
    expect(await factsOf('video.gap_alarmed')).toHaveLength(1);
  });

  test('entries that are missing are said to be missing', async () => {
    const [first] = await cameras();
    await house.room.video.takeOver([await segmentEntry(9, first!.cameraId, start - minuteMs)]);
    const notes = await factsOf('video.recorder_noted');
    expect(notes).toContainEqual(expect.objectContaining({ what: 'journal_lost', detail: expect.objectContaining({ zh: '录像流水缺失第 6 至 8 条' }) }));
  });

  test('what a hostile camera says and what no table takes do not stop it; what is set aside is told in full', async () => {
    const [first] = await cameras();
    const { cameraId } = first!;
    const [wild, backwards, after] = [newId('gap', clock), newId('gap', clock), newId('gap', clock)];
    const unknownStorage = { ...(await segmentEntry(11, cameraId, start - 9 * minuteMs)), storageId: newId('sto', clock) };
    const entries: JournalEntry[] = [
      { kind: 'gap_opened', seq: 10, at: start, gapId: wild, cameraId, from: start - 9 * minuteMs, reason: 'camera_refused', detail: `DESCRIBE: 500 \u0000${'x'.repeat(100_000)}\ud800` },
      unknownStorage,
      { kind: 'gap_closed', seq: 12, at: start, gapId: backwards, cameraId, from: start - 8 * minuteMs, until: start - 9 * minuteMs, reason: 'clock_stepped', detail: '' },
      { kind: 'gap_opened', seq: 13, at: start, gapId: after, cameraId, from: start - 7 * minuteMs, reason: 'network', detail: '' },
    ];
    expect(await house.room.video.takeOver(entries)).toBe(13);
    const gaps = await house.database.db.$extendTables<VideoTables>().selectFrom('video.gaps').select(['gap_id', 'detail']).where('gap_id', 'in', [wild, backwards, after]).execute();
    expect(gaps.map((row) => row.gap_id).toSorted()).toEqual([wild, backwards, after].toSorted());
    expect(gaps.every((row) => row.detail.length <= 1_000)).toBe(true);
    const aside = (await factsOf('video.recorder_noted')).filter((fact) => fact['what'] === 'entry_set_aside');
    expect(aside).toHaveLength(1);
    expect(JSON.stringify(aside[0]!['detail'])).toContain(unknownStorage.segmentId);
    expect(await house.room.video.takeOver(entries)).toBe(13);
  });
});

describe('playback', () => {
  const open = async () => {
    const [first] = await cameras();
    const { cameraId } = first!;
    const body = { cameraId, from: start - 5 * minuteMs, until: start - 4 * minuteMs };
    const { playbackId } = await house.get(operator, contract.openPlayback, { body });
    const { segments } = await house.get(operator, contract.timeline, { params: { cameraId }, query: { from: start - 10 * minuteMs, until: start } });
    return { cameraId, playbackId, segments };
  };

  test('opening one is on record with camera and span before a byte is served', async () => {
    const { cameraId, playbackId } = await open();
    expect(await factsOf('video.playback_opened')).toContainEqual({ playbackId, cameraId, camera: '01 东门岗', from: start - 5 * minuteMs, until: start - 4 * minuteMs, grantId: null, basis: { zh: '按岗位职责', en: 'by role' } });
  });

  test('footage outside its span is refused by the server', async () => {
    const { playbackId, segments } = await open();
    const outside = await house.ask(operator, contract.segmentMedia, { params: { playbackId, segmentId: segments[1]!.segmentId } });
    expect(outside).toMatchObject({ status: 403, body: { code: 'video.outside_grant' } });
  });

  test('it belongs to one session: another person cannot use it', async () => {
    const { playbackId, segments } = await open();
    const leader = await house.signIn('shift_leader');
    const answer = await house.ask(leader, contract.segmentMedia, { params: { playbackId, segmentId: segments[0]!.segmentId } });
    expect(answer).toMatchObject({ status: 404, body: { code: 'video.playback_unknown' } });
  });

  test('a closed one gives nothing any more', async () => {
    const { playbackId, segments } = await open();
    await house.get(operator, contract.closePlayback, { params: { playbackId } });
    const answer = await house.ask(operator, contract.segmentIndex, { params: { playbackId, segmentId: segments[0]!.segmentId } });
    expect(answer).toMatchObject({ status: 403, body: { code: 'video.playback_over' } });
  });

  test.each([
    [0, 0],
    [5, -5],
    [0, 25 * 60],
  ])('a span from %d to %d minutes is refused', async (from, until) => {
    const [first] = await cameras();
    const answer = await house.ask(operator, contract.openPlayback, { body: { cameraId: first!.cameraId, from: start + from * minuteMs, until: start + until * minuteMs } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'video.span_wrong' } });
  });

  test('[SEC-4.3 ACCOUNT] administrators see no footage; the reason says so and the try is on record', async () => {
    const [first] = await cameras();
    const answer = await house.ask(administrator, contract.openPlayback, { body: { cameraId: first!.cameraId, from: start - minuteMs, until: start } });
    expect(answer.status).toBe(403);
    expect(answer.body['zh']).toContain('值班员');
    expect(await factsOf('identity.denied')).toContainEqual(expect.objectContaining({ verb: 'video.footage.granted' }));
  });
});

describe('snapshots', () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const take = async (picture: Buffer, frameAt = start - 1_000) => {
    const [first] = await cameras();
    return house.ask(operator, contract.takeSnapshot, { body: { cameraId: first!.cameraId, frameAt, source: 'live', note: '男子徘徊', picture: picture.toString('base64') } });
  };

  test('a picture is kept under its hash, can be looked at again, and looking is on record', async () => {
    const answer = await take(png);
    expect(answer.body).toMatchObject({ sha256: sha(png), takenBy: expect.stringContaining('王建国') });
    const snapshotId = String(answer.body['snapshotId']);
    const picture = await house.ask(operator, contract.snapshotPicture, { params: { snapshotId } });
    expect(picture.bytes.equals(png)).toBe(true);
    expect(await factsOf('video.snapshot_seen')).toContainEqual(expect.objectContaining({ snapshotId }));
  });

  test('what is no picture is refused, and so is a frame of the future', async () => {
    expect((await take(Buffer.from('<script>'))).body).toMatchObject({ code: 'video.picture_wrong' });
    expect((await take(png, start + 10 * minuteMs)).body).toMatchObject({ code: 'video.frame_time_wrong' });
  });

  test('a picture that was altered or is gone is said to be so, and is not shown', async () => {
    const other = Buffer.concat([png, Buffer.from([1])]);
    const snapshotId = String((await take(other)).body['snapshotId']);
    const file = join(house.dataFolder, 'snapshots', sha(other).slice(0, 2), sha(other));
    writeFileSync(file, png);
    expect((await house.ask(operator, contract.snapshotPicture, { params: { snapshotId } })).body).toMatchObject({ code: 'video.snapshot_altered' });
    rmSync(file);
    expect((await house.ask(operator, contract.snapshotPicture, { params: { snapshotId } })).body).toMatchObject({ code: 'video.snapshot_lost' });
  });

  test('of a hundred taken in one moment each stands on one page of the list, none on two', async () => {
    for (let n = 0; n < 100; n += 1) await take(png);
    const listed: string[] = [];
    let query: { before?: number; beforeId?: string } = {};
    for (let more = true; more;) {
      const page = await house.get(operator, contract.listSnapshots, { query });
      listed.push(...page.snapshots.map((one) => one.snapshotId));
      const last = page.snapshots.at(-1)!;
      query = { before: last.takenAt, beforeId: last.snapshotId };
      more = page.more;
    }
    const rows = await house.database.db.$extendTables<VideoTables>().selectFrom('video.snapshots').select('snapshot_id').execute();
    expect(listed.toSorted()).toEqual(rows.map((row) => row.snapshot_id).toSorted());
    expect(listed.length).toBeGreaterThanOrEqual(100);
  });

  test('the server itself cannot change or remove a snapshot', async () => {
    const change = house.database.db.$extendTables<VideoTables>().updateTable('video.snapshots').set({ note: '改' }).execute();
    await expect(change).rejects.toThrow(/permission denied/);
    await expect(house.database.db.$extendTables<VideoTables>().deleteFrom('video.snapshots').execute()).rejects.toThrow(/permission denied/);
  });
});

describe('retention', () => {
  test('[TEN-6.3 RETENTION] footage past its time is decided, ordered and settled, each step on record; younger footage stays', async () => {
    const [first] = await cameras();
    const { cameraId } = first!;
    const old = await segmentEntry(14, cameraId, start - 91 * dayMs);
    const young = await segmentEntry(15, cameraId, start - 89 * dayMs);
    await house.room.video.takeOver([old, young]);
    const tables = house.database.db.$extendTables<VideoTables>();
    await house.runJob('video.retention');
    const garbage = await tables.selectFrom('video.garbage').select('segment_id').execute();
    expect(garbage.map((row) => row.segment_id)).toEqual([old.segmentId]);
    const kept = await tables.selectFrom('video.segments').select('segment_id').execute();
    expect(kept.map((row) => row.segment_id)).toContain(young.segmentId);
    expect((await factsOf('video.deletion_decided')).flatMap((body) => body['segments'])).toMatchObject([{ segmentId: old.segmentId, sha256: old.sha256 }]);
    await house.room.video.takeOver([{ kind: 'segment_deleted', seq: 16, at: start, segmentId: old.segmentId, storageId: old.storageId, path: old.path, outcome: 'deleted', detail: '' }]);
    expect(await tables.selectFrom('video.garbage').selectAll().execute()).toEqual([]);
    expect(await factsOf('video.deletion_outcome')).toContainEqual(expect.objectContaining({ deleted: [old.segmentId] }));
  });
});
