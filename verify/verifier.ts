/**
 * The verifier: folds checked runs of facts into the tree, then holds it against checkpoints and anchors (point 9).
 * Needs nothing of ours but formats/: whoever distrusts the room runs it elsewhere, on an export and on their own anchors.
 */
import { CompactRange, equalBytes, hashSize, splitNotes, type TlogCrypto } from '../formats/tlog/index.ts';
import { ledgerKinds, readErased, type Fact } from '../formats/fact/index.ts';
import { checkAnchors, checkCheckpoints, readCheckpoint, type AnchorSummary, type CheckpointRecord, type CheckpointSummary, type Tree } from './checkpoints.ts';
import { checkChunk, type ChunkResult, type FactRecord, type PrivateRecord } from './chunk.ts';
import { finding, type Finding } from './finding.ts';
import { readTimeline, type Restore, type Timeline } from './timeline.ts';
import { conclude, type Report } from './report.ts';

export interface VerifierInput {
  crypto: TlogCrypto;
  siteId: string;
  checkpoints: readonly CheckpointRecord[];
  /** Text that holds anchors: files of checkpoints, QR contents; several joined by empty lines. */
  anchors: string;
  /** Checkpoints that the room itself kept outside its database: a contradiction counts, an agreement is no independent anchor. */
  ownAnchors?: readonly string[];
  /** Whether private values are handed in with the facts. */
  withPrivates: boolean;
}

const mostFindings = 200;

export class Verifier {
  readonly #input: VerifierInput;
  readonly #range: CompactRange;
  readonly #anchors: { notes: string[]; rest: string[] };
  /** Sizes that somebody signed: only there is a root worth computing. */
  readonly #wanted = new Set<number>();
  readonly #roots = new Map<number, Uint8Array>();
  readonly #recordedAt = new Map<number, number>();
  readonly #ledgerFacts: Fact[] = [];
  readonly #findings: Finding[] = [];
  readonly #erased = new Set<string>();
  #faultCount = 0;
  #privateCount = 0;
  #lastRecordedAt = Number.NaN;

  constructor(input: VerifierInput) {
    this.#input = input;
    this.#range = new CompactRange(input.crypto.sha256);
    this.#anchors = splitNotes(input.anchors);
    for (const note of [...input.checkpoints.map((record) => record.note), ...this.#anchors.notes, ...(input.ownAnchors ?? [])]) {
      const size = readCheckpoint(note)?.size;
      if (size !== undefined) this.#wanted.add(size);
    }
  }

  /** Checked runs, in the order of their numbers. */
  add(chunk: ChunkResult): void {
    const count = chunk.recordedAt.length;
    this.#faultCount += chunk.faultCount;
    this.#privateCount += chunk.privateCount;
    for (const one of chunk.findings) if (this.#findings.length < mostFindings) this.#findings.push(one);
    for (const key of chunk.erased) this.#erased.add(key);
    this.#ledgerFacts.push(...chunk.ledgerFacts);
    for (let i = 0; i < count; i += 1) this.#take(chunk.leaves.subarray(i * hashSize, (i + 1) * hashSize), chunk.recordedAt[i] ?? Number.NaN);
  }

  /** A compact range keeps views on the leaves it is given; the copy lets go of the run. */
  #take(leaf: Uint8Array, recordedAt: number): void {
    this.#range.append(leaf.slice());
    const size = this.#range.size;
    if (this.#wanted.has(size)) this.#roots.set(size, this.#range.root());
    if (this.#wanted.has(size) || this.#wanted.has(size - 1) || size === 1) this.#recordedAt.set(size, recordedAt);
    // Runs know their own order; this sees the seam between two.
    if (recordedAt < this.#lastRecordedAt) {
      const back = finding('time_back', { seq: size, byMs: this.#lastRecordedAt - recordedAt });
      if (!this.#findings.some((one) => one.code === 'time_back' && one.seq === size)) this.#found(back);
    }
    if (!Number.isNaN(recordedAt)) this.#lastRecordedAt = recordedAt;
  }

  #found(one: Finding): void {
    if (one.severity === 'fault') this.#faultCount += 1;
    if (this.#findings.length < mostFindings) this.#findings.push(one);
  }

  finish(): Report {
    const { crypto, siteId, checkpoints } = this.#input;
    const count = this.#range.size;
    if (count > 0) this.#recordedAt.set(count, this.#lastRecordedAt);
    const known = (seq: number): number | undefined => {
      const at = this.#recordedAt.get(seq);
      return at === undefined || Number.isNaN(at) ? undefined : at;
    };
    const tree: Tree = { count, rootAt: (size) => this.#roots.get(size), recordedAt: known };
    const timeline = readTimeline(crypto, siteId, this.#ledgerFacts);
    timeline.findings.forEach((one) => this.#found(one));
    this.#checkClaims(timeline);
    const signed = checkCheckpoints(crypto, timeline, tree, checkpoints);
    const anchored = checkAnchors(crypto, siteId, timeline, tree, this.#anchors.notes);
    const own = checkAnchors(crypto, siteId, timeline, tree, this.#input.ownAnchors ?? [], 'own file');
    [...signed.findings, ...anchored.findings, ...own.findings].forEach((one) => this.#found(one));
    for (const text of this.#anchors.rest) this.#found(finding('anchor_unreadable', { text: text.slice(0, 60) }));
    this.#checkRestores(timeline, signed, anchored);
    if (this.#input.withPrivates) this.#checkErasures();
    return conclude({
      siteId, count, faultCount: this.#faultCount, findings: this.#findings, restores: timeline.restores satisfies Restore[], signed, anchored,
      checkpoints: checkpoints.length, privates: this.#input.withPrivates ? { count: this.#privateCount, erased: this.#erased.size } : null, root: this.#range.root(),
    });
  }

  /** Checkpoints quoted inside facts were true when they were quoted: their roots are of this tree. Roots were kept only where wanted, so a quote that nobody else signed is told, not guessed. */
  #checkClaims(timeline: Timeline): void {
    for (const claim of timeline.claims) {
      const root = this.#roots.get(claim.size);
      if (root !== undefined && !equalBytes(root, claim.root)) this.#found(finding('checkpoint_root', { place: 'quoted in a fact', size: claim.size }));
    }
  }

  #checkRestores(timeline: Timeline, signed: CheckpointSummary, anchored: AnchorSummary): void {
    for (const [i, epoch] of timeline.epochs.entries()) {
      if (i === 0) continue;
      const later = timeline.epochs.slice(i).map((one) => Math.max(signed.held.get(one.origin) ?? 0, anchored.held.get(one.origin) ?? 0));
      // Anybody can write such a fact into the database; only the ledger's key can sign on after it.
      if (Math.max(...later) < epoch.firstSize) this.#found(finding('restore_unsigned', { seq: epoch.firstSize }));
    }
    for (const { seq, origin, code } of timeline.toBeAnchored) {
      const from = timeline.epochs.findIndex((one) => one.origin === origin);
      const vouched = timeline.epochs.slice(from).some((one) => (anchored.held.get(one.origin) ?? 0) >= seq);
      if (!vouched) this.#found(finding(code, { seq }));
    }
  }

  #checkErasures(): void {
    const stated = new Set<string>();
    for (const fact of this.#ledgerFacts) {
      const erasure = fact.kind === ledgerKinds.erased ? readErased(fact.body) : null;
      if (erasure === null) continue;
      const key = `${erasure.seq} ${erasure.path}`;
      stated.add(key);
      if (!this.#erased.has(key)) this.#found(finding('erasure_undone', { seq: erasure.seq, path: erasure.path }));
    }
    for (const key of this.#erased) {
      const [seq = '', path = ''] = key.split(' ');
      if (!stated.has(key)) this.#found(finding('erased_unstated', { seq: Number(seq), path }));
    }
  }
}

const chunkSize = 8_192;

export interface LedgerSource {
  siteId: string;
  facts: AsyncIterable<FactRecord> | Iterable<FactRecord>;
  checkpoints: readonly CheckpointRecord[];
  anchors: string;
  /** In the order of facts; null when there are none to check. */
  privates: readonly PrivateRecord[] | null;
}

/** Verifies a whole ledger in this thread. */
export const verifyLedger = async (crypto: TlogCrypto, source: LedgerSource): Promise<Report> => {
  const { siteId, checkpoints, anchors, privates } = source;
  const verifier = new Verifier({ crypto, siteId, checkpoints, anchors, withPrivates: privates !== null });
  let facts: FactRecord[] = [];
  let firstSeq = 1;
  let privateAt = 0;
  const flush = (last: boolean): void => {
    // Without a head to compare with, the last fact there is the last expected; a cut tail shows against checkpoints and anchors.
    const lastSeq = facts.at(-1)?.seq ?? firstSeq - 1;
    const from = privateAt;
    while (privates !== null && privateAt < privates.length && (last || (privates[privateAt]?.seq ?? 0) <= lastSeq)) privateAt += 1;
    verifier.add(checkChunk(crypto.sha256, { siteId, firstSeq, lastSeq, facts, privates: privates?.slice(from, privateAt) ?? null }));
    firstSeq = lastSeq + 1;
    facts = [];
  };
  for await (const fact of source.facts) {
    facts.push(fact);
    if (facts.length >= chunkSize) flush(false);
  }
  flush(true);
  return verifier.finish();
};
