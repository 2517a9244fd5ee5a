/** The roles that a person holds, each once, in the words of the site. */
import type { Role } from '../../../../../contract/identity.ts';
import { useRoleTitle } from './role-title.ts';

export const RoleWords = ({ roles }: { roles: readonly Role[] }) => {
  const title = useRoleTitle();
  return <>{[...new Set(roles)].map(title).join(' · ')}</>;
};
