/**
 * One operation at a time on a SourceBuffer, in order, each with its own outcome. The browser throws when two meet; it also says "full" late,
 * and then what lies behind the playhead is dropped and the same bytes are tried once more.
 */

/** The part of SourceBuffer that is used; a test puts a buffer with the same rules in its place. */
export interface SourceBufferPort {
  readonly updating: boolean;
  timestampOffset: number;
  appendBuffer(data: BufferSource): void;
  remove(start: number, end: number): void;
  changeType(type: string): void;
  abort(): void;
  addEventListener(type: 'updateend' | 'error', listener: () => void): void;
  removeEventListener(type: 'updateend' | 'error', listener: () => void): void;
}

export class SourceFailed extends Error {}

export class SourceQueue {
  readonly #source: SourceBufferPort;
  readonly #makeRoom: () => { start: number; end: number } | null;
  #tail: Promise<unknown> = Promise.resolve();
  #pending = 0;
  #generation = 0;
  #type: string;

  /** makeRoom: what may be dropped when the browser says the buffer is full; null when nothing may. */
  constructor(source: SourceBufferPort, type: string, makeRoom: () => { start: number; end: number } | null) {
    this.#source = source;
    this.#type = type;
    this.#makeRoom = makeRoom;
  }
  get pending(): number {
    return this.#pending;
  }
  /** false: given up because of a `cancel` in between. offsetSeconds places the file's own time 0. */
  append(data: Uint8Array<ArrayBuffer>, offsetSeconds: number, type: string): Promise<boolean> {
    return this.#enqueue(async () => {
      if (type !== this.#type) {
        this.#source.changeType(type);
        this.#type = type;
      }
      if (this.#source.timestampOffset !== offsetSeconds) this.#source.timestampOffset = offsetSeconds;
      try {
        await this.#run(() => this.#source.appendBuffer(data));
      } catch (error) {
        const room = error instanceof DOMException && error.name === 'QuotaExceededError' ? this.#makeRoom() : null;
        if (room === null) throw error;
        await this.#run(() => this.#source.remove(room.start, room.end));
        await this.#run(() => this.#source.appendBuffer(data));
      }
    });
  }
  remove(start: number, end: number): Promise<boolean> {
    return this.#enqueue(() => this.#run(() => this.#source.remove(start, end)));
  }
  /** Empties it whatever is asked for afterwards: no `cancel` takes this back. */
  async empty(): Promise<void> {
    await this.#enqueue(() => this.#run(() => this.#source.remove(0, Infinity)), true);
  }
  /** Forgets what has not begun (a seek went elsewhere). What is under way is left to end: an abort would lose the parser's place. */
  cancel(): void {
    this.#generation += 1;
  }

  #enqueue(act: () => Promise<void>, certain = false): Promise<boolean> {
    const generation = this.#generation;
    this.#pending += 1;
    const outcome = this.#tail.then(async () => {
      try {
        if (generation !== this.#generation && !certain) return false;
        await act();
        return true;
      } finally {
        this.#pending -= 1;
      }
    });
    this.#tail = outcome.catch(() => undefined);
    return outcome;
  }
  #run(begin: () => void): Promise<void> {
    const source = this.#source;
    return new Promise((resolve, reject) => {
      let failed = false;
      const done = () => {
        source.removeEventListener('updateend', done);
        source.removeEventListener('error', fail);
        if (failed) reject(new SourceFailed('the browser refused the bytes'));
        else resolve();
      };
      // `error` comes before `updateend`; the operation is over only with the latter.
      const fail = () => {
        failed = true;
      };
      source.addEventListener('updateend', done);
      source.addEventListener('error', fail);
      try {
        begin();
      } catch (error) {
        source.removeEventListener('updateend', done);
        source.removeEventListener('error', fail);
        reject(error instanceof Error ? error : new SourceFailed(String(error)));
      }
    });
  }
}
