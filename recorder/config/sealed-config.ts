/**
 * The sealed copy of what the recorder needs: cameras, credentials, storages. It is on disk before the server is told that it was taken,
 * and the recorder starts from it alone. With it stands which storages were used before: their folders are never initialised again.
 */
import { createHash } from 'node:crypto';
import { chmod, copyFile, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CameraSource, RecorderConfig } from '../../contract/recorder.ts';
import { syncFolder } from '../journal/files.ts';
import type { Log } from '../../server/src/base/log.ts';
import { refuse } from '../refusals.ts';
import { CredentialBox } from './credential-box.ts';

export interface Sealed {
  config: RecorderConfig;
  /** Ids of storages whose folder carried the right identity once. */
  storagesSeen: string[];
}

/** Addresses and credentials of a camera stand closed: some cameras want the password in the address. */
const Secret = CameraSource.pick({ url: true, subUrl: true, username: true, password: true });
const SealedBody = z.object({
  config: RecorderConfig.extend({ cameras: z.array(CameraSource.omit({ url: true, subUrl: true, username: true, password: true }).extend({ closed: z.string() })) }),
  storagesSeen: z.array(z.string()),
});
const SealedFile = z.object({ format: z.literal('vigil-sealed-1'), sha256: z.string(), body: z.string() });

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export class SealedConfig {
  readonly #folder: string;
  readonly #log: Log;

  constructor(folder: string, log: Log) {
    this.#folder = folder;
    this.#log = log;
  }

  get path(): string {
    return join(this.#folder, 'sealed.json');
  }

  get #previous(): string {
    return join(this.#folder, 'sealed.previous.json');
  }

  get #keyPath(): string {
    return join(this.#folder, 'sealed.key');
  }

  /** Null before the first; falls back to the copy before when the newest is damaged. Throws a refusal when there is one and none can be read. */
  async read(): Promise<Sealed | null> {
    const newest = await this.#readFile(this.path);
    if (newest.sealed !== null) return newest.sealed;
    const before = await this.#readFile(this.#previous);
    if (before.sealed !== null) this.#log.error('sealed settings are damaged or gone: taking the copy before', { path: this.path });
    if (before.sealed !== null || (!newest.exists && !before.exists)) return before.sealed;
    throw refuse('sealed_damaged', { path: this.path });
  }

  async write(sealed: Sealed): Promise<void> {
    const box = await CredentialBox.open(this.#keyPath, true);
    const cameras = sealed.config.cameras.map(({ url, subUrl, username, password, ...open }) => ({
      ...open,
      closed: box.close(JSON.stringify({ url, subUrl, username, password }), open.cameraId),
    }));
    const body = JSON.stringify({ config: { ...sealed.config, cameras }, storagesSeen: sealed.storagesSeen });
    const fresh = `${this.path}.new`;
    const handle = await open(fresh, 'w', 0o600);
    try {
      await handle.writeFile(JSON.stringify({ format: 'vigil-sealed-1', sha256: digest(body), body }));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await chmod(fresh, 0o600);
    await this.#keepPrevious();
    await rename(fresh, this.path);
    await syncFolder(this.#folder);
  }

  /** Only a copy that can be read is worth keeping. */
  async #keepPrevious(): Promise<void> {
    if ((await this.#readFile(this.path)).sealed !== null) await copyFile(this.path, this.#previous);
  }

  async #readFile(path: string): Promise<{ exists: boolean; sealed: Sealed | null }> {
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text === null) return { exists: false, sealed: null };
    try {
      const file = SealedFile.parse(JSON.parse(text));
      if (digest(file.body) !== file.sha256) return { exists: true, sealed: null };
      const { config, storagesSeen } = SealedBody.parse(JSON.parse(file.body));
      const box = await CredentialBox.open(this.#keyPath, false);
      const cameras = config.cameras.map(({ closed, ...open }) => ({ ...open, ...Secret.parse(JSON.parse(box.open(closed, open.cameraId))) }));
      return { exists: true, sealed: { config: { ...config, cameras }, storagesSeen } };
    } catch (error) {
      this.#log.error('sealed settings cannot be read', { path, error });
      return { exists: true, sealed: null };
    }
  }
}
