/** COPY … TO STDOUT over the driver's own connection, chunk by chunk: the driver reads results whole, and a ledger does not fit into memory. */
import type { Writable } from 'node:stream';
import type pg from 'pg';

/** What the driver calls on a query that it was given whole (its Submittable, as its own cursor package does). */
class CopyOut {
  readonly #text: string;
  readonly #out: Writable;
  #paused = false;
  readonly #settle: { done: () => void; failed: (error: Error) => void };

  constructor(text: string, out: Writable, settle: { done: () => void; failed: (error: Error) => void }) {
    this.#text = text;
    this.#out = out;
    this.#settle = settle;
  }
  submit(connection: pg.Connection): void {
    connection.query(this.#text);
  }
  handleCopyData({ chunk }: { chunk: Buffer }, connection: pg.Connection): void {
    // The parser uses its buffer again.
    const full = !this.#out.write(Buffer.from(chunk));
    // Several chunks of one read may still come after the pause.
    if (!full || this.#paused) return;
    this.#paused = true;
    connection.stream.pause();
    this.#out.once('drain', () => {
      this.#paused = false;
      connection.stream.resume();
    });
  }
  handleCommandComplete(): void {
    // What counts is that the connection is ready again.
  }
  handleReadyForQuery(): void {
    this.#settle.done();
  }
  handleError(error: Error): void {
    this.#settle.failed(error);
  }
}

export const copyOut = (client: pg.Client, statement: string, out: Writable): Promise<void> =>
  new Promise((done, failed) => {
    client.query(new CopyOut(statement, out, { done, failed }));
  });
