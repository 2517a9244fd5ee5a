/** The frame of every page behind the sign-in: where am I, what time is it, who am I, where can I go. */
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { signOut } from '../../../contract/identity.ts';
import { AlarmStrip } from '../features/notifications/parts/alarm-strip.tsx';
import { OneKeyButton } from '../features/notifications/parts/one-key.tsx';
import { KeyHint } from '../ui/marks.tsx';
import { useLanguage } from '../ui/say.ts';
import { clockSecondsText, dayText } from '../ui/time-format.ts';
import { call } from './client.ts';
import { useServerNow } from './live.tsx';
import { Navigation } from './navigation-bar.tsx';
import { ServerAwayBar } from './server-away.tsx';
import { useSession, useSessionState } from './session.tsx';

export const Shell = ({ frame, children }: { frame: 'console' | 'office'; children: ReactNode }) => {
  const { t } = useTranslation('app');
  const session = useSession();
  return (
    <div className={`shell shell-${frame}`}>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <header className="head">
        <Link to={'/'} className="brand">
          {t('brand')}
        </Link>
        <span className="place">
          {session.site.name} · {session.room.name}
        </span>
        <RoomClock />
        <Navigation />
        <OneKeyButton />
        <PersonMenu />
      </header>
      {session.demonstration && (
        <aside className="demonstration" aria-label={t('demonstrationName')}>
          {t('demonstration')}
        </aside>
      )}
      <ServerAwayBar />
      <AlarmStrip />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
};

/** The server's time in the site's zone: the room has one clock, whatever the browser's machine says. */
const RoomClock = () => {
  const now = useServerNow();
  const { site } = useSession();
  const language = useLanguage();
  return (
    <time className="room-clock" dateTime={new Date(now).toISOString()}>
      <strong>{clockSecondsText(now, site.timeZone)}</strong>
      <span>{dayText(now, site.timeZone, language)}</span>
    </time>
  );
};

const PersonMenu = () => {
  const { t } = useTranslation('app');
  const session = useSession();
  const { leave } = useSessionState();
  const details = useRef<HTMLDetailsElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    if (details.current !== null) details.current.open = false;
  }, [pathname]);
  const end = async (): Promise<void> => {
    // Signed out on the server or not reachable: either way this window lets go of the person.
    await call(signOut).catch(() => undefined);
    leave();
  };
  return (
    <details
      className="person"
      ref={details}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && details.current !== null) details.current.open = false;
      }}
    >
      <summary>
        <span className="initial" aria-hidden="true">
          {session.person.name.slice(0, 1)}
        </span>
        <span className="person-name">{session.person.name}</span>
      </summary>
      <div className="person-sheet">
        <p>
          <strong>{session.person.name}</strong> {session.person.staffNumber}
        </p>
        <p className="dim">{[...new Set(session.person.roles.map(({ role }) => t(`role.${role}`)))].join(' · ')}</p>
        <Link to={'/account'}>{t('account')}</Link>
        <button type="button" onClick={() => void end()}>
          {t('signOut')}
        </button>
        <KeyHint keyName="F9">{t('key.help')}</KeyHint>
      </div>
    </details>
  );
};
