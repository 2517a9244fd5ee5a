/** Roles as people say them. */
import type { Role } from '../../../../contract/identity.ts';
import type { Sentence } from '../../base/refusal.ts';
import { questions as people } from '../identity/index.ts';

export const anyOfRoles = (roles: readonly Role[]): Sentence => {
  const titles = roles.map((role) => people.roleTitle(role));
  return { zh: titles.map(({ zh }) => zh).join('、'), en: titles.map(({ en }) => en).join(' or ') };
};
