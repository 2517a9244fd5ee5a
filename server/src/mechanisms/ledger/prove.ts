/** Facts with their proofs under one signed head, for those who hand them out. Reads all leaves: for evidence, not for screens. */
import { parseFact, type Fact } from '../../../../formats/fact/index.ts';
import { formatProofText, inclusionProof, parseCheckpointText, parseNote, subtreeRoots } from '../../../../formats/tlog/index.ts';
import { nodeCrypto } from '../../../../formats/tlog/node-crypto.ts';
import type { Instant } from '../../base/clock.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { ledgerRefusals } from './refusals.ts';
import { readFactsSince, readLastCheckpoint, readLeaves } from './store.ts';

export interface ProvenFact {
  seq: number;
  /** The leaf: canonical JSON. */
  canonical: string;
  /** C2SP tlog-proof. */
  proof: string;
}

const leavesAtOnce = 20_000;
const factsAtOnce = 500;

/** Facts of a kind that the ledger took since an instant, oldest first, until the taker has enough. */
export const walkFacts = async (db: Db, siteId: string, from: { kind: string; since: Instant }, take: (fact: Fact) => 'enough' | 'more'): Promise<void> => {
  for (let after = 0; ; ) {
    const rows = await readFactsSince(db, siteId, { ...from, after, limit: factsAtOnce });
    for (const row of rows) if (take(parseFact(row.canonical.toString('utf8'))) === 'enough') return;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
};

/** Throws when one of them is not signed yet: sign first. */
export const proveFacts = async (db: Db, siteId: string, facts: readonly Fact[], textOf: (fact: Fact) => string): Promise<{ checkpoint: string; facts: ProvenFact[] }> => {
  const newest = await readLastCheckpoint(db, siteId);
  if (newest === null) throw ledgerRefusals('not_opened');
  const { size } = parseCheckpointText(parseNote(newest.note).text);
  if (facts.some(({ seq }) => seq > size)) throw new Error(`facts after ${size} are not signed yet`);
  const leaves: Uint8Array[] = [];
  while (leaves.length < size) {
    const page = await readLeaves(db, siteId, leaves.length, Math.min(leavesAtOnce, size - leaves.length));
    if (page.length === 0) throw new Error(`facts after ${leaves.length} are missing`);
    leaves.push(...page.map((row) => row.leafHash));
  }
  const roots = subtreeRoots(nodeCrypto.sha256, leaves);
  const proven = facts.map((fact) => ({ seq: fact.seq, canonical: textOf(fact), proof: formatProofText({ extra: null, index: fact.seq - 1, path: inclusionProof(roots, fact.seq - 1, size), checkpoint: newest.note }) }));
  return { checkpoint: newest.note, facts: proven };
};
