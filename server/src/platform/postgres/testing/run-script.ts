/** What `psql -f` does with a script of backup-sql.ts: statements as they stand, and the lines after `copy … from stdin;` as rows. */
import pg from 'pg';

class CopyIn {
  readonly #text: string;
  readonly #rows: string;
  readonly #settle: { done: () => void; failed: (error: Error) => void };
  constructor(text: string, rows: string, settle: { done: () => void; failed: (error: Error) => void }) {
    this.#text = text;
    this.#rows = rows;
    this.#settle = settle;
  }
  submit(connection: pg.Connection): void {
    connection.query(this.#text);
  }
  handleCopyInResponse(connection: pg.Connection & { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }): void {
    if (this.#rows !== '') connection.sendCopyFromChunk(Buffer.from(this.#rows));
    connection.endCopyFrom();
  }
  handleCommandComplete(): void {
    // The connection says when it is ready.
  }
  handleReadyForQuery(): void {
    this.#settle.done();
  }
  handleError(error: Error): void {
    this.#settle.failed(error);
  }
}

const copyIn = (client: pg.Client, text: string, rows: string): Promise<void> => new Promise((done, failed) => void client.query(new CopyIn(text, rows, { done, failed })));

export const runScript = async (url: string, script: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const parts = script.replace(/^\\set .*\n/, '').split(/^(copy .* from stdin;)\n([\s\S]*?)^\\\.\n/m);
    for (let index = 0; index < parts.length; index += 3) {
      await client.query(parts[index] ?? '');
      const statement = parts[index + 1];
      if (statement !== undefined) await copyIn(client, statement, parts[index + 2] ?? '');
    }
  } finally {
    await client.end();
  }
};
