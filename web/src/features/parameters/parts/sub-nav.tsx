/** The pages of rules and parameters. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

const pages = [
  ['rules', '/parameters'], ['clauses', '/parameters/clauses'], ['packs', '/parameters/packs'], ['adopt', '/parameters/adopt'], ['conflicts', '/parameters/conflicts'], ['house', '/parameters/house-rules'], ['profile', '/parameters/profile'],
] as const;

export const SubNav = () => {
  const { t } = useTranslation('parameters');
  return (
    <nav className="rules-nav no-print" aria-label={t('tabs.label')}>
      {pages.map(([name, path]) => (
        <Link key={path} to={path} activeOptions={{ exact: true, includeSearch: false }}>
          {t(`tabs.${name}`)}
        </Link>
      ))}
    </nav>
  );
};
