/** The gate before every route and stream: who is this, may they; every refusal of somebody signed in is a fact. */
import type { Refusal, Sentence } from '../../base/refusal.ts';
import { minuteMs } from '../../base/units.ts';
import type { Gate } from '../../platform/http/gate.ts';
import type { Access, Route } from '../../platform/http/route.ts';
import type { AccessRules } from './access-rules.ts';
import type { Caller } from './caller.ts';
import { endSessions } from './commands/end-sessions.ts';
import { serverActor } from '../ledger/index.ts';
import { rulesNow, type IdentityContext } from './context.ts';
import { signOnNeeded } from './controls.ts';
import { canOf, mayNow, type Verb } from './policy.ts';
import { identityRefusals, sessionEnded } from './refusals.ts';
import { reachable, restrictionOf, restrictionRefusal } from './restriction.ts';
import { requireStepUp } from './step-up-age.ts';
import { recordRepeated } from './repeated-acts.ts';
import { hashOfToken } from './session-token.ts';
import { findSession, touchSession, type Session } from './session-store.ts';

const touchEveryMs = minuteMs;

const verbOf = (verbs: ReadonlyMap<string, Verb>, name: string): Verb => {
  const verb = verbs.get(name);
  if (verb === undefined) throw new Error(`verb ${name} is not declared`);
  return verb;
};

/** At start: a route whose verb nobody declared would be a door without a lock or without a key. */
export const assertVerbsDeclared = (routes: readonly { access: Access; endpoint: Route<never>['endpoint'] }[], verbs: ReadonlyMap<string, Verb>): void => {
  for (const { access, endpoint } of routes) {
    if (access.kind === 'verb' && !verbs.has(access.verb)) throw new Error(`${endpoint.method} ${endpoint.path} wants the verb ${access.verb}, which is not declared`);
  }
};

export const callerOf = (session: Session, context: Pick<IdentityContext, 'verbs' | 'clock'>, rules: AccessRules): Caller => {
  const { verbs, clock } = context;
  const circumstances = { roles: session.roles, post: session.post, operateNeedsPost: rules.operateNeedsPost };
  const restriction = restrictionOf({ ...session, onPost: session.post !== null }, rules, clock.now());
  // What stands in the way of everything is also the reason that each button shows.
  const held = restriction === null ? null : restrictionRefusal(restriction).sentence;
  return {
    personId: session.personId,
    sessionId: session.sessionId,
    name: session.name,
    staffNumber: session.staffNumber,
    account: session.account,
    language: session.language,
    roles: session.roles,
    siteId: session.siteId,
    roomId: session.roomId,
    post: session.post,
    signedInAt: session.createdAt,
    stepUpAt: session.stepUpAt,
    restriction,
    can: (verb) => held ?? mayNow(circumstances, verbOf(verbs, verb)),
    canAll: () => {
      const all = canOf(circumstances, verbs);
      return held === null ? all : Object.fromEntries(Object.keys(all).map((verb) => [verb, held]));
    },
  };
};

/** Who holds a post, and a duty operator in any case, is never cut off by a clock. */
const isOnPost = (session: Session): boolean => session.post !== null || session.roles.includes('duty_operator');

const openSession = async (context: IdentityContext, token: string | undefined): Promise<Session> => {
  const now = context.clock.now();
  const session = token === undefined ? null : await findSession(context.database.db, hashOfToken(token), now);
  signOnNeeded.refuse(() => (session === null ? identityRefusals('not_signed_in') : null));
  if (session === null) throw new Error('nobody is signed in');
  if (session.endedReason !== null) throw sessionEnded(session.endedReason);
  if (!session.active) throw sessionEnded('deactivated');
  const restMs = now - session.seenAt;
  if (restMs >= context.idleMs && !isOnPost(session)) {
    await context.database.transaction((tx) => endSessions(context, tx, [session], 'idle', serverActor));
    throw sessionEnded('idle');
  }
  // A clock that was set back also writes, else the session would look seen in the future.
  if (Math.abs(restMs) >= touchEveryMs) await touchSession(context.database.db, session.sessionId, now);
  return session;
};

export interface IdentityGate extends Gate<Caller> {
  /** Records a denial that depends on the thing asked for and answers what to throw: `throw await gate.deny(caller, what, reason)`. */
  deny(caller: Caller, what: string, reason: Sentence, verb?: string): Promise<Refusal>;
}

export const createGate = (context: IdentityContext): IdentityGate => {
  const deny: IdentityGate['deny'] = async (caller, what, reason, verb) => {
    const { siteId, roomId, personId, sessionId, post, name } = caller;
    await recordRepeated(context, { kind: 'denied', siteId, roomId, personId, sessionId, post, name, what, verb: verb ?? null });
    return identityRefusals('forbidden', { ...reason });
  };
  const requireUnrestricted = async (caller: Caller, what: string): Promise<void> => {
    if (caller.restriction === null || reachable(what, caller.restriction)) return;
    const refusal = restrictionRefusal(caller.restriction);
    await deny(caller, what, refusal.sentence);
    throw refusal;
  };
  return {
    admit: async (knock, access) => {
      if (access.kind === 'open') return null;
      const session = await openSession(context, knock.token);
      const caller = callerOf(session, context, await rulesNow(context, context.database.db, session));
      await requireUnrestricted(caller, knock.what);
      if (access.kind === 'signed_in') return caller;
      const answer = caller.can(access.verb);
      if (answer !== true) throw await deny(caller, knock.what, answer, access.verb);
      if (verbOf(context.verbs, access.verb).stepUp === true) requireStepUp(caller, context.clock.now());
      return caller;
    },
    deny,
  };
};
