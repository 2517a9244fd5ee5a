/** Inspections and tasks: what is due, the form, the month, what was found, the register. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';

const title = { zh: '巡检与任务', en: 'Inspections' };
const see = 'obligations.see';

export const obligationsRoutes: readonly FeatureRoute[] = [
  { path: '/obligations', title, frame: 'office', verb: see, page: () => import('./pages/now-page.tsx') },
  { path: '/obligations/one', title: { zh: '检查表', en: 'Form' }, frame: 'office', verb: see, page: () => import('./pages/one-page.tsx') },
  { path: '/obligations/month', title: { zh: '任务月历', en: 'Month of tasks' }, frame: 'office', verb: see, page: () => import('./pages/month-page.tsx') },
  { path: '/obligations/history', title: { zh: '检查历史', en: 'History of tasks' }, frame: 'office', verb: see, page: () => import('./pages/history-page.tsx') },
  { path: '/obligations/findings', title: { zh: '问题与处理', en: 'Findings' }, frame: 'office', verb: see, page: () => import('./pages/findings-page.tsx') },
  { path: '/obligations/register', title: { zh: '巡检记录台账', en: 'Inspection register' }, frame: 'office', verb: 'obligations.register.read', page: () => import('./pages/register-page.tsx') },
];
export const obligationsNav: readonly NavEntry[] = [{ path: '/obligations', title, verb: see, order: 40 }];
