/** Pages of identity: before the sign-in, people, one's own account. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';

export const identityRoutes: readonly FeatureRoute[] = [
  { path: '/sign-in', title: { zh: '登录', en: 'Sign in' }, frame: 'bare', verb: null, page: () => import('./pages/sign-in-page.tsx') },
];
export const identityNav: readonly NavEntry[] = [];
