/** C2SP tlog-proof: one text file that shows offline that an entry is in the log (`.tlog-proof`). */
import { fromBase64, toBase64 } from './bytes.ts';
import { parseCheckpointText } from './checkpoint.ts';
import { hashSize, type Sha256 } from './hashing.ts';
import { NoteError, parseNote } from './note.ts';
import { verifyInclusion } from './proofs.ts';

const heading = 'c2sp.org/tlog-proof@v1';
/** A tree of 2^53 leaves has no deeper path. */
const maxPath = 64;

export interface ProofText {
  /** Opaque and unauthenticated; never to be trusted. */
  extra: Uint8Array | null;
  /** From 0. */
  index: number;
  path: readonly Uint8Array[];
  /** The signed note, verbatim. */
  checkpoint: string;
}

export const formatProofText = (proof: ProofText): string => {
  const extra = proof.extra === null ? [] : [`extra ${toBase64(proof.extra)}`];
  return [heading, ...extra, `index ${proof.index}`, ...proof.path.map(toBase64), '', proof.checkpoint].join('\n');
};

export const parseProofText = (source: string): ProofText => {
  const cut = source.indexOf('\n\n');
  if (cut < 0) throw new NoteError('proof holds no checkpoint');
  const lines = source.slice(0, cut).split('\n');
  if (lines.shift() !== heading) throw new NoteError('not a tlog-proof');
  const extraLine = lines[0]?.startsWith('extra ') === true ? lines.shift() : undefined;
  const extra = extraLine === undefined ? null : fromBase64(extraLine.slice('extra '.length));
  if (extraLine !== undefined && extra === null) throw new NoteError('malformed extra data');
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '')?.[1];
  if (index === undefined || !Number.isSafeInteger(Number(index)) || lines.length > maxPath) throw new NoteError('malformed proof');
  const path = lines.map((line) => {
    const hash = fromBase64(line);
    if (hash?.length !== hashSize) throw new NoteError('malformed hash in proof');
    return hash;
  });
  return { extra, index: Number(index), path, checkpoint: source.slice(cut + 2) };
};

/** True when the leaf is in the tree that the checkpoint in the proof names; says nothing about who signed it. */
export const proofHolds = (sha256: Sha256, proof: ProofText, leaf: Uint8Array): boolean => {
  const { size, root } = parseCheckpointText(parseNote(proof.checkpoint).text);
  return verifyInclusion(sha256, { index: proof.index, size, leaf, root }, proof.path);
};
