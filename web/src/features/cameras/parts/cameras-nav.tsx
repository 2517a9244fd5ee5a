/** The pages of cameras, for who may open them. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../app/session.tsx';

const pages = [
  ['list', '/cameras', 'see'], ['register', '/cameras/register', 'see'], ['plan', '/cameras/plan', 'knows'], ['recorders', '/cameras/recorders', 'see'], ['search', '/cameras/search', 'manages'], ['import', '/cameras/import', 'manages'],
] as const;

export const CamerasNav = () => {
  const { t } = useTranslation('cameras');
  const may = { see: true, knows: useCan('video.positions.see') === true, manages: useCan('video.cameras.manage') === true };
  return (
    <nav className="cameras-nav no-print" aria-label={t('register.nav.label')}>
      {pages.filter(([, , needs]) => may[needs]).map(([name, path]) => (
        <Link key={path} to={path} activeOptions={{ exact: true, includeSearch: false }}>
          {t(`register.nav.${name}`)}
        </Link>
      ))}
    </nav>
  );
};
