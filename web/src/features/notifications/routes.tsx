/** Alarms and notices: the list that everybody on duty works from, one's own notices, who must know, and by which channels. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';
import { notificationVerbs } from './verbs.ts';

const title = { zh: '报警', en: 'Alarms' };

export const notificationsRoutes: readonly FeatureRoute[] = [
  { path: '/alarms', title, frame: 'console', verb: notificationVerbs.see, page: () => import('./pages/alarms-page.tsx') },
  { path: '/alarms/history', title: { zh: '报警记录', en: 'Record of alarms' }, frame: 'office', verb: notificationVerbs.history, page: () => import('./pages/history-page.tsx') },
  { path: '/alarms/matrix', title: { zh: '通知矩阵', en: 'Matrix of notices' }, frame: 'office', verb: notificationVerbs.matrix, page: () => import('./pages/matrix-page.tsx') },
  { path: '/alarms/channels', title: { zh: '通知渠道', en: 'Channels' }, frame: 'office', verb: notificationVerbs.channels, page: () => import('./pages/channels-page.tsx') },
  { path: '/notices', title: { zh: '我的通知', en: 'My notices' }, frame: 'office', verb: null, page: () => import('./pages/notices-page.tsx') },
];
export const notificationsNav: readonly NavEntry[] = [{ path: '/alarms', title, verb: notificationVerbs.see, order: 12 }];
