/** Rights of one person, each with its approver, reason and end. Nobody grants to themselves; one administrator is always left. */
import type { z } from 'zod';
import type { grantRole as grantRoleEndpoint } from '../../../../../contract/identity-people.ts';
import { actorOf, type Caller } from '../caller.ts';
import type { IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import type { IdentityGate } from '../gate.ts';
import { endGrantRow, grantsOf, insertGrant } from '../grant-store.ts';
import { tellNotice } from '../notices.ts';
import { countActiveAdministrators, findPerson, lockAdministrators } from '../people-store.ts';
import { identityRefusals } from '../refusals.ts';
import { roleTitles, scopeOf } from '../roles.ts';
import { requireRolesFit } from './add-person.ts';

const requireOther = async (gate: IdentityGate, caller: Caller, personId: string, what: string): Promise<void> => {
  if (personId === caller.personId) throw await gate.deny(caller, what, identityRefusals('own_roles').sentence);
};

export const grantRole = async (context: IdentityContext, gate: IdentityGate, caller: Caller, personId: string, form: z.output<(typeof grantRoleEndpoint)['body']>): Promise<void> => {
  const { database, clock, ledger } = context;
  await requireOther(gate, caller, personId, 'POST /api/identity/people/:personId/grants');
  await database.transaction(async (tx) => {
    await lockAdministrators(tx);
    const now = clock.now();
    const person = await findPerson(tx, personId, now);
    if (person === null) throw identityRefusals('person_unknown');
    const { role, until, reason } = form;
    if (until !== null && until <= now) throw identityRefusals('end_passed', {}, { fields: [{ path: 'until', ...identityRefusals('end_passed').sentence }] });
    const scopeId = scopeOf(role, caller);
    const held = (await grantsOf(tx, personId, now)).filter((grant) => grant.holds);
    if (held.some((grant) => grant.role === role && grant.scopeId === scopeId)) throw identityRefusals('role_held', {}, { fields: [{ path: 'role', ...identityRefusals('role_held').sentence }] });
    requireRolesFit([...held.map((grant) => grant.role), role]);
    await insertGrant(tx, { personId, role, scopeId, until, reason }, caller.personId, now);
    const { siteId, roomId } = caller;
    const body = { name: person.name, role, title: roleTitles[role], until, reason };
    await ledger.append(tx, { event: events.roleGranted, siteId, roomId, actor: actorOf(caller), subject: personId, body, at: now });
    await tellNotice(database, tx, { op: 'rights', personId });
  });
};

export const endGrant = async (context: IdentityContext, gate: IdentityGate, caller: Caller, personId: string, grantId: number): Promise<void> => {
  const { database, clock, ledger } = context;
  await requireOther(gate, caller, personId, 'DELETE /api/identity/people/:personId/grants/:grantId');
  await database.transaction(async (tx) => {
    await lockAdministrators(tx);
    const now = clock.now();
    const person = await findPerson(tx, personId, now);
    if (person === null) throw identityRefusals('person_unknown');
    const role = await endGrantRow(tx, personId, grantId, caller.personId, now);
    if (role === null) throw identityRefusals('grant_unknown');
    if ((await countActiveAdministrators(tx, now)) === 0) throw identityRefusals('last_administrator');
    const { siteId, roomId } = caller;
    await ledger.append(tx, { event: events.roleEnded, siteId, roomId, actor: actorOf(caller), subject: personId, body: { name: person.name, role, title: roleTitles[role] }, at: now });
    await tellNotice(database, tx, { op: 'rights', personId });
  });
};
