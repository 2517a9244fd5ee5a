/**
 * Whatever wants footage gone, held footage stays and unheld footage past its time goes in the end: chance acts in a real room, with the real
 * database, over every path that deletes, while the clock goes on and is set back.
 */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import * as video from '../../../../../contract/video.ts';
import { seeded } from '../../../../../formats/evidence-bundle/testing/sample.ts';
import { newId } from '../../../base/ids.ts';
import { dayMs, hourMs, minuteMs } from '../../../base/units.ts';
import { serverActor } from '../../../mechanisms/ledger/index.ts';
import { openFootageRoom, staff, type FootageRoom } from '../testing/footage-room.ts';

interface Span {
  requestId: string;
  cameraId: string;
  from: number;
  until: number;
}

interface SegmentRow {
  segment_id: string;
  camera_id: string;
  from_at: Date;
  until_at: Date;
}
const administrator = 'linhaitao';
const listed = 'select segment_id, camera_id, from_at, until_at from video.segments';

/** The term of the rules in force: no regulation is adopted here. */
const retentionMs = 90 * dayMs;

/** A room with its own model of what is held, to compare with. */
const openHouse = async (seed: number) => {
  const room: FootageRoom = await openFootageRoom();
  const random = seeded(seed);
  const { whole, clock, siteId, roomId } = room;
  const { database } = whole;
  const admin = new pg.Client({ connectionString: whole.adminUrl });
  await admin.connect();
  const applicant = await requesterId(room);
  const held = new Map<string, Span>();
  const segments = new Map<string, { cameraId: string; from: number; until: number }>();
  const rows = await admin.query<SegmentRow>(listed);
  const note = (found: readonly SegmentRow[]): void => found.forEach((row) => segments.set(row.segment_id, { cameraId: row.camera_id, from: row.from_at.getTime(), until: row.until_at.getTime() }));
  note(rows.rows);
  const isHeld = (one: { cameraId: string; from: number; until: number }): boolean => [...held.values()].some((span) => span.cameraId === one.cameraId && span.from < one.until && span.until > one.from);
  return { room, random, whole, clock, siteId, roomId, database, admin, applicant, held, segments, isHeld, note };
};
type House = Awaited<ReturnType<typeof openHouse>>;

const requesterId = async (room: FootageRoom): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select person_id as id from identity.people_now where account = ${staff.requester}`.execute(room.whole.database.db);
  return rows[0]?.id ?? '';
};

let count = 1_000;
const place = async (house: House): Promise<void> => {
  const { random, clock, admin, siteId, roomId, applicant, held, database, room } = house;
  // Mostly a part of what there is, so that it touches two segments by their edges; else minutes that are still to come.
  const some = [...house.segments.values()][random(Math.max(1, house.segments.size))];
  const isComing = some === undefined || random(4) === 0;
  const cameraId = isComing ? (room.cameraIds[random(3)] ?? '') : some.cameraId;
  const from = isComing ? clock.now() + random(5) * minuteMs : some.from + random(60_000);
  const until = from + 1 + random(3 * minuteMs);
  const requestId = newId('freq', clock);
  count += 1;
  await admin.query(
    `insert into evidence.requests (request_id, site_id, room_id, year, count, number, type, applicant_id, viewer_group, department, unit, position, phone, place, from_at, until_at, reason_class, reason, mode, existing, clauses, submitted_at)
     values ($1, $2, $3, 2026, $4, $5, 'view', $6, 'colleague', '行包部', '东门客运站', '', '', '', $7, $8, 'work', '核对', 'monitor_views', '[]', '{}', $9)`,
    [requestId, siteId, roomId, count, `DY-2026-${String(count).padStart(6, '0')}`, applicant, new Date(from), new Date(until), new Date(clock.now())]);
  const hold = { requestId, siteId, roomId, requesterId: applicant, cameraIds: [cameraId], from, until, reason: '核对', actor: serverActor };
  await database.transaction((tx) => house.whole.room.rights.holds.place(tx, hold));
  held.set(requestId, { requestId, cameraId, from, until });
};

const anyHeld = ({ held, random }: House): Span | undefined => [...held.values()][random(Math.max(1, held.size))];

const confirm = async (house: House): Promise<void> => {
  const one = anyHeld(house);
  if (one === undefined) return;
  const { database, whole, applicant, clock } = house;
  await database.transaction((tx) => whole.room.rights.holds.confirm(tx, { requestId: one.requestId, reason: '调查', ownerId: applicant, reviewAt: clock.now() + 30 * dayMs, actor: serverActor }));
};
const release = async (house: House): Promise<void> => {
  const one = anyHeld(house);
  if (one === undefined) return;
  const why = ['rejected', 'withdrawn', '不再需要'][house.random(3)] ?? '';
  await house.database.transaction((tx) => house.whole.room.rights.holds.release(tx, { requestId: one.requestId, why, actor: serverActor }));
  house.held.delete(one.requestId);
};
const confirmAll = async (house: House): Promise<void> => {
  const { database, whole, applicant, clock, held } = house;
  for (const { requestId } of held.values()) await database.transaction((tx) => whole.room.rights.holds.confirm(tx, { requestId, reason: '调查', ownerId: applicant, reviewAt: clock.now() + 30 * dayMs, actor: serverActor }));
};
/** Undecided holds end by the sweep: the model is told by the rows which those were. */
const sweepHolds = async (house: House): Promise<void> => {
  await house.whole.runJob('evidence.holds');
  const { rows } = await house.admin.query<{ request_id: string }>(`select request_id from evidence.holds where ended_how = 'undecided'`);
  for (const row of rows) house.held.delete(row.request_id);
};
/** New footage: of now, of a time that is past its retention already, as a journal tells that starts anew, or under a hold that waited for it. */
const record = async (house: House): Promise<void> => {
  const { room, random, clock, admin, note } = house;
  const waiting = anyHeld(house);
  const isAwaited = waiting !== undefined && random(2) === 0;
  const from = isAwaited ? waiting.from - random(60_000) : clock.now() - random(2) * retentionMs - random(60) * minuteMs;
  const cameraId = isAwaited ? waiting.cameraId : (room.cameraIds[random(3)] ?? '');
  const { rows } = await admin.query<{ seq: string; storage: string }>('select r.journal_seq as seq, s.storage_id as storage from video.recorders r join video.storages s using (recorder_id)');
  const minutes = Array.from({ length: 1 + random(3) }, (_, i) => {
    const segmentId = newId('seg', clock);
    const begin = from + i * minuteMs;
    return {
      kind: 'segment_closed' as const, seq: Number(rows[0]?.seq ?? 0) + i + 1, at: clock.now(), segmentId, cameraId, storageId: rows[0]?.storage ?? '', path: `${cameraId}/x/${segmentId}.mp4`, from: begin, until: begin + minuteMs, sizeBytes: 1_000_000,
      sha256: createHash('sha256').update(segmentId).digest('hex'), frames: 1_500, keyFrames: 30, codec: 'avc1.64001f', width: 1280, height: 720, runId: newId('run', clock), cameraClockOffsetMs: null, packetsLost: 0, recovered: false,
    };
  });
  await house.whole.room.video.takeOver(minutes);
  note((await admin.query<SegmentRow>(listed)).rows);
};
const retire = async (house: House): Promise<void> => {
  const cameraId = house.room.cameraIds[1] ?? '';
  await house.room.ask(administrator, video.removeCamera, { params: { cameraId }, body: { reason: '更换' } });
};
/** Somebody with the password of the database: what is held is refused, alone or among others. */
const byHand = async (house: House): Promise<void> => {
  const { admin, random } = house;
  const statement = ['delete from video.segments where segment_id in (select segment_id from video.segments order by random() limit 3)', 'delete from video.segments', 'truncate video.segments',
    `insert into video.garbage select segment_id, camera_id, storage_id, path, from_at, until_at, size_bytes, sha256, 'space', now() from video.segments order by random() limit 2 on conflict do nothing`][random(4)] ?? '';
  await admin.query('begin');
  await admin.query(random(2) === 0 ? 'set local session_replication_role = replica' : 'select 1');
  const outcome = await admin.query(statement).then(() => 'done', (error: unknown) => String(error));
  // What went through would have been lawful only without a hold; it is undone, so that the room goes on.
  const lost = outcome === 'done' ? await missing(house) : [];
  await admin.query('rollback');
  expect(lost, statement).toEqual([]);
};
/** Held segments that are not in the list of footage, or wait for their deletion. */
const missing = async ({ admin, segments, isHeld, held }: House): Promise<string[]> => {
  const { rows } = await admin.query<{ segment_id: string; garbage: boolean }>('select segment_id, false as garbage from video.segments union all select segment_id, true from video.garbage');
  const there = new Set(rows.filter((row) => !row.garbage).map((row) => row.segment_id));
  const garbage = new Set(rows.filter((row) => row.garbage).map((row) => row.segment_id));
  // A hold placed after a lawful deletion holds what is left: those it came too late for are taken out of the model when they go.
  return held.size === 0 ? [] : [...segments].filter(([id, one]) => isHeld(one) && (!there.has(id) || garbage.has(id))).map(([id]) => id);
};
const sweepFootage = async (house: House): Promise<void> => {
  const before = await inGarbage(house);
  await house.whole.runJob('video.retention');
  const fresh = [...(await inGarbage(house))].filter((id) => !before.has(id));
  for (const id of fresh) {
    const one = house.segments.get(id);
    expect(one !== undefined && house.isHeld(one), `${id} was held and went to garbage`).toBe(false);
    house.segments.delete(id);
  }
};
const inGarbage = async ({ admin }: House): Promise<ReadonlySet<string>> => new Set((await admin.query<{ segment_id: string }>('select segment_id from video.garbage')).rows.map((row) => row.segment_id));
/** The recorder reports on deletions that nobody ordered as well: no row of footage goes by its word. */
const reported = async (house: House): Promise<void> => {
  const { admin, whole, clock, random } = house;
  const { rows } = await admin.query<{ segment_id: string; storage_id: string; path: string }>('select segment_id, storage_id, path from video.segments order by random() limit 2');
  const { rows: last } = await admin.query<{ journal_seq: string }>('select journal_seq from video.recorders');
  let seq = Number(last[0]?.journal_seq ?? 0);
  await whole.room.video.takeOver(rows.map((row) => ({ kind: 'segment_deleted' as const, seq: (seq += 1), at: clock.now(), segmentId: row.segment_id, storageId: row.storage_id, path: row.path, outcome: random(2) === 0 ? ('deleted' as const) : ('failed' as const), detail: '' })));
};
const moveClock = async ({ clock, random }: House): Promise<void> => clock.step([hourMs, 6 * hourMs, dayMs, 9 * dayMs, 20 * dayMs, -hourMs, -2 * dayMs][random(7)] ?? 0);

const acts = [place, place, place, confirm, confirm, release, sweepHolds, record, record, retire, byHand, byHand, reported, moveClock, moveClock, sweepFootage, sweepFootage];

test.each([1, 2, 3])('no chance course of acts loses held footage, and what nobody holds goes in the end (seed %d)', async (seed) => {
  const house = await openHouse(seed);
  try {
    // Some footage is held for good and past its retention from the beginning.
    for (let n = 0; n < 5; n += 1) await place(house);
    await confirmAll(house);
    house.clock.step(retentionMs + dayMs);
    let overdue = 0;
    for (let n = 0; n < 70; n += 1) {
      await acts[house.random(acts.length)]?.(house);
      expect(await missing(house)).toEqual([]);
      overdue += [...house.segments.values()].filter((one) => one.until < house.clock.now() - retentionMs && house.isHeld(one)).length;
    }
    // The course was worth it: there was held footage past its retention while all this went on.
    expect(overdue).toBeGreaterThan(20);
    if (house.held.size === 0) await place(house);
    await confirmAll(house);
    // Long after: everything is past its retention; only what is held is left, and only while it is.
    house.clock.step(120 * dayMs);
    await sweepHolds(house);
    await sweepFootage(house);
    const left = async () => new Set((await house.admin.query<{ segment_id: string }>('select segment_id from video.segments')).rows.map((row) => row.segment_id));
    const held = [...house.segments].filter(([, one]) => house.isHeld(one)).map(([id]) => id);
    expect([...(await left())].sort()).toEqual(held.sort());
    expect(held.length).toBeGreaterThan(0);
    for (const { requestId } of [...house.held.values()]) await house.database.transaction((tx) => house.whole.room.rights.holds.release(tx, { requestId, why: 'withdrawn', actor: serverActor }));
    house.held.clear();
    await sweepFootage(house);
    expect([...(await left())]).toEqual([]);
  } finally {
    await house.admin.end();
    await house.room.whole.close();
  }
});
