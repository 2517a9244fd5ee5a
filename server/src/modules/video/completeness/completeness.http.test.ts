/** Days closed in a real room: signed, entered in the ledger, verified, revised when more footage is found, compared with approved stops. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '../../../../../contract/completeness.ts';
import { dayMs, hourMs, minuteMs } from '../../../base/units.ts';
import { openFootageRoom, staff, type FootageRoom } from '../../evidence/testing/footage-room.ts';
import { dayOf, spanOf } from './close-day.ts';

const zone = 'Asia/Shanghai';
let room: FootageRoom;
let cameraId: string;
let other: string;
let span: { day: string; from: number; until: number };
const db = () => room.whole.database.db;
const see = (id = cameraId) => room.get(staff.manager, contract.dayStatement, { params: { cameraId: id, day: span.day } });
const gap = (id: string, from: number, until: number, reason: string) =>
  sql`insert into video.gaps (gap_id, camera_id, from_at, until_at, reason, detail) values (${`gap_${String(from).padStart(26, '0')}`}, ${id}, ${new Date(from)}, ${new Date(until)}, ${reason}, '')`.execute(db());

beforeAll(async () => {
  room = await openFootageRoom();
  [cameraId = '', other = ''] = room.cameraIds;
  await sql`delete from video.segments`.execute(db());
  const at = room.clock.now();
  span = spanOf(dayOf(at + dayMs, zone), zone);
  await room.record(cameraId, span.from, span.from + hourMs);
  await room.record(cameraId, span.until - hourMs, span.until);
  await gap(cameraId, span.from + hourMs, span.from + 12 * hourMs, 'stop_approved');
  await gap(cameraId, span.from + 12 * hourMs, span.until - hourMs, 'network');
  await sql`insert into video.stops (stop_id, approval_id, site_id, room_id, scope, camera_ids, from_at, until_at, urgent, reason, signer_ids, granted_at, state, begun_at, begun_by, ended_at, ending)
    values (${`stp_${'1'.repeat(26)}`}, 'apr_test', ${room.siteId}, ${room.roomId}, 'camera', ${[cameraId]}::text[], ${new Date(span.from + hourMs)}, ${new Date(span.from + 12 * hourMs)}, false, '换支架', array['per_a', 'per_b'], ${new Date(at)}, 'ended', ${new Date(span.from + hourMs)}, 'per_c', ${new Date(span.from + 12 * hourMs)}, 'window')`.execute(db());
});
afterAll(() => room.whole.close());

test('a day that is over is closed once for each camera, signed with the key of the ledger, its digest in the ledger', async () => {
  room.clock.step(span.until - room.clock.now() + 10 * minuteMs);
  await room.whole.runJob('video.close_days');
  expect((await room.facts('video.day_closed')).filter((fact) => fact.body['day'] === span.day)).toEqual([]); // the recorder's journal may still tell of it
  room.clock.step(13 * hourMs);
  await room.whole.runJob('video.close_days');
  await room.whole.runJob('video.close_days');
  const facts = (await room.facts('video.day_closed')).filter((fact) => fact.body['day'] === span.day);
  expect(facts).toHaveLength(room.cameraIds.length);
  const one = await see();
  expect(one).toMatchObject({ revision: 1, verified: true, expectedMs: dayMs, recordedMs: 2 * hourMs, approvedMs: 11 * hourMs, percent: 15.384 });
  expect(facts.find(({ subject }) => subject === cameraId)?.body).toMatchObject({ digest: one.digest, gaps: 2, percent: '15.384' });
  const bytes = Buffer.from(one.statement ?? '');
  const key = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(one.publicKey ?? '', 'hex')]), format: 'der', type: 'spki' });
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(one.digest);
  expect(verify(null, bytes, key, Buffer.from(one.signature ?? '', 'hex'))).toBe(true);
});

test('[RES-5.3.3 RECORDING] each piece of footage that is missing is listed with its reason, and compared with the stops that were approved', async () => {
  expect((await see()).gaps).toMatchObject([
    { from: span.from + hourMs, until: span.from + 12 * hourMs, reason: 'stop_approved', approved: true, words: { zh: '经批准停录' } },
    { from: span.from + 12 * hourMs, until: span.until - hourMs, reason: 'network', approved: false },
  ]);
  // Nobody approved a stop of the other one, nor does anybody know why it has nothing.
  expect((await see(other)).gaps).toMatchObject([{ reason: 'unknown', approved: false, words: { zh: '原因未知' } }]);
});

test('footage that is found later makes a new revision beside the first; the month shows the newest and who is below the target', async () => {
  await room.record(other, span.from, span.from + 2 * hourMs);
  await room.whole.runJob('video.close_days');
  expect(await see(other)).toMatchObject({ revision: 2, recordedMs: 2 * hourMs, verified: true });
  const { rows } = await sql<{ n: number }>`select count(*) as n from video.day_statements where camera_id = ${other} and day = ${span.day}::date`.execute(db());
  expect(rows[0]?.n).toBe(2);
  const month = await room.get(staff.manager, contract.completenessMonth, { query: { month: span.day.slice(0, 7) } });
  const cell = (id: string) => month.cameras.find((one) => one.cameraId === id)?.cells[month.days.indexOf(span.day)];
  expect(cell(cameraId)).toEqual({ percent: 15.384, gaps: 2 });
  expect(cell(other)?.percent).toBe(8.333);
  expect(month.below).toBeGreaterThanOrEqual(2);
});

test('a day of which nothing is kept, or that goes on, is told as far as it has come, unsigned', async () => {
  const today = dayOf(room.clock.now(), zone);
  expect(await room.get(staff.manager, contract.dayStatement, { params: { cameraId, day: today } })).toMatchObject({ closedAt: null, signature: null, verified: null, expectedMs: room.clock.now() - spanOf(today, zone).from });
});
