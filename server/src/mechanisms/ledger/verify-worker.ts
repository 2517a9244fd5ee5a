/** A thread of vigil verify-ledger: one page at a time, on a connection of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ChunkResult } from '../../../../verify/index.ts';
import { checkPage, openSnapshot, type PageTask } from './verify-page.ts';

export interface PageWorkerData {
  url: string;
  /** Exported by the main connection, so that every thread sees the same instant. */
  snapshot: string;
}

export type PageAnswer = { result: ChunkResult } | { error: string };

const port = parentPort;
if (port === null) throw new Error('verify-worker runs as a worker thread only');
const client = openSnapshot(workerData as PageWorkerData);
client.catch(() => undefined); // told with the first page
port.on('message', (task: PageTask) => {
  client
    .then(async (connected): Promise<PageAnswer> => ({ result: await checkPage(connected, task) }))
    .catch((error: unknown): PageAnswer => ({ error: error instanceof Error ? error.message : String(error) }))
    .then((answer) => port.postMessage(answer, 'result' in answer ? [answer.result.leaves.buffer as ArrayBuffer, answer.result.recordedAt.buffer as ArrayBuffer] : []))
    .catch(() => process.exit(1));
});
