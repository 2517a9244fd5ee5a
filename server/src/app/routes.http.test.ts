/** Every route of the whole room with every role and with nobody: status, no side effect, a recorded denial; and the interface's own description. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller } from '../mechanisms/identity/index.ts';
import { signInEveryRole } from '../mechanisms/identity/testing/room.ts';
import { walkRoutes } from '../mechanisms/identity/testing/route-walk.ts';
import type { Route } from '../platform/http/route.ts';
import { openWholeRoom, type WholeRoom } from './testing/whole-room.ts';
import { moduleVerbs } from './wire.ts';

let house: WholeRoom;
let routes: readonly Route<Caller>[];
beforeAll(async () => {
  house = await openWholeRoom();
  ({ routes } = house.room);
});
afterAll(() => house.close());

test('[SEC-4.4 ACCOUNT] every route lets in exactly whom it declares, refuses the others with a reason and without effect, and records it', async () => {
  const cookies = await signInEveryRole(house.app, house.people);
  const report = await walkRoutes({ http: house.app, host: '127.0.0.1', routes, verbs: moduleVerbs, cookies, adminUrl: house.adminUrl });
  expect(report.faults).toEqual([]);
  expect(report.routes).toBeGreaterThan(25);
  expect(report.denials).toBeGreaterThan(100);
});

test('without sign-in only the doors are open: sign-in, set-up, liveness, certificate', () => {
  const open = routes.filter((route) => route.access.kind === 'open').map((route) => `${route.endpoint.method} ${route.endpoint.path}`);
  expect(open.toSorted()).toEqual([
    'GET /api/identity/room-state',
    'GET /api/system/alive',
    'GET /api/system/authority.crt',
    'POST /api/identity/password-strength',
    'POST /api/identity/sessions',
    'POST /api/identity/sessions/passkey',
    'POST /api/identity/sessions/passkey-options',
    'POST /api/identity/set-up',
    'POST /api/identity/set-up/demonstration',
  ]);
});

test('the interface describes itself as OpenAPI 3.1, every route with who may', async () => {
  const answer = await house.app.inject({ method: 'GET', url: '/api/openapi.json', headers: { host: '127.0.0.1' } });
  const document = answer.json<{ openapi: string; paths: Record<string, Record<string, { 'x-vigil-access': string }>> }>();
  expect(document.openapi).toBe('3.1.0');
  const described = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  expect(described).toHaveLength(routes.length);
  expect(described.every((operation) => operation['x-vigil-access'] !== '')).toBe(true);
});

test('a page of another site cannot act in the name of who is signed in, nor can a foreign host name', async () => {
  const cookie = await house.signIn('system_administrator');
  const foreign = await house.app.inject({ method: 'DELETE', url: '/api/identity/session', headers: { host: '127.0.0.1', cookie, origin: 'https://evil.example' } });
  expect(foreign.statusCode).toBe(403);
  const rebound = await house.app.inject({ method: 'GET', url: '/api/identity/session', headers: { host: 'evil.example', cookie } });
  expect(rebound.statusCode).toBe(403);
  expect((await house.app.inject({ method: 'GET', url: '/api/identity/session', headers: { host: '127.0.0.1', cookie } })).statusCode).toBe(200);
});
