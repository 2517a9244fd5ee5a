/** Copies of footage, backups of the room, drills. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';

const title = { zh: '备份', en: 'Backup' };
const verb = 'video.backup.see';

export const backupRoutes: readonly FeatureRoute[] = [{ path: '/backup', title, frame: 'office', verb, page: () => import('./pages/backup-page.tsx') }];
export const backupNav: readonly NavEntry[] = [{ path: '/backup', title, verb, order: 54, group: 'manage' }];
