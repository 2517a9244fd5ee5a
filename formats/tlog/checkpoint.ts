/**
 * C2SP tlog-checkpoint (origin, size, root) with two signatures of the log's key: the plain note signature, and
 * a cosignature/v1 (C2SP tlog-cosignature), whose signed time makes each checkpoint a heartbeat in a standard form.
 */
import { concat, fromBase64, toBase64, utf8 } from './bytes.ts';
import { hashSize, type TlogCrypto } from './hashing.ts';
import { formatNote, NoteError, parseNote, signatureBy, signatureType, verifierKey, type Note, type VerifierKey } from './note.ts';

export interface Checkpoint {
  /** Names the log: here one epoch of one site's ledger. */
  origin: string;
  size: number;
  root: Uint8Array;
  extensions: readonly string[];
}

/** Holds the private key; `sign` is Ed25519 over the bytes given. */
export interface CheckpointSigner {
  publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

export const formatCheckpointText = (checkpoint: Checkpoint): string => {
  const lines = [checkpoint.origin, String(checkpoint.size), toBase64(checkpoint.root), ...checkpoint.extensions];
  if (lines.some((line) => line === '' || line.includes('\n'))) throw new NoteError('a checkpoint line is empty or broken');
  return `${lines.join('\n')}\n`;
};

export const parseCheckpointText = (text: string): Checkpoint => {
  if (!text.endsWith('\n')) throw new NoteError('checkpoint does not end in a newline');
  const [origin, size, encoded, ...extensions] = text.slice(0, -1).split('\n');
  const root = fromBase64(encoded ?? '');
  if (origin === undefined || origin === '' || size === undefined || !/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) throw new NoteError('malformed checkpoint');
  if (root?.length !== hashSize || extensions.includes('')) throw new NoteError('malformed checkpoint');
  return { origin, size: Number(size), root, extensions };
};

const cosignedMessage = (text: string, seconds: number): Uint8Array => utf8(`cosignature/v1\ntime ${seconds}\n${text}`);

const secondsBytes = (seconds: number): Uint8Array => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(seconds));
  return bytes;
};

/** The signed note for a tree head; the key's name is the origin, the time is cut to whole seconds as the format asks. */
export const signCheckpoint = (crypto: TlogCrypto, signer: CheckpointSigner, checkpoint: Checkpoint, signedAt: number): string => {
  const text = formatCheckpointText(checkpoint);
  const seconds = Math.floor(signedAt / 1000);
  const plain = verifierKey(crypto.sha256, checkpoint.origin, signer.publicKey);
  const timed = verifierKey(crypto.sha256, checkpoint.origin, signer.publicKey, signatureType.cosignature);
  return formatNote({
    text,
    signatures: [
      { name: plain.name, keyId: plain.keyId, signature: signer.sign(utf8(text)) },
      { name: timed.name, keyId: timed.keyId, signature: concat(secondsBytes(seconds), signer.sign(cosignedMessage(text, seconds))) },
    ],
  });
};

/** Checks a cosignature/v1; its time in UTC ms, or null when there is none by this key or it is wrong. */
export const verifyCosignature = (crypto: TlogCrypto, note: Note, key: VerifierKey): number | null => {
  const found = signatureBy(note, key);
  if (found?.signature.length !== 72) return null;
  const seconds = new DataView(found.signature.buffer, found.signature.byteOffset, 8).getBigUint64(0);
  if (seconds > 8_640_000_000_000n) return null;
  const message = cosignedMessage(note.text, Number(seconds));
  return crypto.verifyEd25519(key.publicKey, message, found.signature.subarray(8)) ? Number(seconds) * 1000 : null;
};

export interface OpenedCheckpoint extends Checkpoint {
  /** UTC ms, whole seconds, from the cosignature. */
  signedAt: number;
}

/**
 * Opens a checkpoint that must be signed by the given log key, in both forms. The cosignature binds text and time, so 'timed'
 * checks that one alone: half the cost where there are half a million heartbeats a year.
 * 'unknown_key': no signature names this key; 'wrong_signature': one does and fails; 'malformed': no checkpoint at all.
 */
export const openCheckpoint = (crypto: TlogCrypto, source: string, key: { name: string; publicKey: Uint8Array }, check: 'both' | 'timed' = 'both'): OpenedCheckpoint | 'malformed' | 'unknown_key' | 'wrong_signature' => {
  let note: Note;
  let checkpoint: Checkpoint;
  try {
    note = parseNote(source);
    checkpoint = parseCheckpointText(note.text);
  } catch (error) {
    if (error instanceof NoteError) return 'malformed';
    throw error;
  }
  const plainKey = verifierKey(crypto.sha256, key.name, key.publicKey);
  const timedKey = verifierKey(crypto.sha256, key.name, key.publicKey, signatureType.cosignature);
  const plain = signatureBy(note, plainKey);
  const timed = signatureBy(note, timedKey);
  if (plain === undefined && timed === undefined) return 'unknown_key';
  if (plain === undefined || timed === undefined) return 'malformed'; // cut short
  if (check === 'both' && !crypto.verifyEd25519(plainKey.publicKey, utf8(note.text), plain.signature)) return 'wrong_signature';
  const signedAt = verifyCosignature(crypto, note, timedKey);
  return signedAt === null ? 'wrong_signature' : { ...checkpoint, signedAt };
};
