/** Pages of identity: before the sign-in, people, one's own account. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';

const qualifications = { zh: '资格', en: 'Qualifications' };
const devices = { zh: '设备密码', en: 'Device passwords' };
const people = { zh: '人员', en: 'People' };

export const identityRoutes: readonly FeatureRoute[] = [
  { path: '/sign-in', title: { zh: '登录', en: 'Sign in' }, frame: 'bare', verb: null, page: () => import('./pages/sign-in-page.tsx') },
  { path: '/set-up', title: { zh: '首次设置', en: 'First set-up' }, frame: 'bare', verb: null, page: () => import('./pages/set-up-page.tsx') },
  { path: '/trust', title: { zh: '信任证书', en: 'Trust' }, frame: 'bare', verb: null, page: () => import('./pages/trust-page.tsx') },
  { path: '/account', title: { zh: '我的账户', en: 'My account' }, frame: 'office', verb: null, page: () => import('./pages/account-page.tsx') },
  { path: '/account/duties', title: { zh: '我的职责', en: 'My duties' }, frame: 'office', verb: null, page: () => import('./pages/duties-page.tsx') },
  { path: '/people', title: people, frame: 'office', verb: 'identity.people.list', page: () => import('./pages/people-page.tsx') },
  { path: '/people/add', title: { zh: '添加人员', en: 'Add a person' }, frame: 'office', verb: 'identity.people.add', page: () => import('./pages/add-person-page.tsx') },
  { path: '/people/change', title: { zh: '修改人员', en: 'Change a person' }, frame: 'office', verb: 'identity.people.change', page: () => import('./pages/change-person-page.tsx') },
  { path: '/people/import', title: { zh: '导入人员', en: 'Bring in people' }, frame: 'office', verb: 'identity.people.import', page: () => import('./pages/import-people-page.tsx') },
  { path: '/people/titles', title: { zh: '岗位名称', en: 'Titles' }, frame: 'office', verb: 'identity.people.list', page: () => import('./pages/titles-page.tsx') },
  { path: '/qualifications', title: qualifications, frame: 'office', verb: 'identity.qualifications.see', page: () => import('./pages/qualifications-page.tsx') },
  { path: '/device-passwords', title: devices, frame: 'office', verb: 'identity.credentials.see', page: () => import('./pages/device-passwords-page.tsx') },
];
export const identityNav: readonly NavEntry[] = [
  { path: '/people', title: people, verb: 'identity.people.list', order: 60, group: 'manage' },
  { path: '/qualifications', title: qualifications, verb: 'identity.qualifications.see', order: 61, group: 'manage' },
  { path: '/device-passwords', title: devices, verb: 'identity.credentials.see', order: 62, group: 'manage' },
];
