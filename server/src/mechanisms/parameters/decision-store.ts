/** Narrow reads of single decisions for histories and lists, and what stands beside the book: exceptions, rulings, rooms. */
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';
import type { Instant } from '../../base/clock.ts';
import { ValueSchema } from './catalogue.ts';
import { tables, type Decision } from './store.ts';
import type { ParameterValue } from './value.ts';

export interface ValueDecision {
  roomId: string | null;
  value: ParameterValue;
  reason: string;
  from: Instant;
  decidedAt: Instant;
  decidedBy: string;
  approvalId: string | null;
}

/** Values that the site gave a parameter, newest first. */
export const valuesOf = async (db: Db, siteId: string, name: string): Promise<ValueDecision[]> => {
  const rows = await tables(db).selectFrom('parameters.site_values').selectAll().where('site_id', '=', siteId).where('name', '=', name).orderBy('value_id', 'desc').execute();
  return rows.map((row) => ({
    roomId: row.room_id, value: ValueSchema.parse(row.value), reason: row.reason, from: row.from_at, decidedAt: row.decided_at, decidedBy: row.decided_by, approvalId: row.approval_id,
  }));
};

export interface SettlementDecision extends Omit<ValueDecision, 'value'> {
  conflictId: string;
  option: string;
  values: unknown;
}

/** All settlements of a site, newest first, with the clauses that each was made for. */
export const settlementsOf = async (db: Db, siteId: string): Promise<(Omit<SettlementDecision, 'values'> & { clauseIds: readonly string[] })[]> => {
  const rows = await tables(db).selectFrom('parameters.settlements').selectAll().where('site_id', '=', siteId).orderBy('settlement_id', 'desc').execute();
  return rows.map((row) => ({
    roomId: row.room_id, conflictId: row.conflict_id, option: row.option_key, reason: row.reason, from: row.from_at, decidedAt: row.decided_at, decidedBy: row.decided_by, approvalId: row.approval_id, clauseIds: row.clause_ids,
  }));
};

export const settlementsNaming = async (db: Db, siteId: string, name: string): Promise<SettlementDecision[]> => {
  const rows = await tables(db).selectFrom('parameters.settlements').selectAll().where('site_id', '=', siteId).orderBy('settlement_id', 'desc').execute();
  return rows
    .filter((row) => typeof row.chosen === 'object' && row.chosen !== null && name in row.chosen)
    .map((row) => ({
      roomId: row.room_id, conflictId: row.conflict_id, option: row.option_key, values: row.chosen, reason: row.reason, from: row.from_at, decidedAt: row.decided_at, decidedBy: row.decided_by,
      approvalId: row.approval_id,
    }));
};

export interface WaiverDecision extends Omit<ValueDecision, 'value'> {
  packId: string;
  clauseId: string;
  reviewAt: Instant;
  until: Instant | null;
}

export const waiversOf = async (db: Db, siteId: string): Promise<WaiverDecision[]> => {
  const rows = await tables(db).selectFrom('parameters.waivers').selectAll().where('site_id', '=', siteId).orderBy('decided_at', 'desc').execute();
  return rows.map((row) => ({
    roomId: row.room_id, packId: row.pack_id, clauseId: row.clause_id, reason: row.reason, from: row.from_at, reviewAt: row.review_at, until: row.until_at, decidedAt: row.decided_at,
    decidedBy: row.decided_by, approvalId: row.approval_id,
  }));
};

export interface AdoptionDecision {
  adoptionId: string;
  digest: string;
  packId: string;
  version: number;
  roomId: string | null;
  nodeId: string | null;
  from: Instant;
  until: Instant | null;
  decidedAt: Instant;
  decidedBy: string;
  endedBy: string | null;
  approvalId: string | null;
}

export const adoptionsOf = async (db: Db, siteId: string): Promise<AdoptionDecision[]> => {
  const rows = await tables(db)
    .selectFrom('parameters.adoptions as a').innerJoin('parameters.packs as p', 'p.digest', 'a.digest').where('a.site_id', '=', siteId)
    .select(['a.adoption_id', 'a.digest', 'p.pack_id', 'p.version', 'a.room_id', 'a.node_id', 'a.from_at', 'a.until_at', 'a.decided_at', 'a.decided_by', 'a.ended_by', 'a.approval_id'])
    .orderBy('a.from_at', 'desc').orderBy('a.adoption_id', 'desc').execute();
  return rows.map((row) => ({
    adoptionId: row.adoption_id, digest: row.digest, packId: row.pack_id, version: row.version, roomId: row.room_id, nodeId: row.node_id, from: row.from_at, until: row.until_at,
    decidedAt: row.decided_at, decidedBy: row.decided_by, endedBy: row.ended_by, approvalId: row.approval_id,
  }));
};

export const insertOptOut = async (tx: Tx, decision: Decision & { roomId: string; approvalId: string }, optOut: { optOutId: string; adoptionId: string; reason: string; from: Instant }): Promise<void> => {
  await tables(tx)
    .insertInto('parameters.opt_outs')
    .values({
      opt_out_id: optOut.optOutId, site_id: decision.siteId, room_id: decision.roomId, adoption_id: optOut.adoptionId, reason: optOut.reason, from_at: at(optOut.from),
      decided_at: at(decision.decidedAt), decided_by: decision.decidedBy, approval_id: decision.approvalId, until_at: null, ended_by: null,
    })
    .execute();
};

export interface Ruling {
  rulingId: string;
  packId: string;
  clauseId: string;
  unit: string;
  question: string;
  ruling: string;
  at: Instant;
  by: string;
}

export const insertRuling = async (tx: Tx, siteId: string, ruling: Ruling): Promise<void> => {
  const { rulingId, packId, clauseId, unit, question, ruling: text, at: givenAt, by } = ruling;
  await tables(tx)
    .insertInto('parameters.rulings')
    .values({ ruling_id: rulingId, site_id: siteId, pack_id: packId, clause_id: clauseId, unit, question, ruling: text, given_at: at(givenAt), given_by: by })
    .execute();
};

export const rulingsOf = async (db: Db, siteId: string): Promise<Ruling[]> => {
  const rows = await tables(db).selectFrom('parameters.rulings').selectAll().where('site_id', '=', siteId).orderBy('given_at', 'desc').execute();
  return rows.map((row) => ({
    rulingId: row.ruling_id, packId: row.pack_id, clauseId: row.clause_id, unit: row.unit, question: row.question, ruling: row.ruling, at: row.given_at, by: row.given_by,
  }));
};
