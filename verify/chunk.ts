/** Checks a run of facts by themselves: form, number, time, copies, private values. Pure and independent of other runs, so that workers share the load. */
import { CanonicalJsonError } from '../formats/canonical-json/index.ts';
import { hashedPlaces, ledgerKinds, parseFact, valueMatches, type Fact } from '../formats/fact/index.ts';
import { equalBytes, hashSize, type Sha256 } from '../formats/tlog/index.ts';
import { finding, type Finding } from './finding.ts';

/** Copies that a database keeps beside the canonical bytes, by the fact's own member names. */
export interface FactCopies {
  recordedAt: number;
  at: number;
  kind: string;
  version: number;
  subject: string;
  roomId: string | null;
  actorKind: string;
  actorId: string;
  actorPost: string | null;
  leafHash: Uint8Array;
}

export interface FactRecord {
  seq: number;
  /** As bytes, or as text where the source has made sure of the UTF-8 already. */
  canonical: Uint8Array | string;
  /** Null in an export, which holds none. */
  copies: FactCopies | null;
}

export interface PrivateRecord {
  seq: number;
  path: string;
  /** Both null when erased. */
  salt: Uint8Array | null;
  value: string | null;
}

export interface ChunkTask {
  siteId: string;
  /** First number that must stand here. */
  firstSeq: number;
  /** Last number that must stand here. */
  lastSeq: number;
  facts: readonly FactRecord[];
  /** Ordered by seq; null when they are not to be checked. */
  privates: readonly PrivateRecord[] | null;
}

export interface ChunkResult {
  /** Leaf hashes of the facts that are there, 32 bytes each. */
  leaves: Uint8Array;
  /** Recorded instants of the same facts; NaN where a fact could not be read. */
  recordedAt: Float64Array;
  findings: Finding[];
  faultCount: number;
  /** Facts about the ledger itself, for the timeline of keys and epochs. */
  ledgerFacts: Fact[];
  /** `seq path` of private values that are erased. */
  erased: string[];
  privateCount: number;
}

/** So that a wrecked ledger does not fill the memory with a million sentences; the count goes on. */
const mostFindings = 50;
const longestFact = 4 * 1024 * 1024;
const ledgerKindSet: ReadonlySet<string> = new Set(Object.values(ledgerKinds));
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const differingColumn = (fact: Fact, copies: FactCopies): string | null => {
  if (fact.recordedAt !== copies.recordedAt) return 'recorded_at';
  if (fact.at !== copies.at) return 'at';
  if (fact.kind !== copies.kind) return 'kind';
  if (fact.version !== copies.version) return 'version';
  if (fact.subject !== copies.subject) return 'subject';
  if (fact.roomId !== copies.roomId) return 'room_id';
  if (fact.actor.kind !== copies.actorKind) return 'actor_kind';
  if (fact.actor.id !== copies.actorId) return 'actor_id';
  return fact.actor.post === copies.actorPost ? null : 'actor_post';
};

class ChunkCheck {
  readonly #sha256: Sha256;
  readonly #task: ChunkTask;
  readonly #result: ChunkResult;
  /** Leaf prefix and bytes in one buffer: no allocation for each fact. */
  #buffer = new Uint8Array(4096);
  #privateAt = 0;

  constructor(sha256: Sha256, task: ChunkTask) {
    this.#sha256 = sha256;
    this.#task = task;
    const count = task.facts.length;
    this.#result = { leaves: new Uint8Array(count * hashSize), recordedAt: new Float64Array(count).fill(Number.NaN), findings: [], faultCount: 0, ledgerFacts: [], erased: [], privateCount: 0 };
  }

  run(): ChunkResult {
    const { facts, firstSeq, lastSeq } = this.#task;
    let expected = firstSeq;
    let previous = Number.NaN;
    for (let i = 0; i < facts.length; i += 1) {
      const record = facts[i];
      if (record === undefined) continue;
      if (record.seq > expected) this.#found(finding('seq_gap', { seq: expected, from: expected, until: record.seq - 1 }));
      if (record.seq < expected) this.#found(finding('seq_repeated', { seq: record.seq }));
      expected = record.seq + 1;
      const leaf = this.#leaf(record);
      const fact = this.#read(record, leaf);
      if (this.#task.privates !== null) this.#checkPrivates(record.seq, fact, this.#task.privates);
      this.#result.leaves.set(leaf, i * hashSize);
      if (fact === null) continue;
      this.#result.recordedAt[i] = fact.recordedAt;
      if (fact.recordedAt < previous) this.#found(finding('time_back', { seq: record.seq, byMs: previous - fact.recordedAt }));
      previous = fact.recordedAt;
      if (ledgerKindSet.has(fact.kind)) this.#result.ledgerFacts.push(fact);
    }
    if (expected <= lastSeq) this.#found(finding('seq_gap', { seq: expected, from: expected, until: lastSeq }));
    return this.#result;
  }

  #found(one: Finding): void {
    if (one.severity === 'fault') this.#result.faultCount += 1;
    if (this.#result.findings.length < mostFindings) this.#result.findings.push(one);
  }

  #leaf({ canonical }: FactRecord): Uint8Array {
    const most = (typeof canonical === 'string' ? 3 : 1) * canonical.length + 1; // UTF-8 takes three bytes a UTF-16 unit at most
    if (most > this.#buffer.length) this.#buffer = new Uint8Array(2 * most);
    this.#buffer[0] = 0;
    let size = canonical.length;
    if (typeof canonical === 'string') size = encoder.encodeInto(canonical, this.#buffer.subarray(1)).written;
    else this.#buffer.set(canonical, 1);
    return this.#sha256(this.#buffer.subarray(0, size + 1));
  }

  #read(record: FactRecord, leaf: Uint8Array): Fact | null {
    const { seq, canonical, copies } = record;
    let fact: Fact;
    try {
      if (canonical.length > longestFact) throw new CanonicalJsonError('too long');
      fact = parseFact(typeof canonical === 'string' ? canonical : decoder.decode(canonical));
    } catch (error) {
      this.#found(finding('not_canonical', { seq, why: error instanceof CanonicalJsonError ? error.message : 'not UTF-8' }));
      return null;
    }
    if (fact.seq !== seq) this.#found(finding('seq_differs', { seq, stated: fact.seq }));
    if (fact.siteId !== this.#task.siteId) this.#found(finding('site_differs', { seq, stated: fact.siteId }));
    if (copies !== null) {
      const column = differingColumn(fact, copies);
      if (column !== null) this.#found(finding('column_differs', { seq, column }));
      if (!equalBytes(copies.leafHash, leaf)) this.#found(finding('leaf_differs', { seq }));
    }
    return fact;
  }

  #checkPrivates(seq: number, fact: Fact | null, privates: readonly PrivateRecord[]): void {
    let row = privates[this.#privateAt];
    while (row !== undefined && row.seq < seq) {
      this.#found(finding('private_stray', { seq: row.seq, path: row.path }));
      row = privates[(this.#privateAt += 1)];
    }
    if (fact === null) return;
    const places = hashedPlaces(fact.body);
    for (; row?.seq === seq; row = privates[(this.#privateAt += 1)]) {
      const hash = places.get(row.path);
      places.delete(row.path);
      this.#result.privateCount += 1;
      if (hash === undefined) this.#found(finding('private_stray', { seq, path: row.path }));
      else if (row.salt === null || row.value === null) this.#result.erased.push(`${seq} ${row.path}`);
      else if (!valueMatches(this.#sha256, hash, row.salt, row.value)) this.#found(finding('private_wrong', { seq, path: row.path }));
    }
    for (const path of places.keys()) this.#found(finding('private_missing', { seq, path }));
  }
}

export const checkChunk = (sha256: Sha256, task: ChunkTask): ChunkResult => new ChunkCheck(sha256, task).run();
