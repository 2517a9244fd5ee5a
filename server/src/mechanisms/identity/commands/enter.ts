/** A proved person comes in: one session a browser, one console a person where the rules say so. Who is on post always gets in. */
import type { Person } from '../../../../../contract/identity.ts';
import { newId } from '../../../base/ids.ts';
import { Refusal } from '../../../base/refusal.ts';
import { minuteMs } from '../../../base/units.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { sql } from 'kysely';
import type { AccessRules } from '../access-rules.ts';
import { rememberSource } from '../attempt-store.ts';
import { actorOf } from '../caller.ts';
import { rulesNow, type IdentityContext } from '../context.ts';
import { secondConsole, trainingRecord } from '../controls.ts';
import { events } from '../events.ts';
import { serverActor } from '../../ledger/index.ts';
import { findPlace, type Place } from '../people-store.ts';
import { postHeldBy } from '../post-store.ts';
import { watchRoles } from '../policy.ts';
import { hasValidQualification } from '../qualification-store.ts';
import { identityRefusals } from '../refusals.ts';
import { hashOfToken, newToken } from '../session-token.ts';
import { findSession, insertSession, sessionsOf, type OpenSession } from '../session-store.ts';
import { raiseOnce } from '../standing-alarms.ts';
import type { SignInProof } from '../tables.ts';
import { sourceOf } from '../throttle.ts';
import { endSessions } from './end-sessions.ts';

/** An open window gives a sign of life each minute; one that is silent for longer was closed. */
const consoleSilentMs = 5 * minuteMs;

export interface SignedIn {
  token: string;
  sessionId: string;
}

export interface Entry {
  person: Person;
  proof: SignInProof;
  source: string;
  replaced: string | undefined;
}

type RefusedWhy = 'signed_in_elsewhere' | 'training_needed' | 'method_closed';
const refusedWhys: readonly RefusedWhy[] = ['signed_in_elsewhere', 'training_needed', 'method_closed'];
/** Which of the reasons that are worth a record; null: something else went wrong. */
const whyOf = (refusal: Refusal): RefusedWhy | null => refusedWhys.find((why) => refusal.code === `identity.${why}`) ?? null;

const requireMethod = (rules: AccessRules, proof: SignInProof): void => {
  if (!rules.methods.includes(proof === 'passkey' ? 'passkey' : 'password')) throw identityRefusals('method_closed');
};

const requireTraining = async (tx: Tx, rules: AccessRules, person: Person, now: number): Promise<void> => {
  if (!rules.consoleNeedsTraining || !person.roles.some(({ role }) => watchRoles.includes(role))) return;
  await trainingRecord.refuseLater(async () => ((await hasValidQualification(tx, person.personId, 'console_training', now)) ? null : identityRefusals('training_needed')));
};

interface Arrival extends Entry {
  place: Place;
  rules: AccessRules;
  post: string | null;
  sessionId: string;
  replacedId: string | null;
}

const tellSecondConsole = async (context: IdentityContext, tx: Tx, arrival: Arrival, others: readonly OpenSession[]): Promise<void> => {
  const { person, place, post, sessionId, rules } = arrival;
  const { siteId, roomId } = place.room;
  const { personId, name } = person;
  const words = { name, post: post ?? '' };
  const about = { siteId, roomId, subject: personId };
  const body = { ...words, sessionId, otherSessionIds: others.map((other) => other.sessionId), source: arrival.source, clauses: [...rules.clauses] };
  await context.ledger.append(tx, { ...about, event: events.secondConsole, actor: actorOf({ personId, sessionId, post }), body, at: context.clock.now() });
  await raiseOnce(context, tx, { ...about, kind: 'second_console', body: { ...words, reason: 'second_console' } });
};

/** Whether the new session is a limited one. Off post a second console is refused; a window that was closed is no console. */
const judgeConsoles = async (context: IdentityContext, tx: Tx, arrival: Arrival): Promise<boolean> => {
  const { rules, person, post, replacedId } = arrival;
  if (!rules.oneConsole) return false;
  const now = context.clock.now();
  const others = (await sessionsOf(tx, person.personId)).filter((session) => session.sessionId !== replacedId);
  const alive = others.filter((session) => now - session.seenAt < consoleSilentMs);
  const silent = others.filter((session) => !alive.includes(session)).map(({ sessionId }) => ({ sessionId, personId: person.personId }));
  const latest = alive.reduce((most, session) => Math.max(most, session.seenAt), 0);
  if (post === null) {
    secondConsole.refuse(() => (alive.length === 0 ? null : identityRefusals('signed_in_elsewhere', { minutes: Math.max(1, Math.ceil((now - latest) / minuteMs)) })));
  }
  await endSessions(context, tx, silent, 'signed_in_elsewhere', serverActor);
  if (secondConsole.allows(() => alive.length === 0)) return false;
  await tellSecondConsole(context, tx, arrival, alive);
  return true;
};

const arrive = async (context: IdentityContext, tx: Tx, entry: Entry, place: Place, token: string, sessionId: string): Promise<void> => {
  const { clock, ledger } = context;
  const now = clock.now();
  const { person, proof, source } = entry;
  const { personId, name } = person;
  // Two sign-ins of one person at the same moment must see each other.
  await sql`select pg_advisory_xact_lock(hashtext('identity.enter ' || ${personId}))`.execute(tx);
  const { siteId, roomId } = place.room;
  const rules = await rulesNow(context, tx, { siteId, roomId });
  const post = await postHeldBy(tx, personId, now);
  const held = entry.replaced === undefined ? null : await findSession(tx, hashOfToken(entry.replaced), now);
  const replacedId = held?.sessionId ?? null;
  if (post === null) {
    requireMethod(rules, proof);
    await requireTraining(tx, rules, person, now);
  }
  const limited = await judgeConsoles(context, tx, { ...entry, place, rules, post, sessionId, replacedId });
  await rememberSource(tx, sourceOf(source), personId, now);
  await insertSession(tx, { sessionId, tokenHash: hashOfToken(token), personId, source, proof, limited }, now);
  const actor = actorOf({ personId, sessionId, post });
  await ledger.append(tx, { event: events.signedIn, siteId, roomId, actor, subject: personId, body: { sessionId, name, source, proof, limited }, at: now });
  // The browser keeps one cookie: the session that it held until now could be reached by nobody, and must not stay open.
  if (held !== null) await endSessions(context, tx, [held], 'signed_out', actor);
};

const recordRefused = (context: IdentityContext, entry: Entry, place: Place, why: RefusedWhy, refusal: Refusal): Promise<void> =>
  context.database.transaction(async (tx) => {
    const { siteId, roomId } = place.room;
    const rules = await rulesNow(context, tx, { siteId, roomId });
    const body = { name: entry.person.name, source: entry.source, reason: why, why: refusal.sentence, clauses: [...rules.clauses] };
    await context.ledger.append(tx, { event: events.signInRefused, siteId, roomId, actor: serverActor, subject: entry.person.personId, body, at: context.clock.now() });
  });

export const enter = async (context: IdentityContext, entry: Entry): Promise<SignedIn> => {
  const place = await findPlace(context.database.db);
  if (place === null) throw identityRefusals('not_signed_in');
  const token = newToken();
  const sessionId = newId('ses', context.clock);
  try {
    await context.database.transaction((tx) => arrive(context, tx, entry, place, token, sessionId));
  } catch (error) {
    const why = error instanceof Refusal ? whyOf(error) : null;
    if (error instanceof Refusal && why !== null) await recordRefused(context, entry, place, why, error);
    throw error;
  }
  return { token, sessionId };
};
