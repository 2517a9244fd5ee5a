/** Credentials at rest: AES-256-GCM under a key that lies in a file outside the database, readable by Vigil's user alone. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

const readOrMakeKey = (keyFile: string): Buffer => {
  if (!existsSync(keyFile)) {
    mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 });
    writeFileSync(keyFile, randomBytes(keyBytes), { mode: 0o600, flag: 'wx', flush: true });
  }
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
