/** What a role is called here: the site's own title where it has one, else that of the regulations. */
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../../../contract/identity.ts';
import { useSessionState } from '../../../app/session.tsx';
import { useLanguage } from '../../../ui/say.ts';

export const useRoleTitle = (): ((role: Role) => string) => {
  const { t } = useTranslation('app');
  const { session } = useSessionState();
  const language = useLanguage();
  return (role) => {
    const own = session?.titles.find((title) => title.role === role);
    return own === undefined ? t(`role.${role}`) : language === 'en' ? own.en : own.zh;
  };
};
