/** Regulations and parameters: which rule holds, from which clause; adoption; the profile of the site. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';

const title = { zh: '制度与参数', en: 'Rules' };
const see = 'parameters.see';

export const parametersRoutes: readonly FeatureRoute[] = [
  { path: '/parameters', title, frame: 'office', verb: see, page: () => import('./pages/rules-page.tsx') },
  { path: '/parameters/clauses', title: { zh: '条款', en: 'Clauses' }, frame: 'office', verb: see, page: () => import('./pages/clauses-page.tsx') },
  { path: '/parameters/packs', title: { zh: '制度包', en: 'Packs' }, frame: 'office', verb: see, page: () => import('./pages/packs-page.tsx') },
  { path: '/parameters/adopt', title: { zh: '采用制度', en: 'Adopt regulations' }, frame: 'office', verb: 'parameters.adopt', page: () => import('./pages/adopt-page.tsx') },
  { path: '/parameters/conflicts', title: { zh: '冲突裁定', en: 'Conflicts' }, frame: 'office', verb: see, page: () => import('./pages/conflicts-page.tsx') },
  { path: '/parameters/house-rules', title: { zh: '室内守则', en: 'Room rules' }, frame: 'office', verb: see, page: () => import('./pages/house-rules-page.tsx') },
  { path: '/parameters/profile', title: { zh: '场所档案', en: 'Site profile' }, frame: 'office', verb: see, page: () => import('./pages/profile-page.tsx') },
];
export const parametersNav: readonly NavEntry[] = [{ path: '/parameters', title, verb: see, order: 64, group: 'manage' }];
