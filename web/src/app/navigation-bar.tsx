/** Where one can go: what is used every hour in the bar itself, the rest in two groups. A closed door stays in its place and says why. */
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSay } from '../ui/say.ts';
import type { NavEntry } from './feature.ts';
import { navEntries } from './navigation.ts';
import { canDo, useSession } from './session.tsx';

const groups = ['manage', 'records'] as const;

export const Navigation = () => {
  const { t } = useTranslation('app');
  const [open, setOpen] = useState(false);
  return (
    <nav
      className={open ? 'nav nav-open' : 'nav'}
      aria-label={t('navigation')}
      onClick={(event) => {
        // Who went somewhere has no more use for the open list.
        if (event.target instanceof Element && event.target.closest('a') !== null) setOpen(false);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false);
      }}
    >
      <button type="button" className="nav-button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('menu')}
      </button>
      <ul className="nav-list">
        {navEntries
          .filter(({ group }) => group === undefined)
          .map((entry) => (
            <NavItem key={entry.path} entry={entry} />
          ))}
        {groups.map((group) => (
          <NavGroup key={group} title={t(`navGroup.${group}`)} entries={navEntries.filter((entry) => entry.group === group)} />
        ))}
      </ul>
    </nav>
  );
};

const NavItem = ({ entry }: { entry: NavEntry }) => {
  const say = useSay();
  const can = canDo(useSession(), entry.verb);
  const { pathname } = useLocation();
  if (can !== true)
    return (
      <li>
        <span className="nav-off" tabIndex={0} title={say(can)} aria-disabled="true" role="link">
          {say(entry.title)}
          <span className="only-read why-not">{say(can)}</span>
        </span>
      </li>
    );
  return (
    <li>
      <Link to={entry.path} aria-current={pathname === entry.path ? 'page' : undefined}>
        {say(entry.title)}
        {entry.badge !== undefined && <entry.badge />}
      </Link>
    </li>
  );
};

/** A group opens on a click and closes when one went somewhere, pressed Escape or looks elsewhere. */
const NavGroup = ({ title, entries }: { title: string; entries: readonly NavEntry[] }) => {
  const { pathname } = useLocation();
  const details = useRef<HTMLDetailsElement>(null);
  const close = (): void => {
    if (details.current !== null) details.current.open = false;
  };
  useEffect(close, [pathname]);
  if (entries.length === 0) return null;
  const here = entries.some(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
  return (
    <li>
      <details
        className="nav-group"
        ref={details}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
        }}
        onBlur={(event) => {
          if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget)) close();
        }}
      >
        <summary className={here ? 'nav-here' : undefined}>{title}</summary>
        <ul>
          {entries.map((entry) => (
            <NavItem key={entry.path} entry={entry} />
          ))}
        </ul>
      </details>
    </li>
  );
};
