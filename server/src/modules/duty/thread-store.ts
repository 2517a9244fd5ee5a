/** SQL of faults, hazards and serious events. */
import { sql } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';

export type ThreadKind = 'fault' | 'hazard' | 'serious';
export type StepWhat = 'opened' | 'noted' | 'handled' | 'reported' | 'overdue' | 'closed';

export interface Thread {
  threadId: string;
  siteId: string;
  roomId: string;
  kind: ThreadKind;
  grade: 'A' | 'B' | 'C' | 'serious' | 'major';
  what: string;
  cameraId: string | null;
  happenedAt: Instant;
  openedAt: Instant;
  openedBy: string;
}

export interface Step {
  threadId: string;
  what: StepWhat;
  at: Instant;
  by: string;
  text: string;
}

export const insertThread = async (tx: Tx, thread: Thread): Promise<void> => {
  await sql`
    insert into duty.threads (thread_id, site_id, room_id, kind, grade, what, camera_id, happened_at, opened_at, opened_by)
    values (${thread.threadId}, ${thread.siteId}, ${thread.roomId}, ${thread.kind}, ${thread.grade}, ${thread.what}, ${thread.cameraId}, ${at(thread.happenedAt)}, ${at(thread.openedAt)}, ${thread.openedBy})`.execute(tx);
};
/** False when this step was made already and is made once. */
export const insertStep = async (tx: Tx, step: Step): Promise<boolean> =>
  (
    await sql`
    insert into duty.thread_steps (thread_id, number, what, at, by_id, text)
    select ${step.threadId}, coalesce(max(number), 0) + 1, ${step.what}, ${at(step.at)}, ${step.by}, ${step.text} from duty.thread_steps where thread_id = ${step.threadId}
    on conflict do nothing returning number`.execute(tx)
  ).rows.length === 1;

const columns = sql.raw(`t.thread_id as "threadId", t.site_id as "siteId", t.room_id as "roomId", t.kind, t.grade, t.what, t.camera_id as "cameraId", t.happened_at as "happenedAt", t.opened_at as "openedAt", t.opened_by as "openedBy"`);
const isOpen = sql`not exists (select from duty.thread_steps c where c.thread_id = t.thread_id and c.what = 'closed')`;

/** Whoever decides about a thread holds it until commit. */
export const lockThread = async (tx: Tx, roomId: string, threadId: string): Promise<Thread | null> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('duty.thread/' || ${threadId}, 0))`.execute(tx);
  return (await sql<Thread>`select ${columns} from duty.threads t where t.room_id = ${roomId} and t.thread_id = ${threadId}`.execute(tx)).rows[0] ?? null;
};
export const openThreads = async (db: Db, roomId: string): Promise<Thread[]> => (await sql<Thread>`select ${columns} from duty.threads t where t.room_id = ${roomId} and ${isOpen} order by t.opened_at`.execute(db)).rows;
export const stepsOf = async (db: Db, threadIds: readonly string[]): Promise<Step[]> =>
  threadIds.length === 0
    ? []
    : (await sql<Step>`select thread_id as "threadId", what, at, by_id as by, text from duty.thread_steps where thread_id = any(${[...threadIds]}::text[]) order by thread_id, number`.execute(db)).rows;
/** Handled before the instant, neither reported nor closed nor told to be overdue. */
export const unreportedSince = async (db: Db, before: Instant): Promise<Thread[]> =>
  (
    await sql<Thread>`
    select ${columns} from duty.threads t where t.kind = 'serious' and ${isOpen}
      and exists (select from duty.thread_steps h where h.thread_id = t.thread_id and h.what = 'handled' and h.at <= ${at(before)})
      and not exists (select from duty.thread_steps r where r.thread_id = t.thread_id and r.what in ('reported', 'overdue'))`.execute(db)
  ).rows;
