/**
 * Walks every route with nobody, with a made-up token, with every role and with an ended session. What must hold: the status fits the
 * declared access, a refusal names who may in both languages, changes nothing, and the denial of somebody signed in is a fact.
 * Inputs are left empty, so that whoever is let in is stopped by the schema before anything is done.
 */
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import type { Role } from '../../../../../contract/identity.ts';
import { parseFact } from '../../../../../formats/fact/index.ts';
import type { Access, Route } from '../../../platform/http/route.ts';
import { statusOf } from '../../../platform/http/refusals.ts';
import type { Caller } from '../caller.ts';
import { collectVerbs, may, type Verb, type VerbTable } from '../policy.ts';
import { roleTitles } from '../roles.ts';
import { identityVerbs } from '../verbs.ts';

export interface WalkOptions {
  http: FastifyInstance;
  /** Host name of the origin rule. */
  host?: string;
  routes: readonly Route<Caller>[];
  /** Tables of the modules beside identity's own. */
  verbs: readonly VerbTable[];
  /** Cookie header of one signed-in person of each role. Their sessions are ended by the walk. */
  cookies: ReadonlyMap<Role, string>;
  /** Superuser's URL, to see every table. */
  adminUrl: string;
}

export interface WalkReport {
  routes: number;
  requests: number;
  denials: number;
  /** Each a sentence; empty when all promises hold. */
  faults: string[];
}

/** A look at all tables costs as much as a dozen requests: one is taken before and after the refusals of some routes. */
export const routesPerLook = 12;
const unauthenticated = statusOf.unauthenticated;
const forbidden = statusOf.forbidden;

const signOutRoute = 'DELETE /api/identity/session';
const nameOf = (route: Route<Caller>): string => `${route.endpoint.method} ${route.endpoint.path}`;
/** An id of no shape: refused by the schema, after the gate. */
const urlOf = (route: Route<Caller>): string => route.endpoint.path.replace(/:\w+/g, 'x');
/** Signing out is walked last: it is the one act that needs no input and ends the walk's own session. */
const inOrder = (routes: readonly Route<Caller>[]): Route<Caller>[] => {
  const ends = (route: Route<Caller>): number => (nameOf(route) === signOutRoute ? 1 : 0);
  return [...routes].sort((a, b) => ends(a) - ends(b));
};

class Walk {
  readonly #options: WalkOptions;
  readonly #client: pg.Client;
  readonly faults: string[] = [];
  requests = 0;

  constructor(options: WalkOptions, client: pg.Client) {
    this.#options = options;
    this.#client = client;
  }

  async ask(route: Route<Caller>, cookie: string | null): Promise<{ status: number; body: string }> {
    this.requests += 1;
    const { method } = route.endpoint;
    const headers = { host: this.#options.host ?? 'localhost', ...(cookie === null ? {} : { cookie }) };
    const answer = await this.#options.http.inject({ method, url: urlOf(route), headers, ...(method === 'GET' ? {} : { payload: {} }) });
    return { status: answer.statusCode, body: answer.body };
  }

  fault(route: Route<Caller>, who: string, said: string): void {
    this.faults.push(`${nameOf(route)} as ${who}: ${said}`);
  }

  /** One digest of all rows that say how things stand; the ledger and the counting of denials are what a denial may write. */
  async state(): Promise<string> {
    const tables = await this.#client.query<{ name: string }>(`
      select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema', 'ledger', 'platform')
        and not (table_schema = 'identity' and table_name = 'repeated_acts') order by 1`);
    // When a session was last seen is noted each minute, whatever is answered: a walk may take longer.
    const rowOf = (name: string): string => (name === 'identity.sessions' ? "(to_jsonb(t) - 'seen_at')::text" : 't::text');
    const each = tables.rows.map(({ name }) => `select '${name} ' || count(*) || ' ' || coalesce(md5(string_agg(${rowOf(name)}, '|' order by ${rowOf(name)})), '') as state from ${name} t`);
    const { rows } = await this.#client.query<{ state: string }>(each.join(' union all '));
    return rows.map((row) => row.state).sort().join('\n');
  }

  /** "person what" of every recorded denial. */
  async denials(): Promise<Map<string, number>> {
    const { rows } = await this.#client.query<{ canonical: Buffer }>(`select canonical from ledger.facts where kind = 'identity.denied' order by seq`);
    const counted = new Map<string, number>();
    for (const row of rows) {
      const fact = parseFact(row.canonical.toString('utf8'));
      const key = `${fact.actor.id} ${String((fact.body as { what?: unknown }).what)}`;
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
    return counted;
  }
}

const isLetIn = (status: number): boolean => status !== unauthenticated && status !== forbidden && status < 500;

const answerFor = (verbs: ReadonlyMap<string, Verb>, role: Role, access: Access): ReturnType<typeof may> => {
  if (access.kind !== 'verb') return true;
  const verb = verbs.get(access.verb);
  if (verb === undefined) throw new Error(`verb ${access.verb} is not declared`);
  return may([role], verb);
};

const walkWithoutSession = async (walk: Walk, route: Route<Caller>): Promise<void> => {
  for (const [who, cookie] of [['nobody', null], ['a made-up token', `vigil_session=${'A'.repeat(43)}`]] as const) {
    const { status } = await walk.ask(route, cookie);
    if (route.access.kind === 'open' ? !isLetIn(status) : status !== unauthenticated) walk.fault(route, who, `answered ${status}`);
  }
};

const walkAs = async (walk: Walk, verbs: ReadonlyMap<string, Verb>, route: Route<Caller>, role: Role, cookie: string): Promise<boolean> => {
  const wanted = answerFor(verbs, role, route.access);
  const { status, body } = await walk.ask(route, cookie);
  if (wanted === true) {
    if (!isLetIn(status)) walk.fault(route, role, `should be let in, answered ${status} ${body.slice(0, 200)}`);
    return false;
  }
  const said = status === forbidden ? (JSON.parse(body) as { code?: string; zh?: string; en?: string }) : {};
  if (said.code !== 'identity.forbidden' || said.zh !== wanted.zh || said.en !== wanted.en) walk.fault(route, role, `should be refused with its reason, answered ${status} ${body.slice(0, 200)}`);
  const verb = route.access.kind === 'verb' ? verbs.get(route.access.verb) : undefined;
  if (verb !== undefined && !verb.roles.some((one) => wanted.zh.includes(roleTitles[one].zh)) && verb.footage !== true) walk.fault(route, role, 'the reason does not say who may');
  return true;
};

const personOf = async (options: WalkOptions, cookie: string): Promise<string> => {
  const answer = await options.http.inject({ method: 'GET', url: '/api/identity/session', headers: { host: options.host ?? 'localhost', cookie } });
  return answer.json<{ person: { personId: string } }>().person.personId;
};

const walkAll = async (walk: Walk, options: WalkOptions): Promise<number> => {
  const verbs = collectVerbs([identityVerbs, ...options.verbs]);
  const people = new Map<Role, string>();
  for (const [role, cookie] of options.cookies) people.set(role, await personOf(options, cookie));
  const earlier = await walk.denials();
  const expected = new Map<string, number>();
  const ordered = inOrder(options.routes);
  for (let from = 0; from < ordered.length; from += routesPerLook) {
    const some = ordered.slice(from, from + routesPerLook);
    for (const route of some) await walkWithoutSession(walk, route);
    const before = await walk.state();
    const letIn: [Route<Caller>, Role, string][] = [];
    for (const route of some) {
      for (const [role, cookie] of options.cookies) {
        if (answerFor(verbs, role, route.access) === true) letIn.push([route, role, cookie]);
        else if (await walkAs(walk, verbs, route, role, cookie)) {
          const key = `${people.get(role) ?? ''} ${nameOf(route)}`;
          expected.set(key, (expected.get(key) ?? 0) + 1);
        }
      }
    }
    if ((await walk.state()) !== before) walk.faults.push(`a refusal changed the state: one of ${some.map(nameOf).join(', ')}`);
    for (const [route, role, cookie] of letIn) await walkAs(walk, verbs, route, role, cookie);
  }
  const recorded = await walk.denials();
  for (const key of new Set([...expected.keys(), ...recorded.keys()])) {
    const found = (recorded.get(key) ?? 0) - (earlier.get(key) ?? 0);
    if (found !== (expected.get(key) ?? 0)) walk.faults.push(`denial "${key}": met ${expected.get(key) ?? 0}, recorded ${found}`);
  }
  return expected.size;
};

const walkEnded = async (walk: Walk, options: WalkOptions): Promise<void> => {
  // The walk has signed them out only if the room's sign-out is among the routes.
  if (!options.routes.some((route) => nameOf(route) === signOutRoute)) return;
  for (const [role, cookie] of [...options.cookies].slice(0, 1)) {
    for (const route of options.routes) {
      if (route.access.kind === 'open') continue;
      const { status } = await walk.ask(route, cookie);
      if (status !== unauthenticated) walk.fault(route, `${role} after signing out`, `answered ${status}`);
    }
  }
};

export const walkRoutes = async (options: WalkOptions): Promise<WalkReport> => {
  const client = new pg.Client({ connectionString: options.adminUrl });
  await client.connect();
  try {
    const walk = new Walk(options, client);
    const denials = await walkAll(walk, options);
    await walkEnded(walk, options);
    return { routes: options.routes.length, requests: walk.requests, denials, faults: walk.faults };
  } finally {
    await client.end();
  }
};
