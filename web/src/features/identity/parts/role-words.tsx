/** The roles that a person holds, each once, in words. */
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../../../contract/identity.ts';

export const RoleWords = ({ roles }: { roles: readonly Role[] }) => {
  const { t } = useTranslation('app');
  return <>{[...new Set(roles)].map((role) => t(`role.${role}`)).join(' · ')}</>;
};
