/** Puts identity together. wire.ts gives it the verbs of all modules and what else happens at a set-up. */
import type { Language } from '../../../../contract/identity.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { hourMs, minuteMs } from '../../base/units.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Database } from '../../platform/postgres/db.ts';
import { sweepAttempts } from './attempt-store.ts';
import { endSessions } from './commands/end-sessions.ts';
import { makeDemonstration, type DemonstrationPerson } from './commands/make-demonstration.ts';
import { renewSetUpCode } from './commands/set-up.ts';
import type { Caller } from './caller.ts';
import type { IdentityContext } from './context.ts';
import { assertVerbsDeclared, createGate, type IdentityGate } from './gate.ts';
import { serverActor, type Ledger } from '../ledger/index.ts';
import { createNotices, type EndedSession } from './notices.ts';
import { createHasher } from './passwords/hasher.ts';
import { collectVerbs, type VerbTable } from './policy.ts';
import { flushRepeated } from './repeated-acts.ts';
import { identityRoutes } from './routes.ts';
import { idleSessions, touchSession } from './session-store.ts';
import { identityVerbs } from './verbs.ts';

export interface IdentityOptions {
  database: Database;
  clock: Clock;
  log: Log;
  ledger: Pick<Ledger, 'append'>;
  /** Tables of `declareVerbs` of the other modules. */
  verbs: readonly VerbTable[];
  onSetUp: IdentityContext['onSetUp'];
  /** Rest after which a session without post ends; default 12 h. */
  idleMs?: number;
  /** Offer the demonstration on the set-up page; default true. */
  demonstrationPossible?: boolean;
}

export interface Identity {
  routes: Route<Caller>[];
  gate: IdentityGate;
  /** Throws at start when a route wants a verb that nobody declared. */
  assertVerbsDeclared(routes: readonly Route<Caller>[]): void;
  onEnded(listener: (session: EndedSession) => void): () => void;
  onRightsChanged(listener: (personId: string) => void): () => void;
  /** An open stream is activity too. */
  stillHere(sessionId: string): Promise<void>;
  /** A fresh one-time code to print, "1234 5678"; null once the machine has been set up. */
  renewSetUpCode(): Promise<string | null>;
  /** The demonstration room, at once and without code: for a start with VIGIL_DEMO. Refused when there is a room. */
  makeDemonstration(language: Language): Promise<DemonstrationPerson[]>;
  /** Idle sessions, counted acts, old throttle rows. `start` calls it each minute. */
  sweep(): Promise<void>;
  /** Hears other servers and sweeps; answers what ends it. */
  start(): Promise<() => Promise<void>>;
}

const idleHours = 12;

const sweep = async (context: IdentityContext): Promise<void> => {
  const { clock, database } = context;
  await flushRepeated(context);
  await database.transaction(async (tx) => {
    const now = clock.now();
    await sweepAttempts(tx, now);
    await endSessions(context, tx, await idleSessions(tx, now - context.idleMs, now), 'idle', serverActor);
  });
};

export const createIdentity = (options: IdentityOptions): Identity => {
  const { database, clock, log, ledger, onSetUp, idleMs = idleHours * hourMs, demonstrationPossible = true } = options;
  const verbs = collectVerbs([identityVerbs, ...options.verbs]);
  const context: IdentityContext = { database, clock, log, ledger, hasher: createHasher(), verbs, onSetUp, idleMs, demonstrationPossible };
  const gate = createGate(context);
  const notices = createNotices(database, clock);
  return {
    routes: identityRoutes(context, gate),
    gate,
    assertVerbsDeclared: (routes) => assertVerbsDeclared(routes, verbs),
    onEnded: notices.onEnded,
    onRightsChanged: notices.onRightsChanged,
    stillHere: (sessionId) => touchSession(database.db, sessionId, clock.now()),
    renewSetUpCode: () => renewSetUpCode(context),
    makeDemonstration: (language) => makeDemonstration(context, null, language),
    sweep: () => sweep(context),
    start: async () => {
      const silent = await notices.listen();
      const timer: Timer = clock.every(minuteMs, () => {
        sweep(context).catch((error: unknown) => log.warn('identity could not sweep', { error }));
      });
      return async () => {
        timer.cancel();
        await silent();
      };
    },
  };
};
