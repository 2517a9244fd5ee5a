/** SQL of requests, their states and steps. */
import { sql } from 'kysely';
import type { CameraFootage } from '../../../../contract/evidence.ts';
import type { Instant } from '../../base/clock.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';
import type { Act, FootageRequest } from './request.ts';

export type Existed = Omit<CameraFootage, 'recorded' | 'gaps'>;

/** Numbers of a room have no hole: whoever takes one holds the room's count until commit. */
export const nextCount = async (tx: Tx, roomId: string, year: number): Promise<number> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('evidence.count/' || ${roomId}, 0))`.execute(tx);
  const { rows } = await sql<{ count: number }>`select coalesce(max(count), 0) + 1 as count from evidence.requests where room_id = ${roomId} and year = ${year}`.execute(tx);
  return rows[0]?.count ?? 1;
};

type Asked = Omit<FootageRequest, 'state' | 'rowVersion' | 'approvalId' | 'holdId' | 'operatorId' | 'validUntil' | 'writeBackBy'>;

export const insertRequest = async (tx: Tx, one: Asked, more: { year: number; count: number; existing: readonly Existed[] }): Promise<void> => {
  await sql`
    insert into evidence.requests (request_id, site_id, room_id, year, count, number, type, follows, applicant_id, viewer_group, viewer, viewer_paper, department, unit, position, phone, leader_id, place, from_at, until_at,
      reason_class, reason, paper_number, mode, purpose, receiver, copies, return_by, existing, clauses, submitted_at)
    values (${one.requestId}, ${one.siteId}, ${one.roomId}, ${more.year}, ${more.count}, ${one.number}, ${one.type}, ${one.follows}, ${one.applicantId}, ${one.viewerGroup}, ${one.viewer}, ${one.viewerPaper}, ${one.department}, ${one.unit},
      ${one.position}, ${one.phone}, ${one.leaderId}, ${one.place}, ${at(one.from)}, ${at(one.until)}, ${one.reasonClass}, ${one.reason}, ${one.paperNumber}, ${one.mode}, ${one.purpose}, ${one.receiver}, ${one.copies},
      ${one.returnBy === null ? null : at(one.returnBy)}, ${JSON.stringify(more.existing)}::jsonb, ${[...one.clauses]}::text[], ${at(one.submittedAt)})`.execute(tx);
  for (const [place, cameraId] of one.cameraIds.entries()) {
    await sql`insert into evidence.request_cameras (request_id, place, camera_id, camera) values (${one.requestId}, ${place}, ${cameraId}, ${one.cameras[place] ?? cameraId})`.execute(tx);
  }
  await sql`insert into evidence.request_states (request_id, state, row_version, changed_at) values (${one.requestId}, 'approving', 1, ${at(one.submittedAt)})`.execute(tx);
};

const columns = sql.raw(`r.request_id as "requestId", r.number, r.type, r.site_id as "siteId", r.room_id as "roomId", r.applicant_id as "applicantId", r.department, r.unit, r.position, r.phone,
  array(select c.camera_id from evidence.request_cameras c where c.request_id = r.request_id order by c.place) as "cameraIds", array(select c.camera from evidence.request_cameras c where c.request_id = r.request_id order by c.place) as cameras,
  r.from_at as "from", r.until_at as "until", r.place, r.reason_class as "reasonClass", r.reason, r.paper_number as "paperNumber", r.viewer_group as "viewerGroup", r.viewer, r.viewer_paper as "viewerPaper", r.leader_id as "leaderId", r.follows,
  r.purpose, r.receiver, r.copies, r.return_by as "returnBy", r.mode, r.clauses, r.submitted_at as "submittedAt", s.state, s.row_version as "rowVersion", coalesce(s.approval_id, '') as "approvalId", s.hold_id as "holdId",
  s.operator_id as "operatorId", s.valid_until as "validUntil", s.write_back_by as "writeBackBy"`);

/** Whoever decides about a request holds its state until commit. */
export const lockRequest = async (tx: Tx, requestId: string): Promise<FootageRequest | null> =>
  (await sql<FootageRequest>`select ${columns} from evidence.requests r join evidence.request_states s using (request_id) where r.request_id = ${requestId} for update of s`.execute(tx)).rows[0] ?? null;
export const findRequest = async (db: Db, roomId: string, requestId: string): Promise<FootageRequest | null> =>
  (await sql<FootageRequest>`select ${columns} from evidence.requests r join evidence.request_states s using (request_id) where r.room_id = ${roomId} and r.request_id = ${requestId}`.execute(db)).rows[0] ?? null;
export const existingOf = async (db: Db, requestId: string): Promise<Existed[]> =>
  (await sql<{ existing: Existed[] }>`select existing from evidence.requests where request_id = ${requestId}`.execute(db)).rows[0]?.existing ?? [];

/** Personal details that the applicant gave last time, for the next form. */
export const lastOf = async (db: Db, roomId: string, applicantId: string): Promise<FootageRequest | null> =>
  (await sql<FootageRequest>`select ${columns} from evidence.requests r join evidence.request_states s using (request_id) where r.room_id = ${roomId} and r.applicant_id = ${applicantId} order by r.submitted_at desc, r.request_id desc limit 1`.execute(db)).rows[0] ?? null;

type Changed = Partial<Pick<FootageRequest, 'state' | 'approvalId' | 'holdId' | 'operatorId' | 'validUntil' | 'writeBackBy'>>;

/** The next state of a request that the caller holds. */
export const saveState = async (tx: Tx, one: FootageRequest, changed: Changed, changedAt: Instant): Promise<FootageRequest> => {
  const next = { ...one, ...changed, rowVersion: one.rowVersion + 1 };
  await sql`
    update evidence.request_states set state = ${next.state}, row_version = ${next.rowVersion}, approval_id = ${next.approvalId === '' ? null : next.approvalId}, hold_id = ${next.holdId}, operator_id = ${next.operatorId},
      valid_until = ${next.validUntil === null ? null : at(next.validUntil)}, write_back_by = ${next.writeBackBy === null ? null : at(next.writeBackBy)}, changed_at = ${at(changedAt)}
    where request_id = ${one.requestId}`.execute(tx);
  return next;
};

export interface Step {
  requestId: string;
  act: string;
  state: string;
  at: Instant;
  by: string;
  note: string;
}

export const insertStep = async (tx: Tx, step: Omit<Step, 'act'> & { act: Act }): Promise<void> => {
  await sql`
    insert into evidence.request_moves (request_id, number, act, state, at, by_id, note)
    select ${step.requestId}, coalesce(max(number), 0) + 1, ${step.act}, ${step.state}, ${at(step.at)}, ${step.by}, ${step.note} from evidence.request_moves where request_id = ${step.requestId}`.execute(tx);
};
export const stepsOf = async (db: Db, requestId: string): Promise<Step[]> =>
  (await sql<Step>`select request_id as "requestId", act, state, at, by_id as by, note from evidence.request_moves where request_id = ${requestId} order by number`.execute(db)).rows;

export interface ListFilter {
  roomId: string;
  applicantId?: string | undefined;
  states?: readonly string[] | undefined;
  type?: string | undefined;
  search?: string | undefined;
  from?: Instant | undefined;
  until?: Instant | undefined;
  before?: { at: Instant; requestId: string } | undefined;
}

const where = ({ roomId, applicantId, states, type, search, from, until, before }: ListFilter) => {
  const like = search === undefined || search === '' ? null : `%${search.replaceAll(/[\\%_]/g, (found) => `\\${found}`)}%`;
  return sql`r.room_id = ${roomId}
    ${applicantId === undefined ? sql`` : sql`and r.applicant_id = ${applicantId}`}
    ${states === undefined ? sql`` : sql`and s.state = any(${[...states]}::text[])`}
    ${type === undefined ? sql`` : sql`and r.type = ${type}`}
    ${from === undefined ? sql`` : sql`and r.submitted_at >= ${at(from)}`}
    ${until === undefined ? sql`` : sql`and r.submitted_at < ${at(until)}`}
    ${before === undefined ? sql`` : sql`and (r.submitted_at, r.request_id) < (${at(before.at)}, ${before.requestId})`}
    ${like === null ? sql`` : sql`and (r.number ilike ${like} or r.reason ilike ${like} or r.department ilike ${like} or r.unit ilike ${like} or coalesce(r.viewer, '') ilike ${like}
      or exists (select from identity.people_now p where p.person_id = r.applicant_id and p.name ilike ${like}) or exists (select from evidence.request_cameras c where c.request_id = r.request_id and c.camera ilike ${like}))`}`;
};

export const listRequests = async (db: Db, filter: ListFilter, limit: number, offset = 0): Promise<FootageRequest[]> =>
  (await sql<FootageRequest>`select ${columns} from evidence.requests r join evidence.request_states s using (request_id) where ${where(filter)} order by r.submitted_at desc, r.request_id desc limit ${limit} offset ${offset}`.execute(db)).rows;
export const countRequests = async (db: Db, filter: ListFilter): Promise<number> =>
  (await sql<{ count: number }>`select count(*)::int as count from evidence.requests r join evidence.request_states s using (request_id) where ${where(filter)}`.execute(db)).rows[0]?.count ?? 0;

