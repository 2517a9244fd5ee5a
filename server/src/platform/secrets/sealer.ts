/** Credentials at rest: AES-256-GCM under a key that lies in a file outside the database, readable by Vigil's user alone. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Sealer {
  /** `about` binds the sealed value to its place, e.g. the camera id: it cannot be moved to another row. */
  seal(plain: string, about: string): Buffer;
  /** Throws when the value was altered, moved, or sealed under another key. */
  open(sealed: Buffer, about: string): string;
}

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

const syncFolder = (folder: string): void => {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/** Whole and durable before anything is sealed under it: a key lost in a power cut would make every camera's password unreadable. */
const makeKey = (keyFile: string): void => {
  const folder = dirname(keyFile);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fresh = `${keyFile}.${randomBytes(8).toString('hex')}`;
  writeFileSync(fresh, randomBytes(keyBytes), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(fresh, keyFile); // never over one that another server has just made
  } catch (error) {
    if (!existsSync(keyFile)) throw error;
  } finally {
    unlinkSync(fresh);
  }
  syncFolder(folder);
};

const readOrMakeKey = (keyFile: string): Buffer => {
  if (!existsSync(keyFile)) makeKey(keyFile);
  chmodSync(keyFile, 0o600);
  const key = readFileSync(keyFile);
  if (key.length !== keyBytes) throw new Error(`${keyFile} is not a key of ${keyBytes} bytes`);
  return key;
};

export const createSealer = (keyFile: string): Sealer => {
  const key = readOrMakeKey(keyFile);
  return {
    seal: (plain, about) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open: (sealed, about) => {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes)).setAAD(Buffer.from(about));
      decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
      return decipher.update(sealed.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
    },
  };
};
