/** One new person with password and roles, and its fact. */
import type { Language, Role } from '../../../../../contract/identity.ts';
import type { Instant } from '../../../base/clock.ts';
import { newId, type PersonId } from '../../../base/ids.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import type { IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import type { Actor } from '../../ledger/index.ts';
import { insertGrant } from '../grant-store.ts';
import { insertPerson, setPassword } from '../people-store.ts';
import { identityRefusals } from '../refusals.ts';
import { scopeOf, titlesOf } from '../roles.ts';

export interface PersonToMake {
  account: string;
  name: string;
  staffNumber: string;
  language: Language;
  phc: string;
  roles: readonly Role[];
  /** Path of the account in the form, for the refusal. */
  accountPath: string;
  /** The first password is somebody else's: it must be changed before anything else. */
  changeNeeded?: 'first';
  /** The roles end by themselves then; null or absent: open. */
  until?: Instant | null;
}

export const makePerson = async (
  context: Pick<IdentityContext, 'clock' | 'ledger'>,
  tx: Tx,
  place: { siteId: string; roomId: string },
  person: PersonToMake,
  actor: Actor,
): Promise<PersonId> => {
  const now = context.clock.now();
  const personId = newId('per', context.clock);
  const { account, name, staffNumber } = person;
  if (!(await insertPerson(tx, { ...person, personId }, actor.id, now))) {
    const taken = identityRefusals('account_taken', { account });
    throw identityRefusals('account_taken', { account }, { fields: [{ path: person.accountPath, ...taken.sentence }] });
  }
  const roles = [...new Set(person.roles)];
  const until = person.until ?? null;
  for (const role of roles) await insertGrant(tx, { personId, role, scopeId: scopeOf(role, place), until, reason: '' }, actor.id, now);
  await setPassword(tx, personId, person.phc, actor.id, now, person.changeNeeded ?? null);
  await context.ledger.append(tx, { event: events.personAdded, ...place, actor, subject: personId, body: { account, name, staffNumber, roles, titles: titlesOf(roles) }, at: now });
  return personId;
};
