/** Narrow reads for neighbours: facts told in sentences, the newest signature, the proof of one fact. */
import { parseFact, type Fact } from '../../../../formats/fact/index.ts';
import { formatProofText, inclusionProof, parseCheckpointText, parseNote, subtreeRoots } from '../../../../formats/tlog/index.ts';
import { nodeCrypto } from '../../../../formats/tlog/node-crypto.ts';
import type { Instant } from '../../base/clock.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { followedFact } from './followed-fact.ts';
import { ledgerRefusals } from './refusals.ts';
import { tellFact, type Events, type ToldFact } from './sentences.ts';
import { foldStanding, type Standing } from './standing.ts';
import { countFacts, readCheckpointOf, readFacts, readFactsAfter, readHead, readLastCheckpoint, readPersonalBefore, readLeaves, readPrivateValues, readStandingFacts, type CheckpointRow, type FactFilter } from './store.ts';

export interface Head {
  size: number;
  root: Uint8Array;
  signedAt: Instant;
  note: string;
}

export interface LedgerQuestions {
  /** Newest first. */
  facts(db: Db, filter: FactFilter): Promise<ToldFact[]>;
  /** Facts of these kinds after a place up to the newest, oldest first and by the page, as they were written; answers the place that was reached. */
  follow(db: Db, siteId: string, afterSeq: number, kinds: readonly string[], take: (fact: Fact) => void): Promise<number>;
  /** Place of the newest fact; 0 before the first. */
  newest(db: Db, siteId: string): Promise<number>;
  /** How many match. */
  count(db: Db, filter: Omit<FactFilter, 'limit'>): Promise<number>;
  /** Personal values that are not erased yet, of facts recorded before an instant, oldest first. */
  personalValuesBefore(db: Db, siteId: string, until: Instant, limit: number): Promise<{ seq: number; path: string }[]>;
  /** The newest signed checkpoint; null before the first. */
  head: (db: Db, siteId: string) => Promise<Head | null>;
  /** The signed head of exactly this size; null when none was signed there. */
  headOf: (db: Db, siteId: string, size: number) => Promise<Head | null>;
  /** Which log and key this is now; null before the first act. */
  standing(db: Db, siteId: string): Promise<Standing | null>;
  /** A C2SP tlog-proof of one fact under the newest checkpoint. Reads all leaves: for evidence, not for screens. */
  proof(db: Db, siteId: string, seq: number): Promise<string>;
}

const leavesAtOnce = 20_000;
const factsAtOnce = 5_000;

const headIn = (row: CheckpointRow | null): Head | null => {
  if (row === null) return null;
  const { size, root } = parseCheckpointText(parseNote(row.note).text);
  return { size, root, signedAt: row.signedAt, note: row.note };
};

export const createQuestions = (events: Events): LedgerQuestions => {
  const head: LedgerQuestions['head'] = async (db, siteId) => headIn(await readLastCheckpoint(db, siteId));
  const newest: LedgerQuestions['newest'] = async (db, siteId) => (await readHead(db, siteId))?.seq ?? 0;
  return {
    head,
    headOf: async (db, siteId, size) => headIn(await readCheckpointOf(db, siteId, size)),
    newest,
    count: countFacts,
    personalValuesBefore: readPersonalBefore,
    follow: async (db, siteId, afterSeq, kinds, take) => {
      const until = await newest(db, siteId);
      // Spans of the sequence, not pages of hits: the primary key gives each span without a sort, however rare the kinds are.
      for (let after = afterSeq; after < until; after += factsAtOnce) {
        const rows = await readFactsAfter(db, siteId, after, Math.min(after + factsAtOnce, until), kinds);
        for (const { text } of rows) take(followedFact(text));
      }
      return Math.max(afterSeq, until);
    },
    standing: async (db, siteId) => foldStanding(await readStandingFacts(db, siteId)),
    facts: async (db, filter) => {
      const rows = await readFacts(db, filter);
      const known = await readPrivateValues(db, filter.siteId, rows.map((row) => row.seq));
      return rows.map((row) => tellFact(events, parseFact(row.canonical.toString('utf8')), row.leafHash.toString('hex'), known.get(row.seq) ?? new Map()));
    },
    proof: async (db, siteId, seq) => {
      const newest = await head(db, siteId);
      if (newest === null || seq < 1 || seq > newest.size) throw ledgerRefusals('not_opened');
      const leaves: Uint8Array[] = [];
      while (leaves.length < newest.size) {
        const page = await readLeaves(db, siteId, leaves.length, Math.min(leavesAtOnce, newest.size - leaves.length));
        if (page.length === 0) throw new Error(`facts after ${leaves.length} are missing`);
        leaves.push(...page.map((row) => row.leafHash));
      }
      const path = inclusionProof(subtreeRoots(nodeCrypto.sha256, leaves), seq - 1, newest.size);
      return formatProofText({ extra: null, index: seq - 1, path, checkpoint: newest.note });
    },
  };
};
