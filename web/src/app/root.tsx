/** Around every page: theme and language of the person, live socket, frame. */
import { lazy, Suspense, useEffect } from 'react';
import { Outlet, useLocation } from '@tanstack/react-router';
import zhLocale from 'antd/es/locale/zh_CN';
import enLocale from 'antd/es/locale/en_US';
import { useLanguage } from '../ui/say.ts';
import { ThemeProvider } from '../ui/theme.tsx';
import { BrokenPageBoundary } from './broken-page.tsx';
import { switchLanguage } from './i18n.ts';
import { LiveProvider } from './live.tsx';
import { routes } from './navigation.ts';
import { useSessionState } from './session.tsx';
import { Shell } from './shell.tsx';

const StepUpDialog = lazy(() => import('../features/identity/parts/step-up-dialog.tsx'));

export const Root = () => {
  const { pathname } = useLocation();
  const { session } = useSessionState();
  const language = useLanguage();
  const personLanguage = session?.person.language;
  useEffect(() => {
    if (personLanguage !== undefined) void switchLanguage(personLanguage);
  }, [personLanguage]);
  const frame = routes.find((route) => route.path === pathname)?.frame ?? 'office';
  const page = (
    <BrokenPageBoundary page={pathname}>
      <Outlet />
    </BrokenPageBoundary>
  );
  return (
    <ThemeProvider who={session?.person.personId ?? 'nobody'} frame={frame} locale={language === 'en' ? enLocale : zhLocale}>
      <LiveProvider>{session == null || frame === 'bare' ? <main className="bare">{page}</main> : <Shell frame={frame}>{page}</Shell>}</LiveProvider>
      {session != null && (
        <Suspense fallback={null}>
          <StepUpDialog />
        </Suspense>
      )}
    </ThemeProvider>
  );
};
