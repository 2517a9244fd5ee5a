/** Narrow reads for neighbours: facts told in sentences, the newest signature, the proof of one fact. */
import { parseFact } from '../../../../formats/fact/index.ts';
import { formatProofText, inclusionProof, parseCheckpointText, parseNote, subtreeRoots } from '../../../../formats/tlog/index.ts';
import { nodeCrypto } from '../../../../formats/tlog/node-crypto.ts';
import type { Instant } from '../../base/clock.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { ledgerRefusals } from './refusals.ts';
import { tellFact, type Events, type ToldFact } from './sentences.ts';
import { foldStanding, type Standing } from './standing.ts';
import { readFacts, readLastCheckpoint, readLeaves, readPrivateValues, readStandingFacts, type FactFilter } from './store.ts';

export interface Head {
  size: number;
  root: Uint8Array;
  signedAt: Instant;
  note: string;
}

export interface LedgerQuestions {
  /** Newest first. */
  facts(db: Db, filter: FactFilter): Promise<ToldFact[]>;
  /** The newest signed checkpoint; null before the first. */
  head(db: Db, siteId: string): Promise<Head | null>;
  /** Which log and key this is now; null before the first act. */
  standing(db: Db, siteId: string): Promise<Standing | null>;
  /** A C2SP tlog-proof of one fact under the newest checkpoint. Reads all leaves: for evidence, not for screens. */
  proof(db: Db, siteId: string, seq: number): Promise<string>;
}

const leavesAtOnce = 20_000;

export const createQuestions = (events: Events): LedgerQuestions => {
  const head: LedgerQuestions['head'] = async (db, siteId) => {
    const row = await readLastCheckpoint(db, siteId);
    if (row === null) return null;
    const { size, root } = parseCheckpointText(parseNote(row.note).text);
    return { size, root, signedAt: row.signedAt, note: row.note };
  };
  return {
    head,
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
