/** What the package rests on: the signed head of the ledger, the facts that entered its segments, and older heads that people keep. */
import { CanonicalJsonError, parseStrict } from '../../formats/canonical-json/index.ts';
import { factPath, paths, proofPath, segmentsFactKind, type Statement } from '../../formats/evidence-bundle/index.ts';
import { parseFact, type Fact } from '../../formats/fact/index.ts';
import {
  equalBytes, fromBase64, leafHash, NoteError, openCheckpoint, parseCheckpointText, parseNote, parseProofText, proofHolds, splitNotes, utf8, verifyConsistency, type OpenedCheckpoint, type TlogCrypto, type VerifierKey,
} from '../../formats/tlog/index.ts';
import { bundleFinding, type BundleFinding } from './finding.ts';

/** A small file's text; null when it is not there. */
export type Texts = (path: string) => string | null;

export interface LedgerCheck {
  findings: BundleFinding[];
  head: OpenedCheckpoint | null;
  facts: number;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

const factProblem = (crypto: TlogCrypto, seq: number, canonical: string, proofText: string, checkpoint: string, origin: string): Fact | string => {
  let fact: Fact;
  try {
    fact = parseFact(canonical);
    const proof = parseProofText(proofText);
    if (fact.seq !== seq || proof.index !== seq - 1) return 'number';
    if (proof.checkpoint !== checkpoint || proof.extra !== null) return 'checkpoint';
    if (!proofHolds(crypto.sha256, proof, leafHash(crypto.sha256, utf8(canonical)))) return 'proof';
  } catch (error) {
    if (error instanceof NoteError || error instanceof CanonicalJsonError) return error.message;
    throw error;
  }
  return origin === `vigil/${fact.siteId}` || origin.startsWith(`vigil/${fact.siteId}/`) ? fact : 'site';
};

/** Each segment as its fact lists it, under "seq segment". */
const listedSegments = (fact: Fact): [string, string][] => {
  const segments = fact.body['segments'];
  if (fact.kind !== segmentsFactKind || !Array.isArray(segments)) return [];
  return (segments as readonly unknown[]).filter(isObject).map((one) => {
    const { segmentId, cameraId, from, until, sizeBytes, sha256 } = one;
    return [`${fact.seq} ${String(segmentId)}`, JSON.stringify([cameraId, from, until, sizeBytes, sha256])];
  });
};

export const checkLedger = (crypto: TlogCrypto, statement: Statement, key: VerifierKey, texts: Texts, present: readonly string[]): LedgerCheck => {
  const findings: BundleFinding[] = [];
  const { predicate } = statement;
  const checkpoint = texts(paths.checkpoint) ?? '';
  const opened = openCheckpoint(crypto, checkpoint, { name: predicate.origin, publicKey: key.publicKey });
  const head = typeof opened === 'string' || opened.origin !== predicate.origin ? null : opened;
  if (head === null) findings.push(bundleFinding('checkpoint', { why: typeof opened === 'string' ? opened : 'origin', place: paths.checkpoint }));
  const listed = new Map<string, string>();
  const seqs = present.flatMap((path) => (path.startsWith(paths.facts) && path.endsWith('.json') ? [Number(path.slice(paths.facts.length, -'.json'.length))] : []));
  for (const seq of seqs) {
    const [canonical, proof] = [texts(factPath(seq)), texts(proofPath(seq))];
    const read = canonical === null || proof === null ? 'missing' : factProblem(crypto, seq, canonical, proof, checkpoint, predicate.origin);
    if (typeof read === 'string') findings.push(bundleFinding('fact', { place: factPath(seq), why: read }));
    else for (const [place, content] of listedSegments(read)) listed.set(place, content);
  }
  for (const { cameraId, segments } of predicate.clips) {
    for (const { segmentId, factSeq, from, until, sizeBytes, sha256 } of segments) {
      if (listed.get(`${factSeq} ${segmentId}`) !== JSON.stringify([cameraId, from, until, sizeBytes, sha256])) findings.push(bundleFinding('segment_unlisted', { place: segmentId }));
    }
  }
  return { findings, head, facts: seqs.length };
};

interface OlderHead {
  size: number;
  root: Uint8Array;
}

/** Null for what is no JSON. */
const readLine = (line: string): unknown => {
  try {
    return parseStrict(line);
  } catch {
    return null;
  }
};

/** Heads inside the package from which this one grew, each with its proof. */
const olderHeads = (crypto: TlogCrypto, head: OpenedCheckpoint, key: VerifierKey, text: string): { heads: OlderHead[]; findings: BundleFinding[] } => {
  const heads: OlderHead[] = [];
  const findings: BundleFinding[] = [];
  for (const [i, line] of text.split('\n').slice(0, -1).entries()) {
    const value = readLine(line);
    const hashes = isObject(value) && Array.isArray(value['consistency']) ? (value['consistency'] as readonly unknown[]).map((hash) => (typeof hash === 'string' ? fromBase64(hash) : null)) : [null];
    const note = isObject(value) && typeof value['checkpoint'] === 'string' ? openCheckpoint(crypto, value['checkpoint'], { name: head.origin, publicKey: key.publicKey }) : 'malformed';
    const proof = hashes.filter((hash) => hash !== null);
    const holds = typeof note !== 'string' && note.origin === head.origin && proof.length === hashes.length && verifyConsistency(crypto.sha256, { first: note, second: head }, proof);
    if (holds) heads.push(note);
    else findings.push(bundleFinding('anchor_list', { place: i + 1 }));
  }
  return { heads, findings };
};

/** Anchors that the reader brought. `anchoredSize`: facts 1 to this are vouched for by them. */
export const checkAnchors = (crypto: TlogCrypto, head: OpenedCheckpoint, key: VerifierKey, listed: string, given: string, newestFact: number): { findings: BundleFinding[]; anchoredSize: number; used: number } => {
  const { heads, findings } = olderHeads(crypto, head, key, listed);
  const { notes, rest } = splitNotes(given);
  let [anchoredSize, used] = [0, 0];
  for (const text of rest) findings.push(bundleFinding('anchor_damaged', { place: text.slice(0, 40) }));
  for (const [i, note] of notes.entries()) {
    const place = i + 1;
    let stated: ReturnType<typeof parseCheckpointText> | null = null;
    try {
      stated = parseCheckpointText(parseNote(note).text);
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
    }
    const opened = openCheckpoint(crypto, note, { name: head.origin, publicKey: key.publicKey });
    if (stated === null) findings.push(bundleFinding('anchor_damaged', { place }));
    else if (stated.origin !== head.origin) findings.push(bundleFinding('anchor_foreign', { place }));
    else if (opened === 'unknown_key') findings.push(bundleFinding('anchor_other_key', { place }));
    else if (typeof opened === 'string') findings.push(bundleFinding('anchor_damaged', { place }));
    else {
      const known = [head, ...heads].filter(({ size }) => size === opened.size);
      if (known.length === 0) findings.push(bundleFinding('anchor_unlinked', { place, size: opened.size }));
      else if (!known.some(({ root }) => equalBytes(root, opened.root))) findings.push(bundleFinding('anchor_contradicts', { place }));
      else {
        used += 1;
        anchoredSize = Math.max(anchoredSize, opened.size);
        if (opened.size < newestFact) findings.push(bundleFinding('anchor_early', { place }));
      }
    }
  }
  return { findings, anchoredSize, used };
};
