/** Obligations in a room with real tables, a real ledger, real people and a clock that tests move. The rules in force are the test's own. */
import type { FastifyInstance } from 'fastify';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Endpoint } from '../../../../../contract/endpoint.ts';
import type { Role } from '../../../../../contract/identity.ts';
import type { Answers, FormField, ObligationView } from '../../../../../contract/obligations.ts';
import { oneObligation } from '../../../../../contract/obligations.ts';
import { newId } from '../../../base/ids.ts';
import { createDiskBlobs } from '../../../platform/blobs/disk-blobs.ts';
import { questions as people } from '../../identity/index.ts';
import { openTestHttp, openTestRoom, signInEveryRole, testLog, type TestRoom } from '../../identity/testing/room.ts';
import type { FindingNotice, ObligationNotice } from '../context.ts';
import { createObligations, obligationVerbs, type ObligationRules, type Obligations, type ObligationsOptions } from '../index.ts';

/** What is adopted and laid down; tests change it. */
export interface TestRules {
  adopted: (clause: string) => boolean;
  numbers: Record<string, number>;
  flags: Record<string, boolean>;
  texts: Record<string, string>;
  lists: Record<string, readonly string[]>;
}

export interface ObligationsRoom extends TestRoom {
  obligations: Obligations;
  rules: TestRules;
  told: ObligationNotice[];
  toldFindings: FindingNotice[];
  waivers: { obligationId: string; approvalId: string }[];
  http: FastifyInstance;
  place: { siteId: string; roomId: string };
  ask(role: Role, endpoint: Endpoint, input?: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown }): Promise<{ status: number; body: Record<string, unknown>; text: string }>;
  /** Signs everybody in anew: what they do next is freshly proved. */
  proveAll(): Promise<void>;
  /** A request that must succeed, its answer checked. */
  get<E extends Endpoint>(role: Role, endpoint: E, input?: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown }): Promise<z.output<E['response']>>;
  view(role: Role, obligationId: string): Promise<ObligationView>;
  /** Moves the clock to an instant of Beijing, e.g. 2026-11-23T08:00, and lets the sweeper come by. */
  goTo(local: string): Promise<void>;
  /** A second server on the same tables. */
  restart(): Obligations;
}

export const beijing = (local: string): number => Date.parse(`${local.length === 16 ? `${local}:00` : local}+08:00`);

/** Smallest JPEG there is need for. */
export const jpeg = (mark = 'a'): string => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(`picture ${mark}`.padEnd(32, '.')), Buffer.from([0xff, 0xd9])]).toString('base64');

export const openObligationsRoom = async (options: { start?: string; catalogue?: ObligationsOptions['catalogue'] } = {}): Promise<ObligationsRoom> => {
  // Nobody is signed out by the weeks that tests let pass.
  const room = await openTestRoom({ verbs: [obligationVerbs], idleMs: 4_000 * 86_400_000 });
  room.clock.step(beijing(options.start ?? '2026-11-18T08:00') - room.clock.now());
  const cast = await room.identity.makeDemonstration('zh-CN');
  const found = await people.place(room.database.db);
  if (found === null) throw new Error('the demonstration has no place');
  const place = { siteId: found.site.siteId, roomId: found.room.roomId };
  const folder = mkdtempSync(join(tmpdir(), 'vigil-obligations-'));
  const rules: TestRules = { // Without the check of each shift, which would stand between all the others.
    adopted: (clause) => clause.startsWith('BRN-') && clause !== 'BRN-A1.2.3', numbers: { inspection_period_days: 30, inspection_return_hours: 24, password_max_age_days: 90, plan_ahead_days: 40, inspection_grace_percent: 50, unscheduled_check_limit_minutes: 120, finding_limit_hours: 72, department_inspection_period_days: 90, security_inspection_period_days: 30 }, flags: { drinking_allowed: true, eating_allowed: false }, texts: { holiday_rule: 'as_written' }, lists: { shift_windows: ['08:00-20:00', '20:00-08:00'] } };
  const asked: ObligationRules = {
    number: (name) => rules.numbers[name] ?? Number.NaN, flag: (name) => rules.flags[name] ?? false, text: (name) => rules.texts[name] ?? '', list: () => rules.lists['shift_windows'] ?? [],
    cite: (clause) => (rules.adopted(clause) ? `${clause.slice(0, 3).toLowerCase()}@1#${clause}` : null),
  };
  const told: ObligationNotice[] = [];
  const toldFindings: FindingNotice[] = [];
  const waivers: { obligationId: string; approvalId: string }[] = [];
  const make = (): Obligations =>
    createObligations({
      database: room.database, ledger: room.ledger, clock: room.clock, log: testLog, blobs: createDiskBlobs(folder, () => newId('tmp', room.clock)),
      places: async () => [{ ...place, siteName: found.site.name, roomName: found.room.name, timeZone: found.site.timeZone }],
      rules: async () => asked,
      tell: async (_tx, notice) => void told.push(notice),
      tellFinding: async (_tx, notice) => void toldFindings.push(notice),
      peopleWith: (db, at, roles, now) => people.peopleWithRoles(db, at, roles, now),
      askWaiver: async (_tx, { body }) => {
        const approvalId = newId('apr', room.clock);
        waivers.push({ obligationId: body.obligationId, approvalId });
        return approvalId;
      },
      deny: (caller, what, reason) => room.identity.gate.deny(caller, what, reason),
      ledgerHead: async () => null,
      ...(options.catalogue === undefined ? {} : { catalogue: options.catalogue }),
    });
  const obligations = make();
  const http = await openTestHttp(room, [...room.identity.routes, ...obligations.routes]);
  let cookies = await signInEveryRole(http, cast);
  const ask: ObligationsRoom['ask'] = async (role, endpoint, input = {}) => {
    const path = Object.entries(input.params ?? {}).reduce((text, [name, value]) => text.replace(`:${name}`, value), endpoint.path);
    const query = new URLSearchParams(input.query ?? {}).toString();
    const answer = await http.inject({ method: endpoint.method, url: query === '' ? path : `${path}?${query}`, headers: { host: 'localhost', cookie: cookies.get(role) ?? '' }, ...(input.body === undefined ? {} : { payload: input.body as object }) });
    const isJson = (answer.headers['content-type'] ?? '').startsWith('application/json');
    return { status: answer.statusCode, body: isJson ? answer.json<Record<string, unknown>>() : {}, text: answer.body };
  };
  const get: ObligationsRoom['get'] = async (role, endpoint, input) => {
    const answer = await ask(role, endpoint, input);
    if (answer.status !== 200) throw new Error(`${endpoint.method} ${endpoint.path} as ${role}: ${answer.status} ${answer.text}`);
    return endpoint.response.parse(answer.body) as never; // parse answers this endpoint's own output
  };
  return {
    ...room, obligations, rules, told, toldFindings, waivers, http, place, ask, get,
    proveAll: async () => {
      cookies = await signInEveryRole(http, cast);
    },
    view: (role, obligationId) => get(role, oneObligation, { params: { obligationId } }),
    goTo: async (local) => {
      room.clock.advance(beijing(local) - room.clock.now());
      await obligations.sweep();
    },
    restart: make,
    close: async () => {
      await http.close();
      await room.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Everything in order; photos are those given. */
export const goodAnswers = (fields: readonly FormField[], photos: Readonly<Record<string, string>> = {}): z.input<typeof Answers> =>
  Object.fromEntries(
    fields.map((field) => {
      const value = field.type === 'check' ? true : field.type === 'reading' ? (field.min ?? field.max ?? 1) : field.type === 'choice' ? (field.options?.find(({ finding }) => finding !== true)?.value ?? '') : field.type === 'text' ? '无异常' : null;
      const photo = photos[field.key];
      return [field.key, { value, note: '', photos: photo === undefined ? [] : [photo] }];
    }),
  );
