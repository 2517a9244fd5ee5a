/** Who may look at recorded footage: through the whole product, with files on disk, under requests that people agreed to. */
import { get } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { revoke } from '../../../../../contract/approvals.ts';
import * as contract from '../../../../../contract/evidence.ts';
import type { Role } from '../../../../../contract/identity.ts';
import * as video from '../../../../../contract/video.ts';
import { until as waitUntil } from '../../../app/testing/whole-room.ts';
import { hourMs, minuteMs } from '../../../base/units.ts';
import { recordFile, type FootageFile } from '../testing/footage-files.ts';
import { openFootageRoom, staff, type FootageRoom } from '../testing/footage-room.ts';

let room: FootageRoom;
let gate: string;
let hall: string;
/** A minute of each camera, a good while ago; its file is real. */
let minute: FootageFile;
let elsewhere: FootageFile;
let long: FootageFile;
const cookies = new Map<Role, string>();
const as = async (role: Role): Promise<string> => {
  const known = cookies.get(role) ?? (await room.whole.signIn(role));
  cookies.set(role, known);
  return known;
};

beforeAll(async () => {
  room = await openFootageRoom();
  [gate = '', hall = ''] = room.cameraIds;
  const { from } = room.recorded;
  // Numbers of the journal go on where the room's own footage ended.
  const begin = from - 10 * minuteMs;
  minute = await recordFile(room.whole, room.clock, { cameraId: gate, from: begin, seq: 1_001 });
  elsewhere = await recordFile(room.whole, room.clock, { cameraId: hall, from: begin, seq: 1_002 });
  long = await recordFile(room.whole, room.clock, { cameraId: gate, from: begin + 5 * minuteMs, seq: 1_003, large: true });
});
afterAll(() => room.whole.close());
beforeEach(() => {
  cookies.clear();
  room.rest();
});

const open = async (role: Role, of: { cameraId: string; from: number; until: number }) => room.whole.ask(await as(role), video.openPlayback, { body: of });
const spanOf = (file: FootageFile, cameraId = gate) => ({ cameraId, from: file.from, until: file.until });
const bytes = async (role: Role, playbackId: string, segmentId: string) => room.whole.ask(await as(role), video.segmentMedia, { params: { playbackId, segmentId } });
const denials = async () => (await room.facts('identity.denied')).map(({ body }) => body);

/** A request for the minutes of `file`, agreed to by the leader and begun by the operator. */
const begun = async (file: FootageFile, cameraId = gate) => {
  const asked = await room.askFor({ cameraIds: [cameraId], from: file.from, until: file.until });
  await room.agree(asked.approvalId, staff.leader);
  const answer = await room.begin(asked.requestId);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return asked;
};
const done = (requestId: string) => room.ask(staff.operator, contract.endViewing, { params: { requestId } });

describe('without an approved request', () => {
  test('[BUS-1.4.4 VIEWREQ] a playback call is refused and on record; with the approved request the same call plays', async () => {
    const refused = await open('duty_operator', spanOf(minute));
    expect(refused).toMatchObject({ status: 403, body: { code: 'evidence.needs_request' } });
    expect(await denials()).toContainEqual(expect.objectContaining({ verb: 'video.footage.play', what: `playback footage ${gate}` }));
    const { requestId } = await begun(minute);
    const opened = await open('duty_operator', spanOf(minute));
    expect(opened.status).toBe(200);
    const media = await bytes('duty_operator', String(opened.body['playbackId']), minute.segmentId);
    expect([media.status, media.bytes.subarray(4, 8).toString()]).toEqual([200, 'ftyp']);
    await done(requestId);
  });

  test('[SEC-4.3 VIEWREQ] a role without the view right is refused playback and timeline, and each try is on record', async () => {
    const before = (await denials()).length;
    expect(await open('technician', spanOf(minute))).toMatchObject({ status: 403, body: { code: 'identity.forbidden' } });
    const timeline = await room.whole.ask(await as('requester'), video.timeline, { params: { cameraId: gate }, query: { from: minute.from, until: minute.until } });
    expect(timeline.status).toBe(403);
    expect((await denials()).slice(before).map((body) => body['verb'])).toEqual(['video.footage.play', 'video.footage.play']);
  });

  test('the watch looks back a little without a request, and not further', async () => {
    const now = room.clock.now();
    expect((await open('duty_operator', { cameraId: gate, from: now - 60 * minuteMs, until: now })).status).toBe(200);
    expect(await open('duty_operator', { cameraId: gate, from: now - 61 * minuteMs, until: now })).toMatchObject({ status: 403, body: { zh: expect.stringContaining('60 分钟') } });
    // The custodian keeps footage and watches nothing.
    expect((await open('video_custodian', { cameraId: gate, from: now - minuteMs, until: now })).status).toBe(403);
  });

  test('what was opened in time does not age away under the eyes of who looks', async () => {
    const now = room.clock.now();
    const fresh = await recordFile(room.whole, room.clock, { cameraId: gate, from: now - 59 * minuteMs, seq: 1_004 });
    const { body } = await open('duty_operator', spanOf(fresh));
    room.clock.step(10 * minuteMs);
    expect((await bytes('duty_operator', String(body['playbackId']), fresh.segmentId)).status).toBe(200);
    expect((await open('duty_operator', spanOf(fresh))).status).toBe(403);
  });
});

describe('under a grant', () => {
  test('[BRN-7.3 VIEWREQ] another camera and another time are refused; the span that was asked for plays', async () => {
    const { requestId, number } = await begun(minute);
    expect(await open('duty_operator', spanOf(elsewhere, hall))).toMatchObject({ status: 403, body: { code: 'evidence.outside_grant_span', zh: expect.stringContaining(number) } });
    expect((await open('duty_operator', { cameraId: gate, from: minute.from - minuteMs, until: minute.until })).status).toBe(403);
    expect((await open('duty_operator', { cameraId: gate, from: minute.from, until: minute.until + 1 })).status).toBe(403);
    const { status, body } = await open('duty_operator', spanOf(minute));
    expect(status).toBe(200);
    expect((await bytes('duty_operator', String(body['playbackId']), long.segmentId)).body).toMatchObject({ code: 'video.outside_grant' });
    await done(requestId);
  });

  test('[BRN-6.1 VIEWREQ] footage opens with a view order only; each view is one row of the register, and its log names the order', async () => {
    expect((await open('room_manager', spanOf(minute))).status).toBe(403);
    const { requestId, number } = await begun(minute);
    const { body } = await open('duty_operator', spanOf(minute));
    const playbackId = String(body['playbackId']);
    await bytes('duty_operator', playbackId, minute.segmentId);
    expect((await room.whole.ask(await as('duty_operator'), video.closePlayback, { params: { playbackId } })).status).toBe(200);
    const watched = (await room.facts('video.footage_watched')).filter((fact) => fact.body['playbackId'] === playbackId);
    expect(watched.map((fact) => fact.body)).toMatchObject([{ camera: '01 东门岗', count: 1, grantId: expect.stringMatching(/^vgr_/), basis: { zh: `凭申请 ${number}` } }]);
    const { rows } = await room.get(staff.manager, contract.register, { query: { from: room.recorded.from, until: room.clock.now() + hourMs, search: number } });
    expect(rows).toHaveLength(1);
    await done(requestId);
    expect((await open('duty_operator', spanOf(minute))).status).toBe(403);
  });

  test('asked to, the server opens as much of a wider span as the grant covers, and gives out no byte beside it', async () => {
    const { requestId } = await begun(minute);
    const wide = { cameraId: gate, from: minute.from - 10 * minuteMs, until: minute.until + 20 * minuteMs, clip: true };
    const { status, body } = await room.whole.ask(await as('duty_operator'), video.openPlayback, { body: wide });
    expect([status, body['from'], body['until']]).toEqual([200, minute.from, minute.until]);
    expect((await bytes('duty_operator', String(body['playbackId']), minute.segmentId)).status).toBe(200);
    expect((await bytes('duty_operator', String(body['playbackId']), long.segmentId)).status).toBe(403);
    expect((await room.whole.ask(await as('duty_operator'), video.openPlayback, { body: { ...wide, from: minute.until, cameraId: gate } })).status).toBe(403);
    await done(requestId);
  });

  test('a grant to view keeps no picture', async () => {
    const { requestId } = await begun(minute);
    const picture = Buffer.from([0xff, 0xd8, 0xff, 0xe0]).toString('base64');
    const taken = await room.whole.ask(await as('duty_operator'), video.takeSnapshot, { body: { cameraId: gate, frameAt: minute.from + 1_000, source: 'playback', note: '', picture } });
    expect(taken).toMatchObject({ status: 403, body: { code: 'evidence.grant_shows_only' } });
    await done(requestId);
  });

  test('it is for whom it names: a colleague of the same role plays nothing under it', async () => {
    const { requestId } = await begun(minute);
    expect((await open('shift_leader', spanOf(minute))).status).toBe(403);
    expect((await open('requester', spanOf(minute))).status).toBe(403);
    await done(requestId);
  });
});

describe('at its end', () => {
  test('[TEN-7.3 VIEWREQ] a grant with its reason and end works in its time and ends at its end; the row names the manager', async () => {
    const { requestId, number } = await begun(minute);
    const { status, body } = await open('duty_operator', spanOf(minute));
    expect(status).toBe(200);
    const playbackId = String(body['playbackId']);
    expect(body['expiresAt']).toBeLessThanOrEqual(room.clock.now() + 4 * hourMs);
    expect((await bytes('duty_operator', playbackId, minute.segmentId)).status).toBe(200);
    room.clock.step(Number(body['expiresAt']) - room.clock.now());
    cookies.clear(); // the session idled out meanwhile
    expect((await open('duty_operator', spanOf(minute))).status).toBe(403);
    const { rows } = await room.get(staff.manager, contract.register, { query: { from: room.recorded.from, until: room.clock.now() + hourMs, search: number } });
    expect(rows.map((row) => row.opinions.map(({ name }) => name))).toEqual([['韩明华']]);
    await done(requestId);
  });

  test('[TEN-7.1 VIEWREQ] without the right a call is refused and on record; revoked, the running stream ends within ten seconds', async () => {
    expect((await open('duty_operator', spanOf(long))).status).toBe(403);
    expect((await denials()).at(-1)).toMatchObject({ verb: 'video.footage.play' });
    const { approvalId } = await begun(long);
    const cookie = await as('duty_operator');
    const { body } = await open('duty_operator', spanOf(long));
    const playbackId = String(body['playbackId']);
    const path = video.segmentMedia.path.replace(':playbackId', playbackId).replace(':segmentId', long.segmentId);
    const running = await new Promise<{ ended: Promise<string> }>((resolve, reject) => {
      get(`${room.whole.address}${path}`, { headers: { cookie, host: '127.0.0.1' } }, (response) => {
        const ended = new Promise<string>((over) => {
          response.once('aborted', () => over('broken off'));
          response.once('error', () => over('broken off'));
          response.once('end', () => over('whole'));
        });
        response.once('readable', () => {
          response.read(1);
          resolve({ ended: ended.finally(() => response.destroy()) });
          // Reads no further until the right has gone: most of it is still to come.
          void waitUntil('the end of the grant', async () => (await room.facts('evidence.grant_ended')).some((fact) => fact.body['how'] === 'revoked'), 20_000).then(() => response.resume());
        });
      }).once('error', reject);
    });
    const answer = await room.ask(staff.leader, revoke, { params: { approvalId }, body: { reason: '事由不实' } });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(await running.ended).toBe('broken off');
    expect((await bytes('duty_operator', playbackId, long.segmentId)).status).toBe(403);
    expect((await open('duty_operator', spanOf(long))).status).toBe(403);
  });
});
