/** One page of facts read from the database and checked: facts with their copies and private values. */
import pg from 'pg';
import { nodeCrypto } from '../../../../formats/tlog/node-crypto.ts';
import { checkChunk, type ChunkResult, type FactRecord, type PrivateRecord } from '../../../../verify/index.ts';

export interface PageTask {
  siteId: string;
  firstSeq: number;
  lastSeq: number;
}

/** A connection that sees what the first one saw. */
export const openSnapshot = async ({ url, snapshot }: { url: string; snapshot: string }): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('begin transaction isolation level repeatable read read only');
  await client.query(`set transaction snapshot ${pg.escapeLiteral(snapshot)}`);
  return client;
};

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: Parameters<typeof pg.types.getTypeParser>[0]): unknown => (oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid))) as typeof pg.types.getTypeParser,
};

type FactRow = [number, string | Buffer, number, number, string, number, string, string | null, string, string, string | null, Buffer];
type PrivateRow = [number, string, Buffer | null, string | null];

/** As text: the hexadecimal form of the bytes would be twice as long on the way and cost more than checking them. */
const asText = "convert_from(canonical, 'UTF8')";
const factsQuery = (canonical: string): string => `select seq, ${canonical}, recorded_at, at, kind, version, subject, room_id, actor_kind, actor_id, actor_post, leaf_hash
  from ledger.facts where site_id = $1 and seq between $2 and $3 order by seq`;
const privatesQuery = 'select seq, path, salt, value from ledger.private_values where site_id = $1 and seq between $2 and $3 order by seq';

const factRecord = ([seq, canonical, recordedAt, at, kind, version, subject, roomId, actorKind, actorId, actorPost, leafHash]: FactRow): FactRecord => ({
  seq, canonical, copies: { recordedAt, at, kind, version, subject, roomId, actorKind, actorId, actorPost, leafHash },
});

/** SQLSTATE of bytes that are no UTF-8, which only tampering puts there: that page is read as bytes. */
const notUtf8 = '22021';

const readFacts = async (client: pg.Client, values: readonly unknown[]): Promise<FactRow[]> => {
  const query = { values: [...values], rowMode: 'array' as const, types };
  await client.query('savepoint page');
  try {
    return (await client.query<FactRow>({ text: factsQuery(asText), ...query })).rows;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === notUtf8)) throw error;
    await client.query('rollback to savepoint page');
    return (await client.query<FactRow>({ text: factsQuery('canonical'), ...query })).rows;
  }
};

/** Reads and checks one run of facts on a connection that is inside the verifier's snapshot. */
export const checkPage = async (client: pg.Client, { siteId, firstSeq, lastSeq }: PageTask): Promise<ChunkResult> => {
  const values = [siteId, firstSeq, lastSeq];
  const facts = await readFacts(client, values);
  const privates = await client.query<PrivateRow>({ text: privatesQuery, values, rowMode: 'array', types });
  return checkChunk(nodeCrypto.sha256, {
    siteId, firstSeq, lastSeq, facts: facts.map(factRecord),
    privates: privates.rows.map(([seq, path, salt, value]): PrivateRecord => ({ seq, path, salt, value })),
  });
};

