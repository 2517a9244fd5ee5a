import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { endpoint } from '../../../../contract/endpoint.ts';
import { Role } from '../../../../contract/identity.ts';
import { declareVerbs, guarded, identityVerbs, open, type DemonstrationPerson, type VerbTable } from './index.ts';
import { openTestHttp, openTestRoom, signInEveryRole, type TestRoom } from './testing/room.ts';
import { routesPerLook, walkRoutes, type WalkOptions } from './testing/route-walk.ts';

const picture = endpoint({ method: 'GET', path: '/api/probe/picture', summary: { zh: '画面', en: 'picture' }, response: z.object({ seen: z.boolean() }) });
const probeVerbs = declareVerbs('probe', { 'probe.picture': { zh: '看画面', en: 'see the picture', roles: ['duty_operator', 'shift_leader'], footage: true } });
const pictureRoute = guarded(picture, 'probe.picture', async () => ({ seen: true }));

let room: TestRoom;
let http: FastifyInstance;
let people: DemonstrationPerson[];
beforeAll(async () => {
  room = await openTestRoom({ verbs: [probeVerbs] });
  http = await openTestHttp(room, [...room.identity.routes, pictureRoute]);
  people = await room.identity.makeDemonstration('zh-CN');
});
afterAll(async () => {
  await http.close();
  await room.close();
});

const walkWith = async (change: Partial<WalkOptions>) =>
  walkRoutes({ http, routes: [...room.identity.routes, pictureRoute], verbs: [probeVerbs], cookies: await signInEveryRole(http, people), adminUrl: room.adminUrl, ...change });

describe('every route with every role and without session', () => {
  test('answers as its access says, a refusal changes nothing and is recorded', async () => {
    const report = await walkWith({});
    expect(report.faults).toEqual([]);
    expect(report.routes).toBe(room.identity.routes.length + 1);
    const verbs: VerbTable = { ...identityVerbs, ...probeVerbs };
    const shutOut = [...room.identity.routes, pictureRoute].map(({ access }) => (access.kind === 'verb' ? Role.options.length - verbs[access.verb]!.roles.length : 0));
    expect(report.denials).toBe(shutOut.reduce((sum, count) => sum + count, 0));
    expect(report.denials).toBeGreaterThan(200);
    expect(report.requests).toBeGreaterThan(13 * (Role.options.length + 2));
    expect((await room.facts('identity.denied')).every((fact) => fact.body['times'] === 1)).toBe(true);
  });

  test('the walk finds a route that lets in whom its verb shuts out', async () => {
    const loose = await openTestHttp(room, [...room.identity.routes.filter((route) => route.endpoint.path !== '/api/identity/people'), open(picture, async () => ({ seen: true }))]);
    room.clock.advance(120_000);
    const report = await walkWith({ http: loose, routes: [pictureRoute], cookies: await signInEveryRole(loose, people) });
    for (const role of ['monitor', 'system_administrator', 'inspector']) expect(report.faults.some((fault) => fault.startsWith(`GET /api/probe/picture as ${role}: should be refused`))).toBe(true);
    expect(report.faults).toContain('GET /api/probe/picture as nobody: answered 200');
    expect(report.faults.filter((fault) => fault.includes('met 1, recorded 0'))).toHaveLength(13);
    await loose.close();
  });

  test('the walk finds a refusal that changes something', async () => {
    const gate: typeof room.identity.gate = {
      ...room.identity.gate,
      admit: async (knock, access) => {
        if (access.kind === 'verb') await room.database.transaction((tx) => tx.$extendTables<{ 'identity.sign_in_attempts': { key: string; failures: number; last_at: Date; free_at: Date } }>().insertInto('identity.sign_in_attempts').values({ key: `${Math.random()}`, failures: 0, last_at: new Date(0), free_at: new Date(0) }).execute());
        return room.identity.gate.admit(knock, access);
      },
    };
    const leaky = await openTestHttp({ clock: room.clock, identity: { ...room.identity, gate } });
    const routes = room.identity.routes.filter((route) => route.access.kind === 'verb');
    const report = await walkWith({ http: leaky, routes });
    // Each look found it, and between them they name every route.
    expect(report.faults).toHaveLength(Math.ceil(routes.length / routesPerLook));
    for (const { endpoint } of routes) expect(report.faults.some((fault) => fault.startsWith('a refusal changed the state') && fault.includes(`${endpoint.method} ${endpoint.path}`))).toBe(true);
    await leaky.close();
  });

  test('a route with an undeclared verb stops the start', () => {
    expect(() => room.identity.assertVerbsDeclared([guarded(picture, 'probe.unknown', async () => ({ seen: true }))])).toThrow('probe.unknown');
  });
});
