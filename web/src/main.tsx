/** Entry of the browser side. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import './ui/base.css';
import './app/shell.css';
import { firstLanguage, startI18n } from './app/i18n.ts';
import { createQueryClient } from './app/queries.ts';
import { router } from './app/router.tsx';
import { SessionProvider } from './app/session.tsx';
import { installTokens } from './ui/theme.tsx';

/** After an upgrade an open window asks for parts that are gone: it is loaded anew, but not in a circle when the part is really missing. */
addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('vigil.reloadedAt') ?? 0);
  if (Date.now() - last < 60_000) return;
  sessionStorage.setItem('vigil.reloadedAt', String(Date.now()));
  event.preventDefault();
  location.reload();
});

installTokens();
await startI18n(firstLanguage());
// The fonts' style sheet is large (one rule a subset): the page does not wait for it.
void import('./ui/fonts.ts');

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <SessionProvider>
        <RouterProvider router={router} />
      </SessionProvider>
    </QueryClientProvider>
  </StrictMode>,
);
