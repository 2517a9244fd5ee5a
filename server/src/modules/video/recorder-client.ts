/** The server's end of contract/recorder.ts: HTTP over the recorder's local socket. Every call may find the recorder away. */
import { request, type IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { JournalPage, ProbeResult, RecorderStatus, type DeletionOrder, type MoveOrder, type ProbeRequest, type RecorderConfig } from '../../../../contract/recorder.ts';
import type { LiveStreamName } from '../../../../contract/live.ts';
import { secondMs } from '../../base/units.ts';
import { refuse } from './errors.ts';

export interface LiveStream {
  /** Ends it from our side. */
  close(): void;
}

export interface RecorderClient {
  status(): Promise<RecorderStatus>;
  putConfig(config: RecorderConfig): Promise<void>;
  journal(after: number, waitMs: number): Promise<JournalPage>;
  acknowledge(upTo: number): Promise<void>;
  probe(probe: ProbeRequest): Promise<ProbeResult>;
  remove(order: DeletionOrder): Promise<void>;
  move(order: MoveOrder): Promise<void>;
  restart(): Promise<void>;
  metrics(): Promise<string>;
  /** Framed bodies of contract/recorder.ts, as they come. `ended` is called once. */
  live(cameraId: string, body: (bytes: Buffer) => void, ended: (why: 'gone' | 'away') => void, stream?: LiveStreamName): LiveStream;
}

const maxAnswerBytes = 64 * 1024 * 1024;
const maxLiveBodyBytes = 16 * 1024 * 1024;
const lengthBytes = 4;

const readAll = async (response: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > maxAnswerBytes) throw new Error('answer of the recorder is too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
};

interface Ask {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: object;
  timeoutMs?: number;
}

const ask = (socketPath: string, { method, path, body, timeoutMs = 10 * secondMs }: Ask): Promise<string> =>
  new Promise((resolve, reject) => {
    // It may go before it answers and while it answers: both mean away.
    const fail = (error: unknown): void => {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      const away = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code);
      reject(away ? refuse('recorder_away') : error instanceof Error ? error : new Error(String(error)));
    };
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers = payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': payload.length };
    const outgoing = request({ socketPath, method, path, headers, timeout: timeoutMs }, (response) => {
      readAll(response).then((text) => {
        const status = response.statusCode ?? 0;
        if (status >= 200 && status < 300) resolve(text);
        else reject(new Error(`recorder answered ${status} to ${method} ${path}: ${text.slice(0, 300)}`));
      }).catch((error: unknown) => {
        outgoing.destroy();
        fail(error);
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(refuse('recorder_away')));
    outgoing.on('error', fail);
    outgoing.end(payload);
  });

const parsed = <S extends z.ZodType>(schema: S, text: string): z.output<S> => schema.parse(JSON.parse(text));

/** Cuts a byte stream into bodies by their u32be length. */
export const createUnframer = (body: (bytes: Buffer) => void): ((chunk: Buffer) => void) => {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    let data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (data.length >= lengthBytes) {
      const length = data.readUInt32BE(0);
      if (length > maxLiveBodyBytes) throw new Error('live body is too large');
      if (data.length < lengthBytes + length) break;
      body(data.subarray(lengthBytes, lengthBytes + length));
      data = data.subarray(lengthBytes + length);
    }
    rest = data;
  };
};

const openLive = (socketPath: string, { cameraId, stream }: { cameraId: string; stream: LiveStreamName }, body: (bytes: Buffer) => void, ended: (why: 'gone' | 'away') => void): LiveStream => {
  let over = false;
  const finish = (why: 'gone' | 'away'): void => {
    if (over) return;
    over = true;
    outgoing.destroy();
    ended(why);
  };
  const outgoing = request({ socketPath, method: 'GET', path: `/live/${cameraId}${stream === 'sub' ? '?stream=sub' : ''}` }, (response) => {
    if (response.statusCode !== 200) return finish('gone');
    const unframe = createUnframer((bytes) => {
      if (!over) body(bytes);
    });
    response.on('data', (chunk: Buffer) => {
      try {
        unframe(chunk);
      } catch {
        finish('away');
      }
    });
    response.on('end', () => finish('gone'));
    response.on('error', () => finish('away'));
    return undefined;
  });
  outgoing.on('error', () => finish('away'));
  outgoing.end();
  return {
    close: () => {
      over = true;
      outgoing.destroy();
    },
  };
};

export const createRecorderClient = (socketPath: string): RecorderClient => ({
  status: async () => parsed(RecorderStatus, await ask(socketPath, { method: 'GET', path: '/status' })),
  putConfig: async (config) => {
    await ask(socketPath, { method: 'PUT', path: '/config', body: config });
  },
  journal: async (after, waitMs) =>
    parsed(JournalPage, await ask(socketPath, { method: 'GET', path: `/journal?after=${after}&waitMs=${waitMs}`, timeoutMs: waitMs + 10 * secondMs })),
  acknowledge: async (upTo) => {
    await ask(socketPath, { method: 'POST', path: '/journal/ack', body: { upTo } });
  },
  probe: async (probe) => parsed(ProbeResult, await ask(socketPath, { method: 'POST', path: '/probe', body: probe, timeoutMs: 20 * secondMs })),
  remove: async (order) => {
    await ask(socketPath, { method: 'POST', path: '/deletions', body: order });
  },
  move: async (order) => {
    await ask(socketPath, { method: 'POST', path: '/moves', body: order });
  },
  restart: async () => {
    await ask(socketPath, { method: 'POST', path: '/restart' });
  },
  metrics: () => ask(socketPath, { method: 'GET', path: '/metrics' }),
  live: (cameraId, body, ended, stream = 'main') => openLive(socketPath, { cameraId, stream }, body, ended),
});
