/** SQL of obligations and their changes. */
import { sql } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { at, moment, type Db, type Tx } from '../../platform/postgres/db.ts';
import type { DeadlineKind, Obligation, Step } from './obligation.ts';
import type { ObligationTables } from './tables.ts';

export const tables = (db: Db) => db.$extendTables<ObligationTables>();

export const columns = [
  'obligation_id', 'site_id', 'room_id', 'kind', 'title_zh', 'title_en', 'window_key', 'subject', 'from_at', 'until_at', 'grace_until_at', 'form', 'form_version', 'fields', 'assignees', 'reviewers', 'clauses', 'state', 'late', 'row_version',
] as const;
interface Row {
  obligation_id: string; site_id: string; room_id: string; kind: string; title_zh: string; title_en: string; window_key: string; subject: string; from_at: Instant; until_at: Instant; grace_until_at: Instant;
  form: string; form_version: number; fields: string[]; assignees: Obligation['assignees']; reviewers: Obligation['reviewers']; clauses: string[]; state: Obligation['state']; late: boolean; row_version: number;
}
export const obligationOf = (row: Row): Obligation => ({
  obligationId: row.obligation_id, siteId: row.site_id, roomId: row.room_id, kind: row.kind, title: { zh: row.title_zh, en: row.title_en }, windowKey: row.window_key, subject: row.subject,
  from: row.from_at, until: row.until_at, graceUntil: row.grace_until_at, form: row.form, formVersion: row.form_version, fields: row.fields, assignees: row.assignees, reviewers: row.reviewers,
  clauses: row.clauses, state: row.state, late: row.late, rowVersion: row.row_version,
});

export const findObligation = async (db: Db, roomId: string, obligationId: string): Promise<Obligation | null> => {
  const row = await tables(db).selectFrom('obligations.obligations').select(columns).where('room_id', '=', roomId).where('obligation_id', '=', obligationId).executeTakeFirst();
  return row === undefined ? null : obligationOf(row);
};

/** Whoever changes it holds its row: of two people at the same form the second sees what the first did. */
export const lockObligation = async (tx: Tx, obligationId: string): Promise<Obligation | null> => {
  const row = await tables(tx).selectFrom('obligations.obligations').select(columns).where('obligation_id', '=', obligationId).forUpdate().executeTakeFirst();
  return row === undefined ? null : obligationOf(row);
};

export interface NewObligation extends Omit<Obligation, 'late' | 'rowVersion'> {
  madeAt: Instant;
  madeBy: string;
  /** Later than `from` where the rule came into force within the window; default: `from`. */
  opensAt?: Instant;
}

/** False when a row of that kind, subject and window is there already. */
export const insertObligation = async (tx: Tx, one: NewObligation): Promise<boolean> => {
  const inserted = await tables(tx)
    .insertInto('obligations.obligations')
    .values({
      obligation_id: one.obligationId, site_id: one.siteId, room_id: one.roomId, kind: one.kind, title_zh: one.title.zh, title_en: one.title.en, window_key: one.windowKey, subject: one.subject,
      from_at: at(one.from), until_at: at(one.until), grace_until_at: at(one.graceUntil), form: one.form, form_version: one.formVersion, fields: [...one.fields], assignees: [...one.assignees], reviewers: [...one.reviewers],
      clauses: [...one.clauses], made_at: at(one.madeAt), made_by: one.madeBy, state: one.state, late: false, row_version: 1,
    })
    .onConflict((conflict) => conflict.columns(['room_id', 'kind', 'subject', 'window_key']).where('state', '<>', 'withdrawn').doNothing())
    .returning('obligation_id')
    .executeTakeFirst();
  if (inserted === undefined) return false;
  await insertChange(tx, one.obligationId, 1, { state: one.state, late: false }, { at: one.madeAt, recordedAt: one.madeAt, by: one.madeBy });
  await setDeadlines(tx, one.obligationId, [
    ...(one.state === 'planned' ? [{ what: 'opens' as const, dueAt: one.opensAt ?? one.from }] : []),
    { what: 'ends', dueAt: one.until },
    { what: 'grace_ends', dueAt: one.graceUntil },
  ]);
  return true;
};

export interface ChangeNote {
  /** When it happened. */
  at: Instant;
  recordedAt: Instant;
  by: string;
  reason?: string;
  reference?: string;
  firedLateMs?: number | null;
}

const insertChange = async (tx: Tx, obligationId: string, number: number, step: Step, note: ChangeNote): Promise<void> => {
  await tables(tx)
    .insertInto('obligations.changes')
    .values({
      obligation_id: obligationId, number, at: at(note.at), recorded_at: at(note.recordedAt), state: step.state, late: step.late, by_id: note.by, reason: note.reason ?? '', reference: note.reference ?? null, fired_late_ms: note.firedLateMs ?? null,
    })
    .execute();
};

/** One change of a locked obligation, with its row in the history. */
export const changeObligation = async (tx: Tx, one: Pick<Obligation, 'obligationId' | 'rowVersion'>, step: Step, note: ChangeNote): Promise<void> => {
  const rowVersion = one.rowVersion + 1;
  const done = await tables(tx)
    .updateTable('obligations.obligations')
    .set({ state: step.state, late: step.late, row_version: rowVersion })
    .where('obligation_id', '=', one.obligationId)
    .where('row_version', '=', one.rowVersion)
    .executeTakeFirst();
  if (done.numUpdatedRows !== 1n) throw new Error(`obligation ${one.obligationId} was changed without its lock`);
  await insertChange(tx, one.obligationId, rowVersion, step, note);
};

export const setDeadlines = async (tx: Tx, obligationId: string, deadlines: readonly { what: DeadlineKind; dueAt: Instant }[]): Promise<void> => {
  if (deadlines.length === 0) return;
  const { rows } = await sql<{ what: DeadlineKind; last: number }>`select what, max(number) as last from obligations.deadlines where obligation_id = ${obligationId} group by what`.execute(tx);
  const last = new Map(rows.map((row) => [row.what, row.last]));
  await tables(tx)
    .insertInto('obligations.deadlines')
    .values(deadlines.map(({ what, dueAt }) => ({ obligation_id: obligationId, what, number: (last.get(what) ?? 0) + 1, due_at: at(dueAt), fired_at: null, cleared_at: null })))
    .execute();
};

/** What was waited for has happened: the deadlines that have not come are taken back. */
export const clearDeadlines = async (tx: Tx, obligationId: string, now: Instant): Promise<void> => {
  await tables(tx).updateTable('obligations.deadlines').set({ cleared_at: at(now) }).where('obligation_id', '=', obligationId).where('fired_at', 'is', null).where('cleared_at', 'is', null).execute();
};

export interface DueDeadline {
  obligationId: string;
  what: DeadlineKind;
  number: number;
  dueAt: Instant;
}

/** The deadlines that have come, oldest first. */
export const dueDeadlines = async (db: Db, now: Instant, limit: number): Promise<DueDeadline[]> => {
  const rows = await tables(db)
    .selectFrom('obligations.deadlines')
    .select(['obligation_id', 'what', 'number', 'due_at'])
    .where('fired_at', 'is', null)
    .where('cleared_at', 'is', null)
    .where('due_at', '<=', moment(now))
    .orderBy('due_at')
    .orderBy(sql`case what when 'opens' then 1 when 'ends' then 2 else 3 end`)
    .limit(limit)
    .execute();
  return rows.map((row) => ({ obligationId: row.obligation_id, what: row.what, number: row.number, dueAt: row.due_at }));
};

/** False when another server fired it, or it was taken back meanwhile. */
export const noteFired = async (tx: Tx, deadline: DueDeadline, now: Instant): Promise<boolean> => {
  const done = await tables(tx)
    .updateTable('obligations.deadlines')
    .set({ fired_at: at(now) })
    .where('obligation_id', '=', deadline.obligationId)
    .where('what', '=', deadline.what)
    .where('number', '=', deadline.number)
    .where('fired_at', 'is', null)
    .where('cleared_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
};

/** Windows that were planned and have not opened, of one kind or of all. */
export const plannedOf = async (tx: Tx, roomId: string, kind: string): Promise<Obligation[]> => {
  const rows = await tables(tx).selectFrom('obligations.obligations').select(columns).where('room_id', '=', roomId).where('kind', '=', kind).where('state', '=', 'planned').orderBy('from_at').forUpdate().execute();
  return rows.map(obligationOf);
};

/** Windows that are rows already, by their key. */
export const windowKeys = async (tx: Tx, roomId: string, kind: string, from: Instant): Promise<ReadonlySet<string>> => {
  const rows = await tables(tx).selectFrom('obligations.obligations').select('window_key').where('room_id', '=', roomId).where('kind', '=', kind).where('until_at', '>', moment(from)).where('state', '<>', 'withdrawn').execute();
  return new Set(rows.map((row) => row.window_key));
};

export interface Plan {
  active: boolean;
  plannedUntil: Instant;
}
export const findPlan = async (tx: Tx, roomId: string, kind: string): Promise<Plan | null> => {
  const row = await tables(tx).selectFrom('obligations.plans').select(['active', 'planned_until_at']).where('room_id', '=', roomId).where('kind', '=', kind).executeTakeFirst();
  return row === undefined ? null : { active: row.active, plannedUntil: row.planned_until_at };
};
export const savePlan = async (tx: Tx, roomId: string, kind: string, plan: Plan): Promise<void> => {
  await tables(tx)
    .insertInto('obligations.plans')
    .values({ room_id: roomId, kind, active: plan.active, planned_until_at: at(plan.plannedUntil) })
    .onConflict((conflict) => conflict.columns(['room_id', 'kind']).doUpdateSet({ active: plan.active, planned_until_at: at(plan.plannedUntil) }))
    .execute();
};

/** What days of a site are: holidays and worked weekends, by ISO day. */
export const specialDays = async (db: Db, siteId: string, from?: string, until?: string): Promise<Map<string, { kind: 'holiday' | 'working'; name: string }>> => {
  const { rows } = await sql<{ day: string; kind: 'holiday' | 'working' | 'ordinary'; name: string }>`
    select distinct on (day) to_char(day, 'YYYY-MM-DD') as day, kind, name from obligations.special_days
    where site_id = ${siteId} and day >= ${from ?? '1900-01-01'}::date and day < ${until ?? '9999-01-01'}::date order by day, number desc`.execute(db);
  return new Map(rows.flatMap(({ day, kind, name }) => (kind === 'ordinary' ? [] : [[day, { kind, name }] as const])));
};
export const insertSpecialDay = async (tx: Tx, said: { siteId: string; day: string; kind: 'holiday' | 'working' | 'ordinary'; name: string; at: Instant; by: string }): Promise<void> => {
  await sql`insert into obligations.special_days (site_id, day, number, kind, name, said_at, said_by)
    select ${said.siteId}, ${said.day}::date, coalesce(max(number), 0) + 1, ${said.kind}, ${said.name}, ${at(said.at)}, ${said.by}
    from obligations.special_days where site_id = ${said.siteId} and day = ${said.day}::date`.execute(tx);
};
