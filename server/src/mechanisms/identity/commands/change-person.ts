/** A system administrator changes a person: name, roles, active, a new password. Nobody changes their own rights, and one administrator is always left. */
import type { z } from 'zod';
import type { changePerson as changePersonEndpoint, Person, Role } from '../../../../../contract/identity.ts';
import type { Instant } from '../../../base/clock.ts';
import type { Sentence } from '../../../base/refusal.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { actorOf, type Caller } from '../caller.ts';
import type { IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import type { IdentityGate } from '../gate.ts';
import { tellNotice } from '../notices.ts';
import { activate, countActiveAdministrators, deactivate, endRole, findPerson, grantRole, insertDetails, lockAdministrators, setPassword } from '../people-store.ts';
import { postHeldBy } from '../post-store.ts';
import { identityRefusals } from '../refusals.ts';
import { scopeOf, titlesOf } from '../roles.ts';
import { openSessionsOf } from '../session-store.ts';
import { aboutPerson } from './about-person.ts';
import { requireRolesFit } from './add-person.ts';
import { requireStrong } from './check-password.ts';
import { endSessions } from './end-sessions.ts';

export type ChangePersonForm = z.output<(typeof changePersonEndpoint)['body']>;

export interface PersonChange {
  details: { name: string; staffNumber: string } | null;
  granted: { role: Role; scopeId: string }[];
  ended: { role: Role; scopeId: string }[];
  active: boolean | null;
}

/** What a form really changes; a form sends unchanged fields too. Pure. */
export const changeOf = (person: Person, form: ChangePersonForm, place: { siteId: string; roomId: string }): PersonChange => {
  const name = form.name ?? person.name;
  const staffNumber = form.staffNumber ?? person.staffNumber;
  const wanted = form.roles === undefined ? null : [...new Set(form.roles)].map((role) => ({ role, scopeId: scopeOf(role, place) }));
  const has = (list: readonly { role: Role; scopeId: string }[], one: { role: Role; scopeId: string }): boolean =>
    list.some((other) => other.role === one.role && other.scopeId === one.scopeId);
  return {
    details: name === person.name && staffNumber === person.staffNumber ? null : { name, staffNumber },
    granted: wanted === null ? [] : wanted.filter((grant) => !has(person.roles, grant)),
    ended: wanted === null ? [] : person.roles.filter((grant) => !has(wanted, grant)),
    active: form.active === undefined || form.active === person.active ? null : form.active,
  };
};

const changesRights = (change: PersonChange): boolean => change.granted.length > 0 || change.ended.length > 0 || change.active !== null;

const write = async (tx: Tx, person: Person, change: PersonChange, by: string, now: Instant): Promise<void> => {
  const { personId } = person;
  if (change.details !== null) await insertDetails(tx, personId, change.details, by, now);
  for (const { role, scopeId } of change.ended) await endRole(tx, personId, role, scopeId, by, now);
  for (const { role, scopeId } of change.granted) await grantRole(tx, personId, role, scopeId, by, now);
  if (change.active === false) await deactivate(tx, personId, by, now);
  if (change.active === true) await activate(tx, personId, by, now);
  if (changesRights(change) && (await countActiveAdministrators(tx, now)) === 0) throw identityRefusals('last_administrator');
};

const rolesOf = (person: Person): Role[] => person.roles.map(({ role }) => role);
const wordsOf = (person: Person): Sentence => {
  const titles = titlesOf(rolesOf(person));
  return person.active ? titles : { zh: `${titles.zh}，停用`, en: `${titles.en}, deactivated` };
};

const record = async (context: IdentityContext, tx: Tx, caller: Caller, before: Person, changed: boolean, hasPassword: boolean): Promise<void> => {
  const now = context.clock.now();
  const { siteId, roomId } = caller;
  const after = (await findPerson(tx, before.personId, now)) ?? before;
  const about = { siteId, roomId, actor: actorOf(caller), subject: before.personId, at: now };
  const { name, staffNumber, active } = after;
  if (changed) {
    const body = { name, staffNumber, roles: rolesOf(after), rolesBefore: rolesOf(before), active, activeBefore: before.active, now: wordsOf(after), before: wordsOf(before) };
    await context.ledger.append(tx, { ...about, event: events.personChanged, body });
  }
  if (hasPassword) await context.ledger.append(tx, { ...about, event: events.passwordChanged, body: { name, own: false } });
};

const requireOthersRights = async (gate: IdentityGate, caller: Caller, person: Person, change: PersonChange, form: ChangePersonForm): Promise<void> => {
  if (person.personId !== caller.personId) return;
  const what = 'PATCH /api/identity/people/:personId';
  if (changesRights(change)) throw await gate.deny(caller, what, identityRefusals('own_roles').sentence);
  if (form.password !== undefined) throw await gate.deny(caller, what, identityRefusals('own_password_elsewhere').sentence);
};

export const changePerson = async (context: IdentityContext, gate: IdentityGate, caller: Caller, personId: string, form: ChangePersonForm): Promise<void> => {
  const { database, clock, hasher } = context;
  const known = await findPerson(database.db, personId, clock.now());
  if (known === null) throw identityRefusals('person_unknown');
  await requireOthersRights(gate, caller, known, changeOf(known, form, caller), form);
  if (form.roles !== undefined) requireRolesFit(form.roles);
  const about = await aboutPerson(context, database.db, { account: known.account, name: form.name ?? known.name });
  if (form.password !== undefined) await requireStrong(form.password, about, 'password');
  const phc = form.password === undefined ? null : await hasher.hash(form.password);
  await database.transaction(async (tx) => {
    await lockAdministrators(tx);
    const now = clock.now();
    const person = (await findPerson(tx, personId, now)) ?? known;
    const change = changeOf(person, form, caller);
    await write(tx, person, change, caller.personId, now);
    if (phc !== null) await setPassword(tx, personId, phc, caller.personId, now, 'set_by_other');
    await record(context, tx, caller, person, change.details !== null || changesRights(change), phc !== null);
    // Whoever is on post works on with the old session: the change waits for relief, and the leader is told.
    const mayEnd = change.active === false || (await postHeldBy(tx, personId, now)) === null;
    if ((change.active === false || phc !== null) && mayEnd) {
      const sessions = (await openSessionsOf(tx, personId)).map((sessionId) => ({ sessionId, personId }));
      await endSessions(context, tx, sessions, change.active === false ? 'deactivated' : 'password_changed', actorOf(caller));
    }
    if (changesRights(change)) await tellNotice(database, tx, { op: 'rights', personId });
  });
};
