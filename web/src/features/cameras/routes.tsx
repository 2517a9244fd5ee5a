/** Pages for the people who look after the cameras. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';

const title = { zh: '摄像机', en: 'Cameras' };

export const camerasRoutes: readonly FeatureRoute[] = [
  { path: '/cameras', title, frame: 'office', verb: 'video.cameras.see', page: () => import('./pages/list-page.tsx') },
  { path: '/cameras/add', title: { zh: '添加摄像机', en: 'Add a camera' }, frame: 'office', verb: 'video.cameras.manage', page: () => import('./pages/add-page.tsx') },
  { path: '/cameras/change', title: { zh: '修改摄像机', en: 'Change a camera' }, frame: 'office', verb: 'video.cameras.manage', page: () => import('./pages/change-page.tsx') },
  { path: '/cameras/register', title: { zh: '摄像机台账', en: 'Register of cameras' }, frame: 'office', verb: 'video.cameras.see', page: () => import('./pages/register-page.tsx') },
  { path: '/cameras/entry', title: { zh: '摄像机台账', en: 'Register of cameras' }, frame: 'office', verb: 'video.cameras.see', page: () => import('./pages/entry-page.tsx') },
  { path: '/cameras/plan', title: { zh: '平面图', en: 'Plans' }, frame: 'office', verb: 'video.positions.see', page: () => import('./pages/plan-page.tsx') },
  { path: '/cameras/recorders', title: { zh: '硬盘录像机', en: 'Recorders' }, frame: 'office', verb: 'video.cameras.see', page: () => import('./pages/recorders-page.tsx') },
  { path: '/cameras/search', title: { zh: '搜索摄像机', en: 'Search for cameras' }, frame: 'office', verb: 'video.cameras.manage', page: () => import('./pages/search-page.tsx') },
  { path: '/cameras/import', title: { zh: '导入摄像机', en: 'Bring cameras in' }, frame: 'office', verb: 'video.cameras.manage', page: () => import('./pages/import-page.tsx') },
];
export const camerasNav: readonly NavEntry[] = [{ path: '/cameras', title, verb: 'video.cameras.see', order: 50, group: 'manage' }];
