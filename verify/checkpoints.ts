/** Checkpoints and anchors against the tree: origin, key, signature, root, time, order (points 4 and 6). */
import { equalBytes, NoteError, parseCheckpointText, parseNote, type Checkpoint, type OpenedCheckpoint, type TlogCrypto } from '../formats/tlog/index.ts';
import { finding, type Finding, type FindingCode } from './finding.ts';
import { openByEpoch, type Timeline } from './timeline.ts';

export interface CheckpointRecord {
  ordinal: number;
  note: string;
  /** Copies that a database keeps beside the note; null in an export. */
  copies: { size: number; signedAt: number } | null;
}

/** The tree as rebuilt from the facts, asked at the sizes that somebody signed. */
export interface Tree {
  count: number;
  rootAt: (size: number) => Uint8Array | undefined;
  /** Recorded instant of a fact; undefined when there is none or it was not kept. */
  recordedAt: (seq: number) => number | undefined;
}

/** One missed heartbeat is a hiccup of a busy machine; two are not. */
export const heartbeatGapMs = 150_000;

export const readCheckpoint = (note: string): Checkpoint | null => {
  try {
    return parseCheckpointText(parseNote(note).text);
  } catch (error) {
    if (error instanceof NoteError) return null;
    throw error;
  }
};

/** Checks one signed head; `lost`: it holds, and what it covers is admitted as lost by a restore. */
const checkHead = (crypto: TlogCrypto, timeline: Timeline, tree: Tree, place: string, note: string, check: 'both' | 'timed'): { finding: Finding } | { opened: OpenedCheckpoint; lost: boolean } => {
  const stated = readCheckpoint(note);
  if (stated === null) return { finding: finding('checkpoint_malformed', { place }) };
  const { origin, size } = stated;
  const epoch = timeline.epochs.find((one) => one.origin === origin);
  if (epoch === undefined) return { finding: finding('checkpoint_origin', { place, origin }) };
  const opened = openByEpoch(crypto, note, epoch, size, check);
  if (opened === 'malformed') return { finding: finding('checkpoint_malformed', { place }) };
  if (opened === 'unknown_key') return { finding: finding('checkpoint_key', { place }) };
  if (opened === 'wrong_signature') return { finding: finding('checkpoint_signature', { place }) };
  if (size > epoch.lostUntil) return { finding: finding('checkpoint_lost', { place, size, lostUntil: epoch.lostUntil }) };
  if (size > epoch.keptSize) return { opened, lost: true };
  if (size > tree.count) return { finding: finding('checkpoint_beyond', { place, size, count: tree.count }) };
  if (size < epoch.firstSize) return { finding: finding('checkpoint_root', { place, size }) };
  const root = tree.rootAt(size);
  return root !== undefined && equalBytes(root, opened.root) ? { opened, lost: false } : { finding: finding('checkpoint_root', { place, size }) };
};

const instant = (at: number): string => new Date(at).toISOString();

export interface CheckpointSummary {
  findings: Finding[];
  /** Facts 1 to this are signed by the room's own key. */
  signedSize: number;
  /** Largest size that holds, for each log (epoch). */
  held: Map<string, number>;
  lastSignedAt: number | null;
}

const timeContradicts = (tree: Tree, { size, signedAt }: OpenedCheckpoint): boolean => {
  const last = tree.recordedAt(size);
  const next = tree.recordedAt(size + 1);
  // The appender and the signer exclude each other, and each keeps its time at or after the other's last.
  return (last !== undefined && last > signedAt) || (next !== undefined && next < signedAt);
};

/** The database's own checkpoints, ordered by ordinal. */
export const checkCheckpoints = (crypto: TlogCrypto, timeline: Timeline, tree: Tree, records: readonly CheckpointRecord[]): CheckpointSummary => {
  const findings: Finding[] = [];
  const held = new Map<string, number>();
  let signedSize = 0;
  let previous: OpenedCheckpoint | null = null;
  let expected = 1;
  for (const record of records) {
    const place = `#${record.ordinal}`;
    if (record.ordinal !== expected) findings.push(finding('checkpoint_missing', { place: record.ordinal > expected + 1 ? `#${expected}–#${record.ordinal - 1}` : `#${expected}` }));
    expected = record.ordinal + 1;
    const checked = checkHead(crypto, timeline, tree, place, record.note, 'timed');
    if ('finding' in checked) {
      findings.push(checked.finding);
      continue;
    }
    const { opened, lost } = checked;
    if (record.copies !== null && (record.copies.size !== opened.size || record.copies.signedAt !== opened.signedAt)) findings.push(finding('checkpoint_copy', { place }));
    if ((previous !== null && opened.signedAt < previous.signedAt) || (!lost && timeContradicts(tree, opened))) findings.push(finding('checkpoint_time', { place }));
    if (previous !== null && previous.origin === opened.origin && opened.size < previous.size) findings.push(finding('checkpoint_shrinks', { place }));
    if (previous !== null && opened.signedAt - previous.signedAt > heartbeatGapMs) findings.push(finding('heartbeat_gap', { from: instant(previous.signedAt), until: instant(opened.signedAt) }));
    previous = opened;
    if (lost) continue;
    signedSize = Math.max(signedSize, opened.size);
    held.set(opened.origin, Math.max(held.get(opened.origin) ?? 0, opened.size));
  }
  const firstAt = tree.recordedAt(1);
  const lastAt = tree.recordedAt(tree.count);
  if (records.length === 0 && firstAt !== undefined && lastAt !== undefined && lastAt - firstAt > heartbeatGapMs) {
    findings.push(finding('never_signed', { count: tree.count, minutes: Math.floor((lastAt - firstAt) / 60_000) }));
  }
  return { findings, signedSize, held, lastSignedAt: previous?.signedAt ?? null };
};

export interface AnchorSummary {
  findings: Finding[];
  used: number;
  /** Facts 1 to this are vouched for by an anchor that somebody else kept. */
  anchoredSize: number;
  held: Map<string, number>;
}

/** A note that does not even hold by itself says nothing about the ledger. */
const damaged: ReadonlySet<FindingCode> = new Set(['checkpoint_malformed', 'checkpoint_signature']);

/** Anchors: checkpoints that somebody outside kept. One that holds by itself and contradicts the ledger is a fault of the ledger. */
export const checkAnchors = (crypto: TlogCrypto, siteId: string, timeline: Timeline, tree: Tree, notes: readonly string[], name = 'anchor'): AnchorSummary => {
  const findings: Finding[] = [];
  const held = new Map<string, number>();
  let used = 0;
  let anchoredSize = 0;
  for (const [i, note] of notes.entries()) {
    const place = `${name} ${i + 1}`;
    const stated = readCheckpoint(note);
    if (stated !== null && stated.origin !== `vigil/${siteId}` && !stated.origin.startsWith(`vigil/${siteId}/`)) {
      findings.push(finding('anchor_foreign', { place, origin: stated.origin }));
      continue;
    }
    const checked = checkHead(crypto, timeline, tree, place, note, 'both');
    if ('finding' in checked) {
      findings.push(damaged.has(checked.finding.code) ? finding('anchor_damaged', { place }) : checked.finding);
      continue;
    }
    used += 1;
    if (checked.lost) continue;
    const { origin, size } = checked.opened;
    anchoredSize = Math.max(anchoredSize, size);
    held.set(origin, Math.max(held.get(origin) ?? 0, size));
    if (timeContradicts(tree, checked.opened)) findings.push(finding('checkpoint_time', { place }));
  }
  return { findings, used, anchoredSize, held };
};
