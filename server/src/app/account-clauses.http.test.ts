/** What regulations ask of accounts and rights, clause by clause, through the whole room: role, post and end of a right decide each call. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as people from '../../../contract/identity-people.ts';
import { currentSession, type Role } from '../../../contract/identity.ts';
import * as obligations from '../../../contract/obligations.ts';
import * as video from '../../../contract/video.ts';
import { ManualClock } from '../base/manual-clock.ts';
import { hourMs, minuteMs } from '../base/units.ts';
import { parseFact, type Fact } from '../../../formats/fact/index.ts';
import { sql } from 'kysely';
import { openWholeRoom, type WholeRoom } from './testing/whole-room.ts';

const clock = new ManualClock(Date.parse('2026-11-22T08:00:00Z'));
let house: WholeRoom;
let cameraId: string;
const cookies = new Map<Role, string>();
const as = (role: Role): string => cookies.get(role)!;
const picture = Buffer.from([0xff, 0xd8, 0xff, 0xe0]).toString('base64');

beforeAll(async () => {
  house = await openWholeRoom({ clock, access: { operateNeedsPost: true } });
  await house.runJob('obligations.plan');
  for (const { role } of house.people) cookies.set(role, await house.signIn(role));
  cameraId = (await house.get(as('system_administrator'), video.listCameras)).cameras[0]!.cameraId;
});
afterAll(() => house.close());
beforeEach(() => clock.step(2 * minuteMs)); // a denial of another minute is a fact of its own

const facts = async (kind: string): Promise<Fact[]> => {
  const { rows } = await sql<{ canonical: Buffer }>`select canonical from ledger.facts where kind = ${kind} order by seq`.execute(house.database.db);
  return rows.map((row) => parseFact(row.canonical.toString('utf8')));
};
const personOf = async (role: Role): Promise<string> => (await house.get(as(role), currentSession)).person.personId;
const play = (cookie: string | null) => house.ask(cookie, video.openPlayback, { body: { cameraId, from: clock.now() - hourMs, until: clock.now() } });
const snap = (cookie: string) => house.ask(cookie, video.takeSnapshot, { body: { cameraId, frameAt: clock.now(), source: 'live', note: '徘徊', picture } });
const lastDenial = async (): Promise<Record<string, unknown>> => {
  const fact = (await facts('identity.denied')).at(-1)!;
  return { person: fact.actor.id, ...fact.body };
};

const openLive = (cookie: string | null): Promise<{ socket: WebSocket | null; status: number }> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`${house.address.replace('http', 'ws')}/api/live`, { headers: { host: '127.0.0.1', ...(cookie === null ? {} : { cookie }) } });
    socket.once('open', () => resolve({ socket, status: 101 }));
    socket.once('unexpected-response', (_request, response) => resolve({ socket: null, status: response.statusCode ?? 0 }));
    socket.once('error', () => undefined);
  });
/** Resolves with the refusal of a watch, or null when the socket was closed first. */
const watch = async (cookie: string): Promise<string> => {
  const { socket } = await openLive(cookie);
  const said = await new Promise<string>((resolve) => {
    socket!.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) resolve(data.toString());
    });
    socket!.send(JSON.stringify({ op: 'watch', channel: 1, cameraId }));
  });
  socket!.close();
  return said;
};

test('[SEC-4.1 ACCOUNT] no page data and no stream is served without sign-on', async () => {
  const closed = house.room.routes.filter((route) => route.access.kind !== 'open' && route.endpoint.method === 'GET');
  expect(closed.length).toBeGreaterThan(20);
  for (const { endpoint } of closed) {
    const answer = await house.app.inject({ method: 'GET', url: endpoint.path.replace(/:\w+/g, 'x'), headers: { host: '127.0.0.1' } });
    expect([endpoint.path, answer.statusCode]).toEqual([endpoint.path, 401]);
  }
});

test('[SEC-4.2 ACCOUNT] the address of a stream or of footage is worth nothing without a session', async () => {
  expect((await openLive(null)).status).toBe(401);
  expect((await openLive(`vigil_session=${'A'.repeat(43)}`)).status).toBe(401);
  const media = await house.app.inject({ method: 'GET', url: '/api/video/playbacks/pbk_x/segments/seg_x/media', headers: { host: '127.0.0.1' } });
  expect(media.statusCode).toBe(401);
});

test('[COR-5.1.2 ACCOUNT] a role without the right gets 403 on playback', async () => {
  for (const role of ['requester', 'technician', 'system_administrator', 'guard_captain'] as const) expect((await play(as(role))).status).toBe(403);
  expect((await play(as('room_manager'))).status).not.toBe(403);
});

test('[SEC-4.3 ACCOUNT] live and playback without the view right are refused, and each refusal is on record', async () => {
  const answer = await play(as('technician'));
  expect([answer.status, answer.body['code']]).toEqual([403, 'identity.forbidden']);
  expect(await lastDenial()).toMatchObject({ person: await personOf('technician'), verb: 'video.footage.play' });
  const live = await watch(as('technician'));
  expect(live).toContain('只有');
  expect(live).not.toContain('watching');
  expect(await lastDenial()).toMatchObject({ person: await personOf('technician'), verb: 'video.live.watch' });
});

test('[SEC-4.4 ACCOUNT] an operating function off shift is refused, and the refusal is on record', async () => {
  expect((await snap(as('monitor'))).status).toBe(403);
  expect(await lastDenial()).toMatchObject({ person: await personOf('monitor'), verb: 'video.snapshot.take' });
  expect((await snap(as('requester'))).status).toBe(403);
});

test('[RES-2 ACCOUNT] duty operator, monitor and technician have their own functions; calls of the others are refused', async () => {
  const can = async (role: Role) => (await house.get(as(role), currentSession)).can;
  const [operator, monitor, technician] = [await can('duty_operator'), await can('monitor'), await can('technician')];
  expect([operator['video.footage.play'], technician['video.footage.play'] === true, monitor['video.footage.play'] === true]).toEqual([true, false, false]);
  expect([technician['identity.credentials.change'], operator['identity.credentials.change'] === true]).toEqual([true, false]);
  expect((await play(as('technician'))).status).toBe(403);
  expect((await play(as('monitor'))).status).toBe(403);
  expect((await house.ask(as('duty_operator'), people.listCredentials)).status).toBe(403);
  expect((await house.ask(as('technician'), people.listCredentials)).status).toBe(200);
});

test('[RES-7.1.1 ACCOUNT] staff on shift watch live; off shift they are refused until they take the post', async () => {
  expect(await watch(as('duty_operator'))).not.toContain('在岗时才可以');
  expect(await watch(as('monitor'))).toContain('在岗时才可以观看实时画面');
});

test('[RES-7.1.2 ACCOUNT] a monitor on shift takes a snapshot, on record; off shift it is refused', async () => {
  expect((await snap(as('monitor'))).status).toBe(403);
  const { roomId } = (await house.get(as('monitor'), currentSession)).room;
  const personId = await personOf('monitor');
  const actor = { kind: 'process', id: 'test' } as const;
  const { posts } = house.room.identity;
  const postId = (await posts.of(house.database.db, roomId))[0]!.postId;
  await house.database.transaction((tx) => posts.take(tx, { postId, personId, actor, at: clock.now() }));
  expect((await snap(as('monitor'))).status).toBe(200);
  expect((await facts('video.snapshot_taken')).at(-1)!.actor.id).toBe(personId);
  clock.step(minuteMs);
  await house.database.transaction((tx) => posts.relieve(tx, { postId, personId, actor, at: clock.now(), endSessions: false }));
  expect((await snap(as('monitor'))).status).toBe(403);
});

test('[RES-7.4.1 ACCOUNT] a monitor opens an unscheduled check on a device; a requester may not', async () => {
  const body = { kind: 'inspection.unscheduled', subject: '3 号摄像机' };
  const opened = await house.ask(as('monitor'), obligations.openUnscheduled, { body });
  expect([opened.status, opened.body['code']]).toEqual([200, undefined]);
  const obligationId = String(opened.body['obligationId']);
  const { form } = await house.get(as('monitor'), obligations.oneObligation, { params: { obligationId } });
  const plain = { note: '', photos: [] };
  const answers = { in_order: { ...plain, value: true }, seen: { ...plain, value: '画面清晰' } };
  const submitted = await house.ask(as('monitor'), obligations.submitObligation, { params: { obligationId }, body: { formDigest: form.digest, answers, lateReason: '' } });
  expect(submitted.status, JSON.stringify(submitted.body)).toBe(200);
  expect((await house.ask(as('requester'), obligations.openUnscheduled, { body })).status).toBe(403);
});

test('[TEN-7.1 ACCOUNT] a view right has an approver and an end; when it ends, calls are refused and the open stream is closed within ten seconds', async () => {
  const personId = await personOf('inspector');
  const administrator = await house.signIn('system_administrator');
  expect((await play(as('inspector'))).status).toBe(403);
  const until = clock.now() + hourMs;
  const granted = await house.ask(administrator, people.grantRole, { params: { personId }, body: { role: 'shift_leader', until, reason: '年度检查' } });
  expect(granted.status, JSON.stringify(granted.body)).toBe(200);
  const { grants } = await house.get(administrator, people.listGrants, { params: { personId } });
  expect(grants.find((grant) => grant.role === 'shift_leader')).toMatchObject({ until, reason: '年度检查', grantedByName: '林海涛', holds: true });
  expect((await play(as('inspector'))).status).not.toBe(403);
  const { socket } = await openLive(as('inspector'));
  const closed = new Promise<void>((resolve) => socket!.once('close', () => resolve()));
  clock.step(hourMs - 5_000);
  expect((await play(as('inspector'))).status).not.toBe(403);
  clock.advance(10_000);
  await closed;
  expect((await play(as('inspector'))).status).toBe(403);
  expect(await lastDenial()).toMatchObject({ person: personId, verb: 'video.footage.play' });
});

test('[TEN-7.2 ACCOUNT] who may only view cannot change how long footage is kept', async () => {
  for (const role of ['duty_operator', 'room_manager', 'video_custodian'] as const) {
    expect((await house.ask(as(role), video.changeCamera, { params: { cameraId }, body: { retentionDays: 1 } })).status).toBe(403);
  }
  const kept = (await house.get(as('room_manager'), video.listCameras)).cameras.find((camera) => camera.cameraId === cameraId);
  expect(kept?.retentionDays).toBeGreaterThan(1);
});

test('[BRN-A4.4 ACCOUNT] without the right to operate, or not on shift, operating is refused and on record', async () => {
  expect((await snap(as('leader'))).status).toBe(403);
  expect(await lastDenial()).toMatchObject({ person: await personOf('leader'), verb: 'video.snapshot.take' });
  expect((await snap(as('monitor'))).status).toBe(403);
  expect(await lastDenial()).toMatchObject({ person: await personOf('monitor'), verb: 'video.snapshot.take' });
});

test('[SAF-4.4.2 ACCOUNT] the rights of the service accounts are listed: no superuser, no owner, facts neither changed nor deleted', async () => {
  const rights = await house.get(as('auditor'), people.listServiceRights);
  expect(rights.database).toMatchObject({ superuser: false, ownsTables: false });
  const of = (table: string): readonly string[] => rights.tables.find((one) => one.table === table)?.rights ?? ['unlisted'];
  expect(of('ledger.facts')).toEqual(['select', 'insert']);
  expect(of('identity.role_grants')).toEqual(['select', 'insert', 'end_row']);
  expect(rights.tables.length).toBeGreaterThan(20);
  expect((await house.ask(as('duty_operator'), people.listServiceRights)).status).toBe(403);
});
