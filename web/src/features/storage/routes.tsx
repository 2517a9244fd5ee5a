/** Storages of footage: folders, forecast, how long each camera is kept, verification, deletions; and the report of a span. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';

const title = { zh: '存储', en: 'Storage' };

export const storageRoutes: readonly FeatureRoute[] = [
  { path: '/storage', title, frame: 'office', verb: 'video.storages.see', page: () => import('./pages/storage-page.tsx') },
  { path: '/storage/report', title: { zh: '保存与核验报告', en: 'Retention and verification' }, frame: 'office', verb: 'video.storages.see', page: () => import('./pages/report-page.tsx') },
];
export const storageNav: readonly NavEntry[] = [{ path: '/storage', title, verb: 'video.storages.see', order: 51, group: 'manage' }];
