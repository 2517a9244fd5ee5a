/** Feeds the verifier from the database: one snapshot, keyset pages in worker threads, facts with their copies and private values. */
import { fileURLToPath } from 'node:url';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { nodeCrypto } from '../../../../formats/tlog/node-crypto.ts';
import { Verifier, type CheckpointRecord, type ChunkResult, type Report } from '../../../../verify/index.ts';
import { ledgerRefusals } from './refusals.ts';
import { checkPage, type PageTask } from './verify-page.ts';
import type { PageAnswer, PageWorkerData } from './verify-worker.ts';

const pageSize = 8_192;
/** Runs that may be ready before their turn: bounds the memory when one worker is slow. */
const mostAhead = 8;

const workerFile = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './verify-worker.ts' : './verify-worker.js', import.meta.url));

/** One worker thread with one question at a time. */
class PageWorker {
  readonly #worker: Worker;
  #settle: { resolve: (result: ChunkResult) => void; reject: (error: Error) => void } | null = null;

  constructor(data: PageWorkerData) {
    this.#worker = new Worker(workerFile, { workerData: data });
    this.#worker.on('message', (answer: PageAnswer) => {
      if ('result' in answer) this.#settle?.resolve(answer.result);
      else this.#settle?.reject(new Error(answer.error));
    });
    this.#worker.on('error', (error) => this.#settle?.reject(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => this.#settle?.reject(new Error('a verifying thread ended early')));
  }

  check(task: PageTask): Promise<ChunkResult> {
    return new Promise<ChunkResult>((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#worker.postMessage(task);
    }).finally(() => {
      this.#settle = null;
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

const readCheckpoints = async (client: pg.Client, siteId: string): Promise<CheckpointRecord[]> => {
  const { rows } = await client.query<{ ordinal: string; size: string; signed_at: string; note: string }>(
    'select ordinal, size, signed_at, note from ledger.checkpoints where site_id = $1 order by ordinal', [siteId],
  );
  return rows.map((row) => ({ ordinal: Number(row.ordinal), note: row.note, copies: { size: Number(row.size), signedAt: Number(row.signed_at) } }));
};

/** Checks pages on all workers and hands them to the verifier in their order. */
const checkPages = async (workers: readonly PageWorker[], tasks: readonly PageTask[], verifier: Verifier): Promise<void> => {
  const ready = new Map<number, ChunkResult>();
  let nextTask = 0;
  let nextResult = 0;
  let wake: () => void = () => undefined;
  const fold = (): void => {
    for (let result = ready.get(nextResult); result !== undefined; result = ready.get(nextResult)) {
      ready.delete(nextResult);
      verifier.add(result);
      nextResult += 1;
    }
    wake();
  };
  const run = async (worker: PageWorker): Promise<void> => {
    for (;;) {
      const index = nextTask;
      const task = tasks[index];
      if (task === undefined) return;
      nextTask += 1;
      while (index - nextResult > mostAhead) await new Promise<void>((resolve) => (wake = resolve));
      ready.set(index, await worker.check(task));
      fold();
    }
  };
  await Promise.all(workers.map(run));
};

/** Sites that have anything in the ledger. */
export const ledgerSites = async (url: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ site_id: string }>('select distinct site_id from (select site_id from ledger.facts union select site_id from ledger.checkpoints) s order by site_id');
    return rows.map((row) => row.site_id);
  } finally {
    await client.end();
  }
};

export interface VerifyDatabaseOptions {
  url: string;
  siteId: string;
  /** Text of any number of anchor files that somebody outside kept. */
  anchors: string;
  /** Notes of the room's own file, see AnchorFile. */
  ownAnchors?: readonly string[];
  threads?: number;
}

/** Verifies one site's ledger as it lies in the database. */
export const verifyDatabase = async (options: VerifyDatabaseOptions): Promise<Report> => {
  const { url, siteId, anchors } = options;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const workers: PageWorker[] = [];
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    const { rows } = await client.query<{ snapshot: string; head: string | null }>(
      'select pg_export_snapshot() as snapshot, (select max(seq) from ledger.facts where site_id = $1) as head', [siteId],
    );
    const [found] = rows;
    if (found?.head === undefined || found.head === null) throw ledgerRefusals('not_opened');
    const head = Number(found.head);
    const checkpoints = await readCheckpoints(client, siteId);
    const verifier = new Verifier({ crypto: nodeCrypto, siteId, checkpoints, anchors, ownAnchors: options.ownAnchors ?? [], withPrivates: true });
    const tasks: PageTask[] = [];
    for (let firstSeq = 1; firstSeq <= head; firstSeq += pageSize) tasks.push({ siteId, firstSeq, lastSeq: Math.min(head, firstSeq + pageSize - 1) });
    const threads = Math.max(1, options.threads ?? availableParallelism());
    // A thread costs more to start than a page to check.
    if (tasks.length <= threads) for (const task of tasks) verifier.add(await checkPage(client, task));
    else {
      for (let i = 0; i < threads; i += 1) workers.push(new PageWorker({ url, snapshot: found.snapshot }));
      await checkPages(workers, tasks, verifier);
    }
    return verifier.finish();
  } finally {
    await Promise.all(workers.map((worker) => worker.end()));
    await client.end();
  }
};
