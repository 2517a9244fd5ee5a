/** Camera credentials at rest: AES-256-GCM under a key that lies beside, readable by Vigil's user alone. Where a disk is copied without that key, they stay closed. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../journal/files.ts';
import { refuse } from '../refusals.ts';

const keyBytes = 32;
const nonceBytes = 12; // SP 800-38D section 8.2.2, random
const tagBytes = 16;

export class CredentialBox {
  readonly #key: Buffer;

  private constructor(key: Buffer) {
    this.#key = key;
  }

  /** With `create` a missing key is made; a damaged one never is, since what it closed would be lost unnoticed. */
  static async open(path: string, create: boolean): Promise<CredentialBox> {
    const found = await readFile(path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw refuse('key_missing', { path });
    });
    if (found !== null) {
      if (found.length !== keyBytes) throw refuse('key_missing', { path });
      return new CredentialBox(found);
    }
    if (!create) throw refuse('key_missing', { path });
    const key = randomBytes(keyBytes);
    const handle = await open(path, 'wx', 0o600);
    try {
      await handle.writeFile(key);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await syncFolder(dirname(path));
    return new CredentialBox(key);
  }

  /** `about` is bound to the content: a closed text moved to another camera does not open. */
  close(text: string, about: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    cipher.setAAD(Buffer.from(about));
    return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
  }

  open(closed: string, about: string): string {
    const bytes = Buffer.from(closed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(about));
    decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, bytes.length - tagBytes)), decipher.final()]).toString('utf8');
  }
}
