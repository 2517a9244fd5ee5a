/** Puts identity together. wire.ts gives it the verbs of all modules and what else happens at a set-up. */
import type { Language } from '../../../../contract/identity.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { hourMs, minuteMs, secondMs } from '../../base/units.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Blobs } from '../../platform/blobs/disk-blobs.ts';
import type { Database } from '../../platform/postgres/db.ts';
import type { Sealer } from '../../platform/secrets/sealer.ts';
import { withoutRegulation, type RulesSlot } from './access-rules.ts';
import { sweepAttempts } from './attempt-store.ts';
import { endSessions } from './commands/end-sessions.ts';
import { makeDemonstration, type DemonstrationPerson } from './commands/make-demonstration.ts';
import { renewSetUpCode } from './commands/set-up.ts';
import type { Caller } from './caller.ts';
import type { IdentityContext } from './context.ts';
import { scanDevices } from './devices/look-at-devices.ts';
import { assertVerbsDeclared, createGate, type IdentityGate } from './gate.ts';
import { serverActor, type Ledger } from '../ledger/index.ts';
import { createNotices, tellNotice, type EndedSession } from './notices.ts';
import { passkeyPlaceOf } from './passkeys/passkey-site.ts';
import { sweepChallenges } from './passkeys/passkey-store.ts';
import { createHasher } from './passwords/hasher.ts';
import { rightsEndedBetween } from './people-store.ts';
import { createPosts, type Posts } from './posts.ts';
import { collectVerbs, type VerbTable } from './policy.ts';
import { flushRepeated } from './repeated-acts.ts';
import { identityRoutes } from './routes.ts';
import { idleSessions, touchSession } from './session-store.ts';
import { createSigning, type SigningSlot } from './signing.ts';
import { identityVerbs } from './verbs.ts';
import { watchOver } from './watch-over.ts';

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
  /** For secrets of code generators and passwords of devices: `createSealer(<data>/keys/people.key)`. */
  sealer: Sealer;
  /** VIGIL_ORIGIN: passkeys belong to its host name. */
  origin: string;
  /** What the adopted regulations say; default: a room without regulation. */
  rules?: RulesSlot;
  onAlarm?: IdentityContext['onAlarm'];
  onAlarmCleared?: IdentityContext['onAlarmCleared'];
  /** Scans of qualifications. */
  blobs: Blobs;
  rotationDue?: IdentityContext['rotationDue'];
  /** Offer the demonstration on the set-up page; default true. */
  demonstrationPossible?: boolean;
}

export interface Identity {
  routes: Route<Caller>[];
  gate: IdentityGate;
  /** For approvals: signing of decisions. */
  signing: SigningSlot;
  /** For duty: taking and leaving posts. */
  posts: Posts;
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
/** A right that ends at its own time must end open streams within ten seconds. */
const endingEveryMs = 5 * secondMs;

/** Told again for a while, so that a server that looked late misses none. */
const tellEndedRights = async (context: IdentityContext): Promise<void> => {
  const now = context.clock.now();
  const ended = await rightsEndedBetween(context.database.db, now - 3 * endingEveryMs, now);
  if (ended.length === 0) return;
  await context.database.transaction(async (tx) => {
    for (const personId of ended) await tellNotice(context.database, tx, { op: 'rights', personId });
  });
};

const sweep = async (context: IdentityContext): Promise<void> => {
  const { clock, database } = context;
  await flushRepeated(context);
  await database.transaction(async (tx) => {
    const now = clock.now();
    await sweepAttempts(tx, now);
    await sweepChallenges(tx, now);
    await watchOver(context, tx);
    await scanDevices(context, tx);
    await endSessions(context, tx, await idleSessions(tx, now - context.idleMs, now), 'idle', serverActor);
  });
};

export const createIdentity = (options: IdentityOptions): Identity => {
  const { database, clock, log, ledger, onSetUp, idleMs = idleHours * hourMs, demonstrationPossible = true } = options;
  const verbs = collectVerbs([identityVerbs, ...options.verbs]);
  const { sealer, rules = async () => withoutRegulation, onAlarm = async () => undefined, onAlarmCleared = async () => undefined, blobs, rotationDue = async () => undefined } = options;
  const passkeys = passkeyPlaceOf(options.origin);
  const context: IdentityContext = { database, clock, log, ledger, hasher: createHasher(), verbs, onSetUp, idleMs, demonstrationPossible, sealer, passkeys, rules, onAlarm, onAlarmCleared, blobs, rotationDue };
  const gate = createGate(context);
  const notices = createNotices(database, clock);
  return {
    routes: identityRoutes(context, gate),
    gate,
    signing: createSigning(context),
    posts: createPosts(context),
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
      const endings = clock.every(endingEveryMs, () => {
        tellEndedRights(context).catch((error: unknown) => log.warn('identity could not look for rights that ended', { error }));
      });
      return async () => {
        timer.cancel();
        endings.cancel();
        await silent();
      };
    },
  };
};
