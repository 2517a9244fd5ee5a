/** Facts with their proofs under one signed head, for those who hand them out. Reads all leaves: for evidence, not for screens. */
import { parseFact, type Fact } from '../../../../formats/fact/index.ts';
import { consistencyProof, formatProofText, inclusionProof, nodeHasher, openCheckpoint, parseCheckpointText, parseNote, type SubtreeRoot } from '../../../../formats/tlog/index.ts';
import { nodeCrypto } from '../../../../formats/tlog/node-crypto.ts';
import type { Instant } from '../../base/clock.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { ledgerRefusals } from './refusals.ts';
import { readAnchors, readFactsSince, readLastCheckpoint, readLeaves } from './store.ts';

export interface ProvenFact {
  seq: number;
  /** The leaf: canonical JSON. */
  canonical: string;
  /** C2SP tlog-proof. */
  proof: string;
}

/** A head that somebody outside was given, with the proof that the newest one grew from it. */
export interface ProvenAnchor {
  checkpoint: string;
  consistency: Uint8Array[];
}

/** Of three shifts a day: two months of printed sheets. */
const mostAnchors = 200;
const leavesAtOnce = 20_000;
const factsAtOnce = 500;
const emptyHash = new Uint8Array(0);

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

const hashesAtOnce = 20_000;

/**
 * Roots of subtrees from one pass over the leaves: whole subtrees are looked up, the ragged right edge is hashed from them. Other work of the
 * server gets its turn between pages.
 */
const rootsOf = async (leaves: readonly Uint8Array[]): Promise<SubtreeRoot> => {
  const node = nodeHasher(nodeCrypto.sha256);
  const levels: Uint8Array[][] = [[...leaves]];
  for (let below = levels[0] ?? []; below.length > 1; ) {
    const level: Uint8Array[] = [];
    for (let i = 0; i + 1 < below.length; i += 2) {
      level.push(node(below[i] ?? emptyHash, below[i + 1] ?? emptyHash));
      if (i % hashesAtOnce === 0) await new Promise(setImmediate);
    }
    levels.push(level);
    below = level;
  }
  const root: SubtreeRoot = (from, until) => {
    const size = until - from;
    const height = Math.floor(Math.log2(size));
    const known = size === 2 ** height && from % size === 0 ? levels[height]?.[from / size] : undefined;
    if (known !== undefined) return known;
    const left = size === 2 ** height ? size / 2 : 2 ** height;
    return node(root(from, from + left), root(from + left, until));
  };
  return root;
};

/** Throws when one of them is not signed yet: sign first. `publicKey`: anchors of an older key or log lead nowhere and are left out. */
export const proveFacts = async (db: Db, siteId: string, facts: readonly Fact[], textOf: (fact: Fact) => string, publicKey: Uint8Array): Promise<{ checkpoint: string; facts: ProvenFact[]; anchors: ProvenAnchor[] }> => {
  const newest = await readLastCheckpoint(db, siteId);
  if (newest === null) throw ledgerRefusals('not_opened');
  const { size, origin } = parseCheckpointText(parseNote(newest.note).text);
  if (facts.some(({ seq }) => seq > size)) throw new Error(`facts after ${size} are not signed yet`);
  const leaves: Uint8Array[] = [];
  while (leaves.length < size) {
    const page = await readLeaves(db, siteId, leaves.length, Math.min(leavesAtOnce, size - leaves.length));
    if (page.length === 0) throw new Error(`facts after ${leaves.length} are missing`);
    leaves.push(...page.map((row) => row.leafHash));
  }
  const roots = await rootsOf(leaves);
  const proven = facts.map((fact) => ({ seq: fact.seq, canonical: textOf(fact), proof: formatProofText({ extra: null, index: fact.seq - 1, path: inclusionProof(roots, fact.seq - 1, size), checkpoint: newest.note }) }));
  const anchors = (await readAnchors(db, siteId, mostAnchors)).toReversed().flatMap((checkpoint): ProvenAnchor[] => {
    const opened = openCheckpoint(nodeCrypto, checkpoint, { name: origin, publicKey });
    return typeof opened === 'string' || opened.origin !== origin || opened.size > size ? [] : [{ checkpoint, consistency: consistencyProof(roots, opened.size, size) }];
  });
  return { checkpoint: newest.note, facts: proven, anchors };
};
