/** Pages for the people who look after the cameras. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';

const title = { zh: '摄像机', en: 'Cameras' };

export const camerasRoutes: readonly FeatureRoute[] = [
  { path: '/cameras', title, frame: 'office', verb: 'video.cameras.see', page: () => import('./pages/list-page.tsx') },
  { path: '/cameras/add', title: { zh: '添加摄像机', en: 'Add a camera' }, frame: 'office', verb: 'video.cameras.manage', page: () => import('./pages/add-page.tsx') },
  { path: '/cameras/change', title: { zh: '修改摄像机', en: 'Change a camera' }, frame: 'office', verb: 'video.cameras.manage', page: () => import('./pages/change-page.tsx') },
];
export const camerasNav: readonly NavEntry[] = [{ path: '/cameras', title, verb: 'video.cameras.see', order: 50, group: 'manage' }];
