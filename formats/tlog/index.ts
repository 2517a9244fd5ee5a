/** Transparency log formats: RFC 6962 hashing and proofs, C2SP notes, checkpoints and proof files. Free of Node; see node-crypto.ts. */
export { concat, equalBytes, fromBase64, fromHex, toBase64, toHex, utf8 } from './bytes.ts';
export { emptyRoot, hashSize, leafHash, nodeHasher, type Sha256, type TlogCrypto } from './hashing.ts';
export { CompactRange } from './compact-range.ts';
export { consistencyProof, inclusionProof, subtreeRoots, treeRoot, verifyConsistency, verifyInclusion, type SubtreeRoot } from './proofs.ts';
export { formatNote, formatVerifierKey, NoteError, parseNote, parseVerifierKey, signatureBy, signatureType, splitNotes, verifierKey, type Note, type NoteSignature, type VerifierKey } from './note.ts';
export { formatCheckpointText, openCheckpoint, parseCheckpointText, signCheckpoint, verifyCosignature, type Checkpoint, type CheckpointSigner, type OpenedCheckpoint } from './checkpoint.ts';
export { formatProofText, parseProofText, proofHolds, type ProofText } from './proof-text.ts';
