/** SQL of viewings and results. */
import { sql } from 'kysely';
import type { ViewMode, ViewOutcome } from '../../../../contract/evidence.ts';
import type { Instant } from '../../base/clock.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';

export interface Viewing {
  viewingId: string;
  requestId: string;
  operatorId: string;
  mode: ViewMode;
  witness: string;
  grantId: string | null;
  begunAt: Instant;
  endedAt: Instant | null;
}

export const insertViewing = async (tx: Tx, one: Omit<Viewing, 'endedAt'>): Promise<void> => {
  await sql`
    insert into evidence.viewings (viewing_id, request_id, operator_id, mode, witness, grant_id, begun_at)
    values (${one.viewingId}, ${one.requestId}, ${one.operatorId}, ${one.mode}, ${one.witness}, ${one.grantId}, ${at(one.begunAt)})`.execute(tx);
};
export const endViewing = async (tx: Tx, viewingId: string, ended: { at: Instant; by: string }): Promise<void> => {
  await sql`update evidence.viewings set ended_at = ${at(ended.at)}, ended_by = ${ended.by} where viewing_id = ${viewingId} and ended_at is null`.execute(tx);
};

const viewingColumns = sql.raw(`viewing_id as "viewingId", request_id as "requestId", operator_id as "operatorId", mode, witness, grant_id as "grantId", begun_at as "begunAt", ended_at as "endedAt"`);
export const viewingsOf = async (db: Db, requestIds: readonly string[]): Promise<Viewing[]> =>
  requestIds.length === 0 ? [] : (await sql<Viewing>`select ${viewingColumns} from evidence.viewings where request_id = any(${[...requestIds]}::text[]) order by begun_at, viewing_id`.execute(db)).rows;
export const viewingOfGrant = async (db: Db, grantId: string): Promise<Viewing | null> => (await sql<Viewing>`select ${viewingColumns} from evidence.viewings where grant_id = ${grantId}`.execute(db)).rows[0] ?? null;

/** Open viewings whose grant is over by its time. */
export const timedOutGrants = async (db: Db, now: Instant): Promise<string[]> =>
  (await sql<{ grantId: string }>`
    select v.grant_id as "grantId" from evidence.viewings v join evidence.grants g on g.grant_id = v.grant_id where v.ended_at is null and g.valid_until <= ${at(now)}`.execute(db)).rows.map(({ grantId }) => grantId);

export interface Result {
  requestId: string;
  number: number;
  outcome: ViewOutcome;
  from: Instant;
  until: Instant;
  remark: string;
  at: Instant;
  by: string;
  late: boolean;
}

export const insertResult = async (tx: Tx, one: Result): Promise<void> => {
  await sql`
    insert into evidence.results (request_id, number, outcome, seen_from, seen_until, remark, at, by_id, late)
    values (${one.requestId}, ${one.number}, ${one.outcome}, ${at(one.from)}, ${at(one.until)}, ${one.remark}, ${at(one.at)}, ${one.by}, ${one.late})`.execute(tx);
};
export const resultsOf = async (db: Db, requestIds: readonly string[]): Promise<Result[]> =>
  requestIds.length === 0
    ? []
    : (
        await sql<Result>`
        select request_id as "requestId", number, outcome, seen_from as "from", seen_until as "until", remark, at, by_id as by, late
        from evidence.results where request_id = any(${[...requestIds]}::text[]) order by request_id, number`.execute(db)
      ).rows;

export interface Told {
  personId: string;
  at: Instant;
  answeredAt: Instant | null;
}
