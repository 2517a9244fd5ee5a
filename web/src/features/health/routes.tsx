/** State of every device and of its picture. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';

const title = { zh: '设备状态', en: 'Devices' };

export const healthRoutes: readonly FeatureRoute[] = [{ path: '/health', title, frame: 'office', verb: 'health.see', page: () => import('./pages/health-page.tsx') }];
export const healthNav: readonly NavEntry[] = [{ path: '/health', title, verb: 'health.see', order: 52, group: 'manage' }];
