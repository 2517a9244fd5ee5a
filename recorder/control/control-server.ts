/** The recorder's face to the server: HTTP on a local socket, routes as contract/recorder.ts lists them. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { z } from 'zod';
import { DeletionOrder, MoveOrder, ProbeRequest, RecorderConfig } from '../../contract/recorder.ts';
import type { JournalPage, ProbeResult } from '../../contract/recorder.ts';
import type { Log } from '../../server/src/base/log.ts';
import { Refusal } from '../../server/src/base/refusal.ts';
import type { RefusalKind } from '../../server/src/base/refusal.ts';
import type { Recorder } from '../recorder.ts';
import { refuse } from '../refusals.ts';
import { readBody } from './body.ts';
import { metricsText } from './metrics.ts';

const pageLimit = 500;
const waitLimitMs = 30_000;
const Ack = z.object({ upTo: z.int().min(0) });

export interface ControlDeps {
  recorder: Recorder;
  log: Log;
  probe: (request: ProbeRequest) => Promise<ProbeResult>;
  /** Stops in order and ends the process; the supervisor starts it again. */
  restart: () => void;
}

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

const statusOf: Record<RefusalKind, number> = { invalid: 400, unauthenticated: 401, forbidden: 403, not_found: 404, conflict: 409, too_many: 429, unavailable: 503 };

const send = (response: ServerResponse, status: number, value: object): void => {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length }).end(body);
};

const nothing = (response: ServerResponse, status: number): void => {
  response.writeHead(status).end();
};

const count = (url: URL, name: string): number => {
  const value = Number(url.searchParams.get(name) ?? '0');
  if (!Number.isSafeInteger(value) || value < 0) throw refuse('body_invalid', { detail: name });
  return value;
};

const journalPage = async (recorder: Recorder, url: URL): Promise<JournalPage> => {
  const after = count(url, 'after');
  await recorder.journal.waitFor(after, Math.min(count(url, 'waitMs'), waitLimitMs));
  return { recorderId: recorder.config?.recorderId ?? '', entries: await recorder.journal.page(after, pageLimit), last: recorder.journal.durableSeq };
};

const live = (recorder: Recorder, cameraId: string, stream: string | null, response: ServerResponse): void => {
  const camera = recorder.cameras.get(cameraId);
  if (camera === undefined) throw refuse('camera_unknown');
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' });
  response.flushHeaders();
  response.on('close', () => camera.live.detach(response));
  response.on('error', () => camera.live.detach(response)); // a viewer that went away in the middle of a write
  if (stream !== 'sub') {
    void camera.live.attach(response, () => camera.cached());
    return;
  }
  const leave = recorder.subs.attach(cameraId, response);
  if (leave === null) response.end();
  else response.on('close', leave);
};

const routes = ({ recorder, probe, restart }: ControlDeps): Record<string, Handler> => ({
  'PUT /config': async (request, response) => {
    await recorder.configure(await readBody(request, RecorderConfig));
    nothing(response, 204);
  },
  'GET /journal': async (_request, response, url) => send(response, 200, await journalPage(recorder, url)),
  'POST /journal/ack': async (request, response) => {
    await recorder.journal.ack((await readBody(request, Ack)).upTo);
    nothing(response, 204);
  },
  'GET /status': async (_request, response) => send(response, 200, recorder.status()),
  'POST /probe': async (request, response) => send(response, 200, await probe(await readBody(request, ProbeRequest))),
  'POST /deletions': async (request, response) => {
    recorder.delete(await readBody(request, DeletionOrder));
    nothing(response, 202);
  },
  'POST /moves': async (request, response) => {
    recorder.move(await readBody(request, MoveOrder));
    nothing(response, 202);
  },
  'POST /restart': async (_request, response) => {
    response.once('finish', restart);
    nothing(response, 202);
  },
  'GET /metrics': async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(metricsText(recorder));
  },
});

const refusalBody = (refusal: Refusal): object => ({ code: refusal.code, kind: refusal.kind, ...refusal.sentence, fields: refusal.fields });

export const createControlServer = (deps: ControlDeps): Server => {
  const table = routes(deps);
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const url = new URL(request.url ?? '/', 'http://recorder');
      const livePath = /^\/live\/([^/]+)$/.exec(url.pathname);
      if (request.method === 'GET' && livePath !== null) {
        live(deps.recorder, livePath[1] ?? '', url.searchParams.get('stream'), response);
        return;
      }
      const handler = table[`${request.method ?? ''} ${url.pathname}`];
      if (handler === undefined) throw refuse('route_unknown');
      await handler(request, response, url);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : null;
      if (refusal === null) deps.log.error('request failed', { error, route: request.url });
      if (response.headersSent) response.destroy();
      else if (refusal === null) send(response, 500, { code: 'recorder.failed', kind: 'unavailable', zh: '录像服务内部错误。', en: 'The recorder failed to answer.', fields: [] });
      else send(response, statusOf[refusal.kind], refusalBody(refusal));
    }
  };
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => void handle(request, response));
  server.requestTimeout = 60_000;
  return server;
};
