/** Duty: who is on post, the log of the shift, and the register on paper. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';
import { dutyVerbs } from './verbs.ts';

const title = { zh: '值班', en: 'Duty' };

export const dutyRoutes: readonly FeatureRoute[] = [
  { path: '/duty', title, frame: 'console', verb: dutyVerbs.see, page: () => import('./pages/duty-page.tsx') },
  { path: '/duty/register', title: { zh: '值班日志登记', en: 'Register of duty' }, frame: 'office', verb: dutyVerbs.register, page: () => import('./pages/register-page.tsx') },
];
export const dutyNav: readonly NavEntry[] = [{ path: '/duty', title, verb: dutyVerbs.see, order: 14 }];
