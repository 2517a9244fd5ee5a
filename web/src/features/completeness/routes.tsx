/** Completeness of recording: the month, the statement of a day, stops. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';

const title = { zh: '录像完整率', en: 'Completeness' };
const verb = 'video.stop.see';

export const completenessRoutes: readonly FeatureRoute[] = [
  { path: '/completeness', title, frame: 'office', verb, page: () => import('./pages/month-page.tsx') },
  { path: '/completeness/stops', title: { zh: '停录', en: 'Stops' }, frame: 'office', verb, page: () => import('./pages/stops-page.tsx') },
  { path: '/completeness/$cameraId/$day', title: { zh: '完整率声明', en: 'Statement of completeness' }, frame: 'office', verb, page: () => import('./pages/day-page.tsx') },
];
export const completenessNav: readonly NavEntry[] = [{ path: '/completeness', title, verb, order: 53, group: 'manage' }];
