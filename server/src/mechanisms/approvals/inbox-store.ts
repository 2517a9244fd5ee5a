/** The lists of the inbox, read in a few statements however long they are. */
import { sql, type RawBuilder } from 'kysely';
import type { z } from 'zod';
import type { inbox } from '../../../../contract/approvals.ts';
import type { Instant } from '../../base/clock.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { CaseState } from './case.ts';

export interface InboxRow {
  approval_id: string;
  number: number;
  kind: string;
  subject: string;
  applicant_id: string;
  state: CaseState['name'];
  escalated: 'late' | 'vacant' | null;
  submitted_at: Instant;
  valid_until: Instant | null;
  summary_zh: string;
  summary_en: string;
  step_zh: string | null;
  step_en: string | null;
  due_at: Instant | null;
  waiting: string[] | null;
}

export const pageSize = 50;

/** Those laid down of whom enough have signed are not asked any more, only who was added; `e` seat, `p` step. */
const stillAsked = (seat: RawBuilder<unknown>): RawBuilder<boolean> => sql<boolean>`
  ${seat}.left_at is null
  and not exists (select from approvals.signatures g where g.approval_id = ${seat}.approval_id and g.round = ${seat}.round and g.step = ${seat}.step and g.seat = ${seat}.seat)
  and (${seat}.added is not null or p.needs > (
    select count(distinct g.person_id) from approvals.signatures g join approvals.seats b on b.approval_id = g.approval_id and b.round = g.round and b.step = g.step and b.seat = g.seat
    where g.approval_id = e.approval_id and g.round = e.round and g.step = e.step and g.decision = 'approve' and b.added is null))`;

/** Unsigned seats of the present step whose turn it is; `e` seat, `s` state, `p` step. */
const askedNow = sql`
  e.approval_id = s.approval_id and e.round = p.signed_in_round and e.step = s.step and ${stillAsked(sql`e`)}
  and not exists (
    select from approvals.seats f where f.approval_id = e.approval_id and f.round = e.round and f.step = e.step and ${stillAsked(sql`f`)}
      and case when p.mode = 'in_order' then (f.place, f.turn, f.seat) < (e.place, e.turn, e.seat) else f.place = e.place and f.turn < e.turn end)`;

/** Deciders: the person and those for whom they act. Who asked or signed is not asked again. */
const waitsFor = (personId: string, deciders: readonly string[]): RawBuilder<boolean> => sql<boolean>`(
  s.state = 'pending' and r.applicant_id <> ${personId} and r.executor_id is distinct from ${personId}
  and exists (select from approvals.seats e where e.person_id = any(${[...deciders]}) and ${askedNow})
  and not (r.protected and exists (
    select from approvals.signatures g join approvals.steps q on q.approval_id = g.approval_id and q.round = s.round and q.step = g.step and q.signed_in_round = g.round
    where g.approval_id = s.approval_id and g.person_id = ${personId} and g.decision = 'approve')))`;

/** Asked, or asked to decide at any time: they may go on seeing it. */
export const concerns = (personId: string, deciders: readonly string[]): RawBuilder<boolean> => sql<boolean>`(
  r.applicant_id = ${personId} or r.executor_id = ${personId}
  or exists (select from approvals.seats e where e.approval_id = r.approval_id and e.person_id = any(${[...deciders]}))
  or exists (select from approvals.signatures g where g.approval_id = r.approval_id and g.person_id = ${personId}))`;

const from = sql`
  from approvals.states s
  join approvals.requests r on r.approval_id = s.approval_id
  join approvals.rounds c on c.approval_id = s.approval_id and c.round = s.round
  left join approvals.steps p on p.approval_id = s.approval_id and p.round = s.round and p.step = s.step`;

export interface InboxQuery extends z.output<typeof inbox.query> {
  personId: string;
  deciders: readonly string[];
  roomId: string;
  /** People whose name fits what is searched. */
  applicantIds: readonly string[];
  /** all, concerned: only what concerns the person, vacant: also what an administrator must fill. */
  sees: 'all' | 'concerned' | 'vacant';
}

const listed = (query: InboxQuery): RawBuilder<boolean> => {
  const { list, personId, deciders, sees } = query;
  if (list === 'to_decide') return sees === 'vacant' ? sql<boolean>`(${waitsFor(personId, deciders)} or s.escalated is not null)` : waitsFor(personId, deciders);
  if (list === 'mine') return sql<boolean>`r.applicant_id = ${personId}`;
  if (sees === 'all') return sql<boolean>`true`;
  return sees === 'vacant' ? sql<boolean>`(${concerns(personId, deciders)} or s.escalated is not null)` : concerns(personId, deciders);
};

export const findInbox = async (db: Db, query: InboxQuery): Promise<InboxRow[]> => {
  const { search, kind, state, before, roomId, applicantIds } = query;
  const text = search?.trim() ?? '';
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<InboxRow>`
    select r.approval_id, r.number, r.kind, r.subject, r.applicant_id, s.state, s.escalated, r.submitted_at, s.valid_until, c.summary_zh, c.summary_en,
      p.title_zh as step_zh, p.title_en as step_en,
      (select min(d.due_at) from approvals.deadlines d where d.approval_id = s.approval_id and d.kind = 'escalate' and d.cleared_at is null) as due_at,
      (select array_agg(e.person_id order by e.place, e.seat) from approvals.seats e where ${askedNow}) as waiting
    ${from}
    where r.room_id = ${roomId} and ${listed(query)}
      and (${text} = '' or c.summary_zh ilike ${like} or c.summary_en ilike ${like} or c.reason ilike ${like} or r.number::text = ${text} or r.applicant_id = any(${[...applicantIds]}))
      and (${kind ?? null}::text is null or r.kind = ${kind ?? null}) and (${state ?? null}::text is null or s.state = ${state ?? null})
      and (${before ?? null}::bigint is null or r.number < ${before ?? null})
    order by r.number desc limit ${pageSize + 1}`.execute(db);
  return rows;
};

export const countInbox = async (db: Db, query: Pick<InboxQuery, 'personId' | 'deciders' | 'roomId' | 'sees'>): Promise<{ toDecide: number; mine: number }> => {
  const { personId, deciders, roomId } = query;
  const { rows } = await sql<{ to_decide: number; mine: number }>`
    select count(*) filter (where ${listed({ ...query, list: 'to_decide', applicantIds: [] })}) as to_decide, count(*) filter (where r.applicant_id = ${personId}) as mine
    ${from} where r.room_id = ${roomId} and s.state in ('pending', 'returned') and (s.state = 'pending' or r.applicant_id = ${personId} or r.applicant_id = any(${[...deciders]}))`.execute(db);
  return { toDecide: rows[0]?.to_decide ?? 0, mine: rows[0]?.mine ?? 0 };
};

export const doesConcern = async (db: Db, approvalId: string, personId: string, deciders: readonly string[]): Promise<boolean> => {
  const { rows } = await sql<{ yes: boolean }>`select ${concerns(personId, deciders)} as yes from approvals.requests r where r.approval_id = ${approvalId}`.execute(db);
  return rows[0]?.yes === true;
};
