/**
 * The process's file-system threads (main.ts) are shared by all storages: calls to a network mount that hangs hold theirs until it answers.
 * So a storage among several has its share of them at most, and two are left for journal and settings; what is past the share waits here.
 */
export const fileThreads = 16;

export class Turns {
  readonly #storages: () => number;
  readonly #held = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();

  /** How many storages there are just now. */
  constructor(storages: () => number) {
    this.#storages = storages;
  }

  /** Null: at once. */
  take(storageId: string): Promise<void> | null {
    const held = this.#held.get(storageId) ?? 0;
    if (held < this.#share) {
      this.#held.set(storageId, held + 1);
      return null;
    }
    const waiting = this.#waiting.get(storageId) ?? [];
    this.#waiting.set(storageId, waiting);
    return new Promise((resolve) => waiting.push(resolve));
  }

  give(storageId: string): void {
    const next = this.#waiting.get(storageId)?.shift();
    if (next !== undefined) next();
    else this.#held.set(storageId, (this.#held.get(storageId) ?? 1) - 1);
  }

  /** A storage alone has nobody to leave threads to. */
  get #share(): number {
    const storages = this.#storages();
    return storages < 2 ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor((fileThreads - 2) / storages));
  }
}
