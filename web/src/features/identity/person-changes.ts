/** What a filled form changes of a person: only what differs. Pure. */
import type { z } from 'zod';
import type { changePerson, Role } from '../../../../contract/identity.ts';

export interface PersonValues {
  name: string;
  staffNumber?: string;
  roles?: Role[];
  password?: string;
}
type Changes = z.input<(typeof changePerson)['body']>;

const same = (a: readonly Role[], b: readonly Role[]): boolean => a.length === b.length && a.every((role) => b.includes(role));

export const personChanges = (person: { name: string; staffNumber: string; roles: readonly Role[] }, values: PersonValues): Changes => {
  const changes: Changes = {};
  if (values.name.trim() !== person.name) changes.name = values.name;
  if ((values.staffNumber ?? '').trim() !== person.staffNumber) changes.staffNumber = values.staffNumber ?? '';
  if (values.roles !== undefined && !same(values.roles, person.roles)) changes.roles = values.roles;
  if (values.password !== undefined && values.password !== '') changes.password = values.password;
  return changes;
};
