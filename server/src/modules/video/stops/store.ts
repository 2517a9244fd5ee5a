/** The only SQL of stops. */
import { sql } from 'kysely';
import type { StopScope, StopState } from '../../../../../contract/stops.ts';
import type { Instant } from '../../../base/clock.ts';
import { at, type Db, type Tx } from '../../../platform/postgres/db.ts';

export interface Stop {
  stopId: string; approvalId: string; siteId: string; roomId: string; scope: StopScope; cameraIds: readonly string[]; from: Instant; until: Instant; urgent: boolean; reason: string; signerIds: readonly string[];
  state: StopState; begunAt: Instant | null; begunBy: string | null; endedAt: Instant | null; ending: 'window' | 'person' | 'revoked' | null;
}

const columns = sql`stop_id as "stopId", approval_id as "approvalId", site_id as "siteId", room_id as "roomId", scope, camera_ids as "cameraIds", from_at as "from", until_at as "until", urgent, reason, signer_ids as "signerIds",
  state, begun_at as "begunAt", begun_by as "begunBy", ended_at as "endedAt", ending`;

export const insertStop = async (tx: Tx, stop: Pick<Stop, 'stopId' | 'approvalId' | 'siteId' | 'roomId' | 'scope' | 'cameraIds' | 'from' | 'until' | 'urgent' | 'reason' | 'signerIds'>, now: Instant): Promise<void> => {
  await sql`insert into video.stops (stop_id, approval_id, site_id, room_id, scope, camera_ids, from_at, until_at, urgent, reason, signer_ids, granted_at)
    values (${stop.stopId}, ${stop.approvalId}, ${stop.siteId}, ${stop.roomId}, ${stop.scope}, ${[...stop.cameraIds]}::text[], ${at(stop.from)}, ${at(stop.until)}, ${stop.urgent}, ${stop.reason}, ${[...stop.signerIds]}::text[], ${at(now)})`.execute(tx);
};

/** Those that may begin or run, locked, by their begin. */
export const lockOpenStops = async (tx: Tx, siteId: string): Promise<Stop[]> =>
  (await sql<Stop>`select ${columns} from video.stops where site_id = ${siteId} and state in ('granted', 'running') order by from_at, stop_id for update`.execute(tx)).rows;

export const openStops = async (db: Db): Promise<Stop[]> => (await sql<Stop>`select ${columns} from video.stops where state in ('granted', 'running') order by from_at, stop_id`.execute(db)).rows;

export const stopOfApproval = async (tx: Tx, approvalId: string): Promise<Stop | null> => (await sql<Stop>`select ${columns} from video.stops where approval_id = ${approvalId} for update`.execute(tx)).rows[0] ?? null;

export const stopsOf = async (db: Db, siteId: string, limit: number): Promise<Stop[]> =>
  (await sql<Stop>`select ${columns} from video.stops where site_id = ${siteId} order by state in ('granted', 'running') desc, from_at desc, stop_id limit ${limit}`.execute(db)).rows;

/** Spans in which cameras really were stopped, open ones up to `until`. */
export const stoppedSpans = async (db: Db, cameraId: string, from: Instant, until: Instant): Promise<{ stopId: string; from: Instant; until: Instant; reason: string }[]> =>
  (await sql<{ stopId: string; from: Instant; until: Instant; reason: string }>`
    select stop_id as "stopId", begun_at as "from", coalesce(ended_at, least(until_at, ${at(until)}::timestamptz)) as "until", reason from video.stops
    where begun_at is not null and ${cameraId} = any(camera_ids) and begun_at < ${at(until)} and coalesce(ended_at, until_at) > ${at(from)} order by begun_at`.execute(db)).rows;

export const begin = async (tx: Tx, stopId: string, { by, cameraIds, now }: { by: string; cameraIds: readonly string[]; now: Instant }): Promise<void> => {
  await sql`update video.stops set state = 'running', begun_at = ${at(now)}, begun_by = ${by}, camera_ids = ${[...cameraIds]}::text[] where stop_id = ${stopId}`.execute(tx);
};
export const end = async (tx: Tx, stopId: string, ending: NonNullable<Stop['ending']>, now: Instant): Promise<void> => {
  await sql`update video.stops set state = 'ended', ended_at = ${at(now)}, ending = ${ending} where stop_id = ${stopId}`.execute(tx);
};
export const drop = async (tx: Tx, stopId: string, state: 'lapsed' | 'revoked'): Promise<void> => {
  await sql`update video.stops set state = ${state} where stop_id = ${stopId}`.execute(tx);
};

/** Cameras that are stopped now, with the moment at which they record again by themselves. */
export const stoppedCameras = async (db: Db, siteId: string): Promise<ReadonlyMap<string, Instant>> => {
  const { rows } = await sql<{ cameraId: string; until: Instant }>`
    select c.camera_id as "cameraId", max(s.until_at) as until from video.stops s cross join unnest(s.camera_ids) as c(camera_id) where s.site_id = ${siteId} and s.state = 'running' group by c.camera_id`.execute(db);
  return new Map(rows.map(({ cameraId, until }) => [cameraId, until]));
};

export const hasFootage = async (db: Db, cameraId: string): Promise<boolean> => (await sql`select from video.segments where camera_id = ${cameraId} limit 1`.execute(db)).rows.length > 0;

export const insertRestart = async (tx: Tx, one: { siteId: string; stopId: string; personId: string; name: string; reason: string }, now: Instant): Promise<void> => {
  await sql`insert into video.restarts (site_id, at, stop_id, person_id, by_name, reason) values (${one.siteId}, ${at(now)}, ${one.stopId}, ${one.personId}, ${one.name}, ${one.reason})`.execute(tx);
};
export const restartsOf = async (db: Db, siteId: string): Promise<{ at: Instant; by: string; reason: string }[]> =>
  (await sql<{ at: Instant; by: string; reason: string }>`select at, by_name as by, reason from video.restarts where site_id = ${siteId} order by at desc limit 20`.execute(db)).rows;
