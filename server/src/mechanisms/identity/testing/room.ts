/** A room with real tables, a real ledger and a clock that tests move; no role of it is faked. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { Role } from '../../../../../contract/identity.ts';
import { parseFact, type Fact } from '../../../../../formats/fact/index.ts';
import { createLog } from '../../../base/log.ts';
import { ManualClock } from '../../../base/manual-clock.ts';
import { newId } from '../../../base/ids.ts';
import { createDiskBlobs } from '../../../platform/blobs/disk-blobs.ts';
import { createMetrics } from '../../../platform/http/metrics.ts';
import { createHttp } from '../../../platform/http/server.ts';
import type { Route } from '../../../platform/http/route.ts';
import { openDatabase, type Database } from '../../../platform/postgres/db.ts';
import { freshDatabase } from '../../../platform/postgres/testing/database.ts';
import { createSealer } from '../../../platform/secrets/sealer.ts';
import { createLedger, passingKey, type Ledger } from '../../ledger/index.ts';
import { withoutRegulation } from '../access-rules.ts';
import type { IdentityContext } from '../context.ts';
import { passkeyPlaceOf } from '../passkeys/passkey-site.ts';
import { createIdentity, type Caller, type DemonstrationPerson, type Identity, type IdentityOptions } from '../index.ts';

export const testOrigin = { origin: 'http://localhost:8480', hosts: ['localhost'] };
export const testStart = Date.parse('2026-11-22T08:00:00Z');
export const testLog = createLog({ name: 'test', level: 'silent' });

export interface TestRoom {
  clock: ManualClock;
  database: Database;
  identity: Identity;
  ledger: Ledger;
  appUrl: string;
  adminUrl: string;
  /** What identity's own parts are given beside these. */
  slots: Pick<IdentityContext, 'sealer' | 'passkeys' | 'rules' | 'onAlarm' | 'onAlarmCleared' | 'blobs' | 'rotationDue'>;
  /** Facts of the ledger in order, as they stand there. */
  facts(kind?: string): Promise<Fact[]>;
  count(table: string): Promise<number>;
  /** A second server on the same database, with pool, ears and hashing of its own. */
  another(options?: Partial<IdentityOptions>): Identity;
  close(): Promise<void>;
}

export const openTestRoom = async (options: Partial<IdentityOptions> = {}): Promise<TestRoom> => {
  const fresh = await freshDatabase();
  const clock = new ManualClock(testStart);
  const ledger = createLedger({ clock, key: passingKey() });
  const keys = mkdtempSync(join(tmpdir(), 'vigil-keys-'));
  const sealer = createSealer(join(keys, 'people.key'));
  const blobs = createDiskBlobs(join(keys, 'files'), () => newId('tmp', clock));
  const opened: Database[] = [];
  const serve = (more: Partial<IdentityOptions>): [Database, Identity] => {
    const database = openDatabase(fresh.appUrl, { log: testLog });
    opened.push(database);
    return [database, createIdentity({ database, clock, log: testLog, ledger, verbs: [], onSetUp: async () => undefined, sealer, blobs, origin: testOrigin.origin, ...options, ...more })];
  };
  const [database, identity] = serve({});
  return {
    clock,
    database,
    identity,
    ledger,
    slots: { sealer, passkeys: passkeyPlaceOf(testOrigin.origin), rules: async () => withoutRegulation, onAlarm: async () => undefined, onAlarmCleared: async () => undefined, blobs, rotationDue: async () => undefined },
    appUrl: fresh.appUrl,
    adminUrl: fresh.adminUrl,
    facts: async (kind) => {
      const { rows } = await sql<{ canonical: Buffer }>`select canonical from ledger.facts order by site_id, seq`.execute(database.db);
      return rows.map((row) => parseFact(row.canonical.toString('utf8'))).filter((fact) => kind === undefined || fact.kind === kind);
    },
    count: async (table) => {
      const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(database.db);
      return rows[0]?.count ?? 0;
    },
    another: (more = {}) => serve(more)[1],
    close: async () => {
      await Promise.all(opened.map((one) => one.close()));
      await fresh.drop();
      rmSync(keys, { recursive: true, force: true });
    },
  };
};

export const openTestHttp = (room: Pick<TestRoom, 'clock' | 'identity'>, routes: readonly Route<Caller>[] = room.identity.routes): Promise<FastifyInstance> => {
  room.identity.assertVerbsDeclared(routes);
  return createHttp({ clock: room.clock, log: testLog, metrics: createMetrics(), routes, gate: room.identity.gate, origin: testOrigin, tls: null, webFolder: null });
};

/** The session cookie of a sign-in over HTTP; throws with the answer when it was refused. */
export const signInOver = async (http: FastifyInstance, account: string, password: string): Promise<string> => {
  const answer = await http.inject({ method: 'POST', url: '/api/identity/sessions', headers: { host: 'localhost' }, payload: { account, password } });
  const cookie = answer.cookies.find(({ name }) => name === 'vigil_session');
  if (answer.statusCode !== 200 || cookie === undefined) throw new Error(`sign-in of ${account}: ${answer.statusCode} ${answer.body}`);
  return `vigil_session=${cookie.value}`;
};

/** The first sign-in of somebody whose password was set by an administrator: changes it, as the room demands, and answers the cookie. */
export const enterFirst = async (http: FastifyInstance, account: string, initial: string, own: string): Promise<string> => {
  const cookie = await signInOver(http, account, initial);
  const changed = await http.inject({ method: 'POST', url: '/api/identity/password', headers: { host: 'localhost', cookie }, payload: { current: initial, next: own } });
  if (changed.statusCode !== 200) throw new Error(`first password of ${account}: ${changed.statusCode} ${changed.body}`);
  return cookie;
};

/** Signs in one person of each role of the demonstration. */
export const signInEveryRole = async (http: FastifyInstance, people: readonly DemonstrationPerson[]): Promise<ReadonlyMap<Role, string>> => {
  const cookies = new Map<Role, string>();
  for (const role of Role.options) {
    const person = people.find((one) => one.role === role);
    if (person === undefined) throw new Error(`the demonstration has no ${role}`);
    cookies.set(role, await signInOver(http, person.account, person.password));
  }
  return cookies;
};
