/** The pages themselves, as they go over the network. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { createLog } from '../../base/log.ts';
import { createMetrics } from './metrics.ts';
import { createHttp } from './server.ts';

const page = `<!doctype html><title>值守</title>${'<p>x</p>'.repeat(200)}`;
let folder: string;
let app: FastifyInstance;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), page);
  const log = createLog({ name: 'test', level: 'silent' });
  app = await createHttp({ clock: systemClock, log, metrics: createMetrics(), routes: [], gate: { admit: async () => null }, origin: { origin: 'http://localhost', hosts: ['localhost'] }, tls: null, webFolder: folder });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (url: string, accepted?: string) => app.inject({ method: 'GET', url, headers: { host: 'localhost', ...(accepted === undefined ? {} : { 'accept-encoding': accepted }) } });

test.each(['/', '/wall'])('%s comes compressed to whoever takes gzip', async (url) => {
  const answer = await get(url, 'deflate, gzip;q=0.8, br');
  expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', vary: 'accept-encoding' });
  expect(gunzipSync(answer.rawPayload).toString()).toBe(page);
  expect(answer.rawPayload.length).toBeLessThan(page.length);
});

test.each([undefined, 'identity', 'br', 'gzip;q=0'])('and as it is to who says %s', async (accepted) => {
  const answer = await get('/', accepted);
  expect(answer.headers['content-encoding']).toBeUndefined();
  expect(answer.body).toBe(page);
});
