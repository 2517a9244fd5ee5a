import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listFacts } from '../../../contract/ledger.ts';
import { changePerson, signIn } from '../../../contract/identity.ts';
import { closePlayback, listCameras } from '../../../contract/video.ts';
import { addressOf, call, onRefusal, RefusalError } from './client.ts';

// fetch in Node needs whole addresses; in the browser they are relative to the page.
const realFetch = globalThis.fetch;
let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void = () => undefined;
let base = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString('utf8')));
    request.on('end', () => answer(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  globalThis.fetch = (input, init) => realFetch(base + (input instanceof Request ? input.url : input.toString()), init);
});
afterAll(async () => {
  globalThis.fetch = realFetch;
  await new Promise((resolve) => server.close(resolve));
});
afterEach(() => {
  answer = () => undefined;
});
const json = (response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
};
const refusal = { code: 'identity.too_many', kind: 'too_many', zh: '请稍等', en: 'Wait', fields: [{ path: 'account', zh: '甲', en: 'a' }] } as const;

describe('client', () => {
  it('puts parameters and query where the path says, escaped, and leaves out what is absent', () => {
    expect(addressOf('/api/a/:id/b', { id: 'x/../y' }, { from: 5, kind: undefined, text: '行包 房' })).toBe('/api/a/x%2F..%2Fy/b?from=5&text=%E8%A1%8C%E5%8C%85+%E6%88%BF');
  });

  it('sends what the endpoint declares and gives back the checked answer', async () => {
    let seen = '';
    answer = (request, response) => {
      seen = `${request.method ?? ''} ${request.url ?? ''}`;
      json(response, 200, { facts: [], more: false, extra: 1 });
    };
    expect(await call(listFacts, { query: { before: 7 } })).toEqual({ facts: [], more: false });
    expect(seen).toBe('GET /api/ledger/facts?before=7');
    answer = (request, response, body) => {
      seen = `${request.method ?? ''} ${request.url ?? ''} ${body}`;
      response.writeHead(204).end();
    };
    const personId = 'per_00000000000000000000000001';
    await call(changePerson, { params: { personId }, body: { active: false } });
    expect(seen).toBe(`PATCH /api/identity/people/${personId} {"active":false}`);
    await call(closePlayback, { params: { playbackId: 'pbk_00000000000000000000000001' } });
    expect(seen).toBe('DELETE /api/video/playbacks/pbk_00000000000000000000000001 ');
  });

  it('throws a refusal with both sentences, its field faults and the wait asked for, and tells who listens', async () => {
    const heard: string[] = [];
    const stop = onRefusal((error) => heard.push(error.refusal.code));
    answer = (_, response) => json(response, 429, refusal, { 'retry-after': '12' });
    const error = await call(signIn, { body: { account: 'li', password: 'x' } }).catch((thrown: unknown) => thrown);
    stop();
    expect(error).toBeInstanceOf(RefusalError);
    expect((error as RefusalError).refusal).toEqual(refusal);
    expect((error as RefusalError).retryAfterSeconds).toBe(12);
    expect((error as RefusalError).away).toBe(false);
    expect(heard).toEqual(['identity.too_many']);
  });

  it('says that the server is away when nothing answers, or only a gateway does', async () => {
    answer = (_, response) => response.destroy();
    expect(await call(listCameras).catch((e: unknown) => (e as RefusalError).away)).toBe(true);
    answer = (_, response) => response.writeHead(502).end('<html>');
    expect(await call(listCameras).catch((e: unknown) => (e as RefusalError).away)).toBe(true);
  });

  it('does not pass on an answer of another shape', async () => {
    answer = (_, response) => json(response, 200, { cameras: 'none' });
    expect(await call(listCameras).catch((e: unknown) => (e as RefusalError).refusal.code)).toBe('client.answer_unreadable');
  });
});
