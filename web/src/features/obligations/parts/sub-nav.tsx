/** The pages of inspections, side by side. A page that this person may not use is left out here; the address says why not. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../app/session.tsx';
import '../obligations.css';

const pages = [
  ['/obligations', 'now'],
  ['/obligations/month', 'month'],
  ['/obligations/history', 'history'],
  ['/obligations/findings', 'findings'],
  ['/obligations/register', 'register'],
] as const;

export const SubNav = () => {
  const { t } = useTranslation('obligations');
  const canRead = useCan('obligations.register.read');
  return (
    <nav className="sub-nav no-print" aria-label={t('tabs.label')}>
      {pages
        .filter(([, name]) => name !== 'register' || canRead === true)
        .map(([path, name]) => (
          <Link key={path} to={path} activeOptions={{ exact: true, includeSearch: false }}>
            {t(`tabs.${name}`)}
          </Link>
        ))}
    </nav>
  );
};
