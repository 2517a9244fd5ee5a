/** For people who see no pictures: which pages their post opens, so that nobody stands before an empty screen. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSay } from '../../ui/say.ts';
import { navEntries } from '../navigation.ts';
import { canDo, useCan, useSession } from '../session.tsx';

export const YourPages = () => {
  const { t } = useTranslation('app');
  const say = useSay();
  const session = useSession();
  const mayWatch = useCan('video.live.watch');
  const open = navEntries.filter(({ path, verb }) => path !== '/' && canDo(session, verb) === true);
  return (
    <section aria-labelledby="your-pages">
      <h2 id="your-pages">{t('yourPages.title')}</h2>
      <p className="your-post">{[...new Set(session.person.roles.map(({ role }) => t(`role.${role}`)))].join(' · ')}</p>
      {open.length === 0 && <p className="dim">{t('yourPages.none')}</p>}
      <ul className="your-links">
        {[...open.map(({ path, title }) => ({ path, text: say(title) })), { path: '/account' as const, text: t('account') }].map(({ path, text }) => (
          <li key={path}>
            <Link to={path}>{text}</Link>
          </li>
        ))}
      </ul>
      {mayWatch !== true && <p className="dim">{say(mayWatch)}</p>}
    </section>
  );
};
