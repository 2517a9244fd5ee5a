/** A system administrator makes an account. */
import type { z } from 'zod';
import type { addPerson as addPersonEndpoint } from '../../../../../contract/identity.ts';
import { actorOf, type Caller } from '../caller.ts';
import type { IdentityContext } from '../context.ts';
import { identityRefusals } from '../refusals.ts';
import { rolesConflict } from '../roles.ts';
import { aboutPerson } from './about-person.ts';
import { requireStrong } from './check-password.ts';
import { makePerson } from './make-person.ts';

export type AddPersonForm = z.output<(typeof addPersonEndpoint)['body']>;

export const requireRolesFit = (roles: AddPersonForm['roles']): void => {
  if (!rolesConflict(roles)) return;
  const conflict = identityRefusals('roles_conflict');
  throw identityRefusals('roles_conflict', {}, { fields: [{ path: 'roles', ...conflict.sentence }] });
};

export const addPerson = async (context: IdentityContext, caller: Caller, form: AddPersonForm): Promise<{ personId: string }> => {
  requireRolesFit(form.roles);
  await requireStrong(form.password, await aboutPerson(context, context.database.db, form), 'password');
  const phc = await context.hasher.hash(form.password);
  const { siteId, roomId } = caller;
  const personId = await context.database.transaction((tx) =>
    makePerson(context, tx, { siteId, roomId }, { ...form, phc, accountPath: 'account', changeNeeded: 'first' }, actorOf(caller)),
  );
  return { personId };
};
