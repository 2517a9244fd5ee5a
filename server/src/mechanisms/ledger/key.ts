/** The signing key: a file outside the database that only the server's user reads (point 4). PKCS#8 PEM, so that openssl reads it too. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { closeSync, constants, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formatVerifierKey, verifierKey, type CheckpointSigner } from '../../../../formats/tlog/index.ts';
import { nodeCrypto } from '../../../../formats/tlog/node-crypto.ts';
import { ledgerRefusals } from './refusals.ts';

const spkiHeaderSize = 12;

export type LedgerKey = CheckpointSigner;

const keyFrom = (privateKey: KeyObject): LedgerKey => {
  const publicKey = Uint8Array.from(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(spkiHeaderSize));
  return { publicKey, sign: (message) => Uint8Array.from(sign(null, message, privateKey)) };
};

export const ledgerKeyFile = (dataFolder: string): string => join(dataFolder, 'keys', 'ledger.ed25519');

/** SHA-256 of the 32 key bytes, in hex groups that a person can compare with a printed page. */
export const keyFingerprint = (publicKey: Uint8Array): string => (createHash('sha256').update(publicKey).digest('hex').match(/.{4}/g) ?? []).join(' ');

/** The key under a log's name, in the C2SP form. */
export const namedKey = (origin: string, publicKey: Uint8Array): string => formatVerifierKey(verifierKey(nodeCrypto.sha256, origin, publicKey));

const syncFolder = (folder: string): void => {
  const handle = openSync(folder, constants.O_RDONLY);
  fsyncSync(handle);
  closeSync(handle);
};

/** Writes a new key; an existing file is never replaced, and a crash leaves a whole file or none. */
const makeKeyFile = (file: string): void => {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fresh = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = openSync(fresh, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    writeSync(handle, generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(fresh, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error; // somebody was first: theirs counts
  } finally {
    rmSync(fresh);
  }
  syncFolder(folder);
};

/** Reads the key, making it at first start. Refuses a key that others can read. */
export const openLedgerKey = (file: string): LedgerKey => {
  if (!existsSync(file)) makeKeyFile(file);
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) throw ledgerRefusals('key_readable', { file });
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(readFileSync(file));
  } catch {
    throw ledgerRefusals('key_wrong', { file });
  }
  if (privateKey.asymmetricKeyType !== 'ed25519') throw ledgerRefusals('key_wrong', { file });
  return keyFrom(privateKey);
};

/** A key that lives in memory only: tests and rehearsals. */
export const passingKey = (): LedgerKey => keyFrom(generateKeyPairSync('ed25519').privateKey);
