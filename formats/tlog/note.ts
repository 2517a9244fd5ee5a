/** C2SP signed-note: a text with signature lines below it, and verifier keys as `name+id+base64`. Ed25519 (0x01) and cosignature/v1 (0x04). */
import { concat, equalBytes, fromBase64, fromHex, toBase64, toHex, utf8 } from './bytes.ts';
import type { Sha256 } from './hashing.ts';

export class NoteError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoteError';
  }
}

export const signatureType = { ed25519: 0x01, cosignature: 0x04 } as const;
const dash = '\u2014 ';
/** Bounds on hostile input: the format asks for at least 16 signatures. */
const maxNoteChars = 1_000_000;
const maxSignatures = 100;

export interface NoteSignature {
  name: string;
  /** Four bytes: which key of that name. */
  keyId: Uint8Array;
  signature: Uint8Array;
}

export interface Note {
  /** With its final newline: exactly what is signed. */
  text: string;
  signatures: readonly NoteSignature[];
}

export interface VerifierKey {
  name: string;
  type: number;
  keyId: Uint8Array;
  publicKey: Uint8Array;
}

const validName = (name: string): boolean => name !== '' && name.isWellFormed() && !/[\s+\u0085\u0000-\u001f]/u.test(name); // oxlint-disable-line no-control-regex -- the format names them

const validText = (text: string): boolean => text.endsWith('\n') && text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text); // oxlint-disable-line no-control-regex -- the format names them

export const keyIdOf = (sha256: Sha256, name: string, type: number, publicKey: Uint8Array): Uint8Array =>
  sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, 4);

export const verifierKey = (sha256: Sha256, name: string, publicKey: Uint8Array, type: number = signatureType.ed25519): VerifierKey => {
  if (!validName(name)) throw new NoteError('key name is empty or holds spaces or +');
  if (publicKey.length !== 32) throw new NoteError('an Ed25519 public key has 32 bytes');
  return { name, type, keyId: keyIdOf(sha256, name, type, publicKey), publicKey };
};

/** `example.com/foo+530d903a+AekyeRrm…` */
export const formatVerifierKey = (key: VerifierKey): string => `${key.name}+${toHex(key.keyId)}+${toBase64(concat(Uint8Array.of(key.type), key.publicKey))}`;

export const parseVerifierKey = (sha256: Sha256, text: string): VerifierKey => {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/su.exec(text) ?? [];
  const keyId = fromHex(id ?? '');
  const material = fromBase64(encoded ?? '');
  if (name === undefined || keyId === null || material === null || material.length !== 33) throw new NoteError('malformed verifier key');
  const type = material[0] ?? 0;
  if (type !== signatureType.ed25519 && type !== signatureType.cosignature) throw new NoteError('unknown kind of key');
  const key = verifierKey(sha256, name, material.subarray(1), type);
  if (!equalBytes(key.keyId, keyId)) throw new NoteError('key id does not belong to the key');
  return key;
};

const parseSignature = (line: string): NoteSignature => {
  const [name, encoded, more] = line.startsWith(dash) ? line.slice(dash.length).split(' ') : [];
  const bytes = fromBase64(encoded ?? '');
  if (name === undefined || more !== undefined || !validName(name) || bytes === null || bytes.length < 5) throw new NoteError('malformed signature line');
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
};

export const parseNote = (source: string): Note => {
  if (source.length > maxNoteChars) throw new NoteError('note is too long');
  const cut = source.lastIndexOf('\n\n');
  if (cut < 0 || !source.endsWith('\n')) throw new NoteError('note has no signatures');
  const text = source.slice(0, cut + 1);
  if (!validText(text)) throw new NoteError('note text holds control characters');
  const lines = source.slice(cut + 2, -1).split('\n');
  if (lines.length > maxSignatures) throw new NoteError('too many signatures');
  return { text, signatures: lines.map(parseSignature) };
};

export const formatNote = (note: Note): string => {
  if (!validText(note.text)) throw new NoteError('note text must end in a newline and hold no control characters');
  return `${note.text}\n${note.signatures.map((s) => `${dash}${s.name} ${toBase64(concat(s.keyId, s.signature))}\n`).join('')}`;
};

export const signatureBy = (note: Note, key: VerifierKey): NoteSignature | undefined => note.signatures.find((s) => s.name === key.name && equalBytes(s.keyId, key.keyId));

/**
 * Pulls notes out of a text that holds several, one after another, with or without empty lines between
 * (a file of anchors). What is no note is returned as `rest`, so that nothing is skipped in silence.
 */
export const splitNotes = (source: string): { notes: string[]; rest: string[] } => {
  const notes: string[] = [];
  const rest: string[] = [];
  const found = /(?:^|\n)((?:(?!\u2014 )[^\n]+\n)+\n(?:\u2014 [^\n]+\n)+)/gu;
  let at = 0;
  // A missing last newline is a copy-and-paste accident, not an alteration.
  const whole = source.replaceAll('\r\n', '\n').replace(/\n*$/, '\n');
  for (let match = found.exec(whole); match !== null; match = found.exec(whole)) {
    const note = match[1] ?? '';
    rest.push(whole.slice(at, match.index));
    notes.push(note);
    at = match.index + match[0].length;
    found.lastIndex = at > 0 ? at - 1 : 0; // the newline that ends one note may begin the next
  }
  rest.push(whole.slice(at));
  return { notes, rest: rest.map((part) => part.trim()).filter((part) => part !== '') };
};
