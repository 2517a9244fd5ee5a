/** The only reads of the ledger's tables. */
import { sql } from 'kysely';
import type { Json } from '../../../../formats/canonical-json/index.ts';
import { ledgerKinds, parseFact, type Fact } from '../../../../formats/fact/index.ts';
import type { Instant } from '../../base/clock.ts';
import type { Db, Tx } from '../../platform/postgres/db.ts';

export interface FactRow {
  seq: number;
  canonical: Buffer;
  leafHash: Buffer;
}

export interface FactFilter {
  siteId: string;
  /** Only facts with a smaller sequence number. */
  before?: number | undefined;
  kind?: string | undefined;
  /** Any of these. */
  kinds?: readonly string[] | undefined;
  subject?: string | undefined;
  actorId?: string | undefined;
  /** An id that the fact is about or speaks of anywhere in its body. */
  mentions?: string | undefined;
  /** By when it happened, half-open. */
  from?: Instant | undefined;
  until?: Instant | undefined;
  /** These entries only. */
  seqs?: readonly number[] | undefined;
  limit: number;
}

const condition = (column: string, operator: string, value: string | number | undefined) => (value === undefined ? sql`` : sql`and ${sql.ref(column)} ${sql.raw(operator)} ${value}`);

/** Ids are made of letters, digits and _: in canonical bytes one stands as it is, in quotes. */
const mention = (id: string | undefined) => (id === undefined ? sql`` : sql`and position(convert_to(${`"${id}"`}, 'UTF8') in canonical) > 0`);

const matching = (filter: Omit<FactFilter, 'limit'>) => sql`
    site_id = ${filter.siteId} ${condition('seq', '<', filter.before)} ${condition('kind', '=', filter.kind)} ${condition('subject', '=', filter.subject)}
      ${condition('actor_id', '=', filter.actorId)} ${condition('at', '>=', filter.from)} ${condition('at', '<', filter.until)}
      ${filter.kinds === undefined ? sql`` : sql`and kind = any(${[...filter.kinds]}::text[])`}
      ${filter.seqs === undefined ? sql`` : sql`and seq = any(${[...filter.seqs]}::bigint[])`} ${mention(filter.mentions)}`;

/** Newest first. */
export const readFacts = async (db: Db, filter: FactFilter): Promise<FactRow[]> => {
  const { rows } = await sql<FactRow>`
    select seq, canonical, leaf_hash as "leafHash" from ledger.facts where ${matching(filter)}
    order by seq desc limit ${filter.limit}`.execute(db);
  return rows;
};

export const countFacts = async (db: Db, filter: Omit<FactFilter, 'limit'>): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ledger.facts where ${matching(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
};

/** Personal values that are still there, of facts recorded before an instant, oldest first. */
export const readPersonalBefore = async (db: Db, siteId: string, until: Instant, limit: number): Promise<{ seq: number; path: string }[]> => {
  const { rows } = await sql<{ seq: number; path: string }>`
    select v.seq, v.path from ledger.private_values v join ledger.facts f on f.site_id = v.site_id and f.seq = v.seq
    where v.site_id = ${siteId} and v.erased_at is null and f.recorded_at < ${until} order by v.seq, v.path limit ${limit}`.execute(db);
  return rows;
};

/** Facts of these kinds in a span of the sequence (after, until], oldest first: what keeps a fold up to date. */
export const readFactsAfter = async (db: Db, siteId: string, afterSeq: number, untilSeq: number, kinds: readonly string[]): Promise<{ text: string }[]> => {
  const { rows } = await sql<{ text: string }>`
    select convert_from(canonical, 'UTF8') as text from ledger.facts where site_id = ${siteId} and seq > ${afterSeq} and seq <= ${untilSeq} and kind = any(${[...kinds]}::text[]) order by seq`.execute(db);
  return rows;
};

/** Facts of a kind that were recorded since an instant, in order, after a place. */
export const readFactsSince = async (db: Db, siteId: string, from: { kind: string; since: Instant; after: number; limit: number }): Promise<{ seq: number; canonical: Buffer }[]> => {
  const { rows } = await sql<{ seq: number; canonical: Buffer }>`
    select seq, canonical from ledger.facts where site_id = ${siteId} and kind = ${from.kind} and seq > ${from.after} and recorded_at >= ${from.since} order by seq limit ${from.limit}`.execute(db);
  return rows;
};

/** Leaf hashes of facts after `afterSeq`, in order. */
export const readLeaves = async (db: Db, siteId: string, afterSeq: number, limit: number): Promise<{ seq: number; leafHash: Buffer }[]> => {
  const { rows } = await sql<{ seq: number; leafHash: Buffer }>`
    select seq, leaf_hash as "leafHash" from ledger.facts where site_id = ${siteId} and seq > ${afterSeq} order by seq limit ${limit}`.execute(db);
  return rows;
};

export interface PrivateRow {
  seq: number;
  path: string;
  value: string | null;
}

export const readPrivateValues = async (db: Db, siteId: string, seqs: readonly number[]): Promise<Map<number, Map<string, Json>>> => {
  const known = new Map<number, Map<string, Json>>();
  if (seqs.length === 0) return known;
  const { rows } = await sql<PrivateRow>`
    select seq, path, value from ledger.private_values where site_id = ${siteId} and seq = any(${[...seqs]}::bigint[]) and value is not null`.execute(db);
  for (const { seq, path, value } of rows) {
    if (value === null) continue;
    const values = known.get(seq) ?? new Map<string, Json>();
    values.set(path, JSON.parse(value) as Json);
    known.set(seq, values);
  }
  return known;
};

export const readHead = async (db: Db, siteId: string): Promise<{ seq: number; recordedAt: Instant } | null> => {
  const { rows } = await sql<{ seq: number; recordedAt: number }>`
    select seq, recorded_at as "recordedAt" from ledger.facts where site_id = ${siteId} order by seq desc limit 1`.execute(db);
  return rows[0] ?? null;
};

export interface CheckpointRow {
  ordinal: number;
  size: number;
  signedAt: Instant;
  note: string;
}

export const readLastCheckpoint = async (db: Db, siteId: string): Promise<CheckpointRow | null> => {
  const { rows } = await sql<CheckpointRow>`
    select ordinal, size, signed_at as "signedAt", note from ledger.checkpoints where site_id = ${siteId} order by ordinal desc limit 1`.execute(db);
  return rows[0] ?? null;
};

/** The signed head of that size; after a restore the newest of them. */
export const readCheckpointOf = async (db: Db, siteId: string, size: number): Promise<CheckpointRow | null> => {
  const { rows } = await sql<CheckpointRow>`
    select ordinal, size, signed_at as "signedAt", note from ledger.checkpoints where site_id = ${siteId} and size = ${size} order by ordinal desc limit 1`.execute(db);
  return rows[0] ?? null;
};

/** Heads that were given out as anchors, the newest first. */
export const readAnchors = async (db: Db, siteId: string, most: number): Promise<string[]> => {
  const { rows } = await sql<{ note: string }>`select note from ledger.checkpoints where site_id = ${siteId} and reason = 'anchor' order by ordinal desc limit ${most}`.execute(db);
  return rows.map(({ note }) => note);
};

export type CheckpointReason = 'heartbeat' | 'sensitive' | 'anchor' | 'stop';

export const writeCheckpoint = async (tx: Tx, siteId: string, row: CheckpointRow & { reason: CheckpointReason }): Promise<void> => {
  await sql`insert into ledger.checkpoints (site_id, ordinal, size, signed_at, reason, note) values (${siteId}, ${row.ordinal}, ${row.size}, ${row.signedAt}, ${row.reason}, ${row.note})`.execute(tx);
};

/** The same lock that ledger.append takes: no fact is between number and commit while it is held. */
export const lockLedger = async (tx: Tx, siteId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('vigil.ledger/' || ${siteId}, 0))`.execute(tx);
};

export const readSites = async (db: Db): Promise<string[]> => {
  const { rows } = await sql<{ siteId: string }>`select site_id as "siteId" from ledger.facts where seq = 1 order by site_id`.execute(db);
  return rows.map((row) => row.siteId);
};

/** Facts that say which log this is and which key signs it, oldest first. */
export const readStandingFacts = async (db: Db, siteId: string): Promise<Fact[]> => {
  const { rows } = await sql<{ canonical: Buffer }>`
    select canonical from ledger.facts where site_id = ${siteId} and kind in (${ledgerKinds.opened}, ${ledgerKinds.restored}, ${ledgerKinds.keyChanged}) order by seq`.execute(db);
  return rows.map((row) => parseFact(row.canonical.toString('utf8')));
};

/** False when there is no such value or it is erased already. */
export const eraseValue = async (tx: Tx, siteId: string, seq: number, path: string, erasedAt: Instant): Promise<{ retentionClass: string } | null> => {
  const { rows } = await sql<{ retentionClass: string }>`
    update ledger.private_values set salt = null, value = null, erased_at = ${erasedAt}
    where site_id = ${siteId} and seq = ${seq} and path = ${path} and erased_at is null
    returning retention_class as "retentionClass"`.execute(tx);
  return rows[0] ?? null;
};
