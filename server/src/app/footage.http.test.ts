/** Footage from a real camera through a real recorder: the open minute, what was watched, deletion to the last byte, a database that dies. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { addPerson, changePerson, listPeople } from '../../../contract/identity.ts';
import { listFacts } from '../../../contract/ledger.ts';
import type { LiveNotice } from '../../../contract/live.ts';
import * as system from '../../../contract/system.ts';
import * as video from '../../../contract/video.ts';
import { startCamera, type OneCamera } from '../../../simulators/camera/index.ts';
import { openWholeRoom, until, type WholeRoom } from './testing/whole-room.ts';

const cameraPassword = 'Geheim-Kamera-77';
const lines: string[] = [];
const cookies: string[] = [];
let house: WholeRoom;
let camera: OneCamera;
let admin: pg.Client;
let operator: string;
let auditor: string;
let administrator: string;
let cameraId: string;

const signIn = async (role: Parameters<WholeRoom['signIn']>[0]): Promise<string> => {
  const cookie = await house.signIn(role);
  cookies.push(cookie.split('=')[1] ?? '');
  return cookie;
};

beforeAll(async () => {
  camera = await startCamera({ scene: 'gate' });
  camera.control.set({ auth: { scheme: 'digest-sha256', username: 'admin', password: cameraPassword } });
  house = await openWholeRoom({ cameras: true, recording: { segmentSeconds: 10 }, heard: (line) => void lines.push(line) });
  admin = new pg.Client({ connectionString: house.adminUrl });
  await admin.connect();
  [operator, auditor, administrator] = await Promise.all([signIn('duty_operator'), signIn('auditor'), signIn('system_administrator')]);
  const body = { name: '行包房', url: camera.url, username: 'admin', password: cameraPassword, fields: { purpose: 'internal_safety' } };
  ({ cameraId } = await house.get(administrator, video.addCamera, { body }));
});
afterAll(async () => {
  await admin.end();
  await house.close();
  await camera.close();
});

const factsOf = async (kind: string): Promise<Record<string, unknown>[]> => (await house.get(auditor, listFacts, { query: { kind } })).facts.map((fact) => fact.body);
const timeline = () => house.get(operator, video.timeline, { params: { cameraId }, query: { from: Date.now() - 3_600_000, until: Date.now() + 60_000 } });
const killDatabaseConnections = (): Promise<unknown> =>
  admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');

interface Watching {
  socket: WebSocket;
  notices: LiveNotice[];
  pictures: number;
}
const watch = async (cookie: string): Promise<Watching> => {
  const socket = new WebSocket(`${house.address.replace('http', 'ws')}/api/live`, { headers: { cookie, host: '127.0.0.1' } });
  const watching: Watching = { socket, notices: [], pictures: 0 };
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) watching.pictures += 1;
    else watching.notices.push(JSON.parse(data.toString()) as LiveNotice);
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.send(JSON.stringify({ op: 'watch', channel: 1, cameraId }));
  await until('pictures', async () => watching.pictures > 5);
  return watching;
};

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => [join(folder, entry.name), ...(entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [])]);

describe('the minute that is being written', () => {
  test('stands on the timeline and can be played up to its newest whole fragment; what was fetched is on record', async () => {
    const open = await until('an open minute of a few seconds', async () => (await timeline()).segments.find((one) => one.sizeBytes === 0 && one.until - one.from > 3_000));
    const { playbackId } = await house.get(operator, video.openPlayback, { body: { cameraId, from: open.from, until: open.from + 60_000 } });
    const params = { playbackId, segmentId: open.segmentId };
    const index = await house.get(operator, video.segmentIndex, { params });
    expect(index.fragments.length).toBeGreaterThan(1);
    const [first] = index.fragments;
    const range = `bytes=0-${first!.offset + first!.size - 1}`;
    const media = await house.ask(operator, video.segmentMedia, { params, range });
    expect(media.status).toBe(206);
    expect(media.bytes.subarray(4, 8).toString()).toBe('ftyp');
    await house.get(operator, video.closePlayback, { params: { playbackId } });
    const watched = (await factsOf('video.footage_watched')).find((fact) => fact['playbackId'] === playbackId);
    expect(watched).toMatchObject({ cameraId, count: 1 });
  });
});

describe('a closed minute', () => {
  const closed = () => until('a closed minute', async () => (await timeline()).segments.find((one) => one.sizeBytes > 0 && one.until - one.from > 8_500), 60_000);

  test('outside the span the server refuses even bytes of the same file, before it as well as after it', async () => {
    const segment = await closed();
    const whole = await house.get(operator, video.openPlayback, { body: { cameraId, from: segment.from, until: segment.until } });
    const index = await house.get(operator, video.segmentIndex, { params: { playbackId: whole.playbackId, segmentId: segment.segmentId } });
    const keys = index.fragments.filter((one) => one.key);
    expect(keys.length).toBeGreaterThan(3);
    const span = { from: segment.from + Math.ceil(keys[2]!.atMs), until: segment.from + Math.floor(keys[3]!.atMs) };
    const { playbackId } = await house.get(operator, video.openPlayback, { body: { cameraId, ...span } });
    const at = (one: { offset: number; size: number }) => house.ask(operator, video.segmentMedia, { params: { playbackId, segmentId: segment.segmentId }, range: `bytes=${one.offset}-${one.offset + one.size - 1}` });
    expect((await at(keys[2]!)).status).toBe(206);
    expect((await at(keys[0]!)).body).toMatchObject({ code: 'video.outside_grant' });
    expect((await at(keys[3]!)).body).toMatchObject({ code: 'video.outside_grant' });
    expect((await house.ask(operator, video.segmentMedia, { params: { playbackId, segmentId: segment.segmentId } })).status).toBe(403);
  });

  test('[TEN-6.3 RETENTION] past its retention its file is truly unlinked, and decision and outcome are on record', async () => {
    const { segmentId } = await closed();
    const { rows } = await admin.query<{ file: string }>('select st.path || $2 || s.path as file from video.segments s join video.storages st using (storage_id) where segment_id = $1', [segmentId, '/']);
    const { file } = rows[0]!;
    expect(existsSync(file)).toBe(true);
    await admin.query(`update video.segments set from_at = from_at - interval '400 days', until_at = until_at - interval '400 days' where segment_id = $1`, [segmentId]);
    await house.runJob('video.retention');
    await until('the file is gone', async () => !existsSync(file));
    const outcome = await until('the outcome', async () => (await factsOf('video.deletion_outcome')).find((fact) => (fact['deleted'] as string[]).includes(segmentId)));
    expect(outcome).toMatchObject({ missing: [], failed: [] });
    expect((await admin.query('select 1 from video.garbage')).rows).toEqual([]);
    expect((await factsOf('video.deletion_decided')).flatMap((fact) => fact['segments'])).toContainEqual(expect.objectContaining({ segmentId }));
  });
});

describe('when PostgreSQL ends every connection', () => {
  test('[BRN-4.3 RECORDING] pictures and recording go on, acts succeed again, and the journal is taken over', async () => {
    const watching = await watch(operator);
    const before = (await factsOf('video.segments_recorded')).length;
    for (let round = 0; round < 3; round += 1) await killDatabaseConnections();
    const shown = watching.pictures;
    await until('an act', async () => (await house.ask(operator, video.listCameras)).status === 200, 5_000);
    await until('pictures go on', async () => watching.pictures > shown + 20);
    expect(watching.socket.readyState).toBe(WebSocket.OPEN);
    expect((await house.get(operator, system.health)).recorder).toBe('present');
    await until('the journal', async () => (await factsOf('video.segments_recorded')).length > before, 40_000);
    watching.socket.close();
    await until('the interval ends', async () => (await admin.query('select 1 from video.watched where until_at is null')).rows.length === 0);
  });

  test('[TEN-7.1 ACCOUNT] a right that is withdrawn while nobody could hear of it ends the picture all the same', async () => {
    const monitor = await signIn('monitor');
    const watching = await watch(monitor);
    const { people } = await house.get(administrator, listPeople, { query: {} });
    const { personId } = people.find((one) => one.roles.some(({ role }) => role === 'monitor'))!;
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'vigil-listen'`);
    await house.get(administrator, changePerson, { params: { personId }, body: { roles: ['requester'] } });
    await until('the picture ends', async () => watching.socket.readyState === WebSocket.CLOSED, 10_000);
    await until('the interval ends', async () => (await admin.query('select 1 from video.watched where until_at is null')).rows.length === 0);
  });
});

describe('intervals that nobody vouched for', () => {
  const openRow = async () => (await admin.query<{ watched_id: string }>('select watched_id from video.watched where until_at is null')).rows;

  test('one that goes on survives the sweep; one that somebody ended goes on as another', async () => {
    const watching = await watch(operator);
    const [running] = await until('the open interval', async () => ((await openRow()).length === 1 ? openRow() : null));
    await admin.query(`update video.watched set seen_at = from_at - interval '1 hour' where watched_id = $1`, [running!.watched_id]);
    await house.runJob('video.abandoned_watches');
    expect(await openRow()).toEqual([running]);
    await admin.query('update video.watched set until_at = seen_at where watched_id = $1', [running!.watched_id]);
    await house.runJob('video.abandoned_watches');
    const [next] = await openRow();
    expect(next!.watched_id).not.toBe(running!.watched_id);
    watching.socket.close();
    await until('the interval ends', async () => (await openRow()).length === 0);
  });

  test('one that a crash left open ends at the last moment the server knew of', async () => {
    const { rows } = await admin.query<{ watched_id: string; seen_at: Date }>(
      `insert into video.watched (watched_id, site_id, room_id, camera_id, person_id, session_id, from_at, seen_at)
       select 'wat_' || repeat('0', 26), site_id, room_id, camera_id, 'per_x', 'ses_x', now() - interval '10 minutes', now() - interval '5 minutes' from video.cameras where camera_id = $1
       returning watched_id, seen_at`, [cameraId]);
    await house.runJob('video.abandoned_watches');
    const ended = (await factsOf('video.watch_ended')).find((fact) => fact['watchedId'] === rows[0]!.watched_id);
    expect(ended).toMatchObject({ cameraId, until: rows[0]!.seen_at.getTime() });
  });
});

describe('the machine', () => {
  test('tells the state of recording and storage to those who may know', async () => {
    const health = await house.get(operator, system.health);
    expect(health).toMatchObject({ recorder: 'present', camerasTotal: 5, storages: [{ usable: true }] });
    expect(health.camerasRecording).toBeGreaterThanOrEqual(4);
    expect(health.daysLeft).toBeGreaterThan(0);
    expect((await house.ask(auditor, system.health)).status).toBe(403);
  });

  test('has figures of journal, alarms and live pictures', async () => {
    const watching = await watch(operator);
    const figures = (await house.ask(administrator, system.metrics)).bytes.toString();
    expect(figures).toMatch(/^vigil_live_pictures 1$/m);
    expect(figures).toMatch(/^vigil_recorder_present 1$/m);
    expect(figures).toMatch(/^vigil_gap_alarms_total \d+$/m);
    expect(Number(/^vigil_journal_lag_seconds (\S+)$/m.exec(figures)?.[1])).toBeLessThan(60);
    watching.socket.close();
  });

  test('[SAF-4.4.2 INTEGRITY] keys, settings and snapshots are Vigil’s user’s alone; nothing of the room is open to others', async () => {
    const mode = (file: string): number => statSync(file).mode & 0o777;
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]).toString('base64');
    await house.get(operator, video.takeSnapshot, { body: { cameraId, frameAt: Date.now(), source: 'live', note: '', picture: jpeg } });
    const all = filesBelow(house.dataFolder).filter((file) => existsSync(file));
    const open = all.filter((file) => (mode(file) & 0o007) !== 0 && !file.endsWith('.sock'));
    expect(open).toEqual([]);
    const own = ['keys', 'snapshots'].flatMap((folder) => [join(house.dataFolder, folder), ...filesBelow(join(house.dataFolder, folder))]);
    expect(own.length).toBeGreaterThan(4);
    expect(own.filter((file) => (mode(file) & 0o077) !== 0)).toEqual([]);
  });
});

describe('a whole run', () => {
  test('what was watched is not lost when the commit fails', async () => {
    const segment = await until('a closed minute', async () => (await timeline()).segments.find((one) => one.sizeBytes > 0), 60_000);
    const { playbackId } = await house.get(operator, video.openPlayback, { body: { cameraId, from: segment.from, until: segment.until } });
    await house.ask(operator, video.segmentMedia, { params: { playbackId, segmentId: segment.segmentId } });
    await admin.query(`create function refuse_commit() returns trigger language plpgsql as $$ begin raise exception 'no commit'; end $$`);
    await admin.query('create constraint trigger refuse_commit after insert on video.watched deferrable initially deferred for each row execute function refuse_commit()');
    expect((await house.ask(operator, video.closePlayback, { params: { playbackId } })).status).toBe(503);
    expect((await house.ask(operator, video.segmentMedia, { params: { playbackId, segmentId: segment.segmentId } })).body).toMatchObject({ code: 'video.playback_over' });
    await admin.query('drop trigger refuse_commit on video.watched');
    await house.room.video.stop();
    expect((await factsOf('video.footage_watched')).filter((fact) => fact['playbackId'] === playbackId)).toHaveLength(1);
  });

  test('leaves no password, no cookie and no digest in the logs of server and recorder', async () => {
    const secrets = [cameraPassword, encodeURIComponent(cameraPassword), ...cookies, ...house.people.map((person) => person.password)];
    await house.ask(administrator, addPerson, { body: { account: '!', name: '', staffNumber: '', language: 'en', password: cameraPassword, roles: ['monitor'] } });
    const log = lines.join('\n');
    expect(lines.length).toBeGreaterThan(10);
    expect(log).toContain('"name":"recorder"');
    expect(secrets.filter((secret) => secret.length > 5 && log.includes(secret))).toEqual([]);
    expect(log).not.toMatch(/Digest username=|Basic [A-Za-z0-9+/=]{8}/);
  });
});
