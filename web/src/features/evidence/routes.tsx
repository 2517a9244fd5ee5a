/** Requests for footage: asking, my requests, what the room has to do, one request with its life, the register on paper. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';
import { RoomBadge } from './parts/room-badge.tsx';
import { evidenceVerbs } from './verbs.ts';

const title = { zh: '录像调阅', en: 'Footage requests' };

export const evidenceRoutes: readonly FeatureRoute[] = [
  { path: '/footage', title, frame: 'office', verb: null, page: () => import('./pages/list-page.tsx') },
  { path: '/footage/ask', title: { zh: '申请调阅或拷贝', en: 'Ask for footage' }, frame: 'office', verb: evidenceVerbs.ask, page: () => import('./pages/ask-page.tsx') },
  { path: '/footage/request', title: { zh: '调阅申请', en: 'Footage request' }, frame: 'office', verb: null, page: () => import('./pages/request-page.tsx') },
  { path: '/footage/register', title: { zh: '录像调阅登记', en: 'Register of footage requests' }, frame: 'office', verb: evidenceVerbs.register, page: () => import('./pages/register-page.tsx') },
  { path: '/footage/holds', title: { zh: '录像锁定', en: 'Footage holds' }, frame: 'office', verb: evidenceVerbs.holds, page: () => import('./pages/holds-page.tsx') },
  { path: '/footage/note', title: { zh: '证据移交单', en: 'Handover note' }, frame: 'office', verb: null, page: () => import('./pages/note-page.tsx') },
  { path: '/footage/watch', title: { zh: '观看获准录像', en: 'Approved footage' }, frame: 'console', verb: evidenceVerbs.granted, page: () => import('./pages/watch-page.tsx') },
  { path: '/footage/archive', title: { zh: '资料档案', en: 'Archive' }, frame: 'office', verb: evidenceVerbs.archive, page: () => import('./pages/archive-page.tsx') },
  { path: '/footage/archive/file', title: { zh: '归档资料', en: 'File in the archive' }, frame: 'office', verb: evidenceVerbs.archive, page: () => import('./pages/archive-file-page.tsx') },
  { path: '/footage/archive/item', title: { zh: '档案', en: 'Archive item' }, frame: 'office', verb: evidenceVerbs.archive, page: () => import('./pages/archive-item-page.tsx') },
  { path: '/footage/archive/custody', title: { zh: '档案保管与清点', en: 'Custody of the archive' }, frame: 'office', verb: evidenceVerbs.archive, page: () => import('./pages/archive-custody-page.tsx') },
  { path: '/footage/archive/register', title: { zh: '档案登记', en: 'Register of the archive' }, frame: 'office', verb: evidenceVerbs.archiveRegister, page: () => import('./pages/archive-register-page.tsx') },
  { path: '/footage/archive/days', title: { zh: '逐日录像索引', en: 'Index of footage by day' }, frame: 'office', verb: evidenceVerbs.archive, page: () => import('./pages/archive-days-page.tsx') },
  { path: '/footage/copies', title: { zh: '拷贝登记', en: 'Register of copies' }, frame: 'office', verb: evidenceVerbs.register, page: () => import('./pages/copies-page.tsx') },
];
export const evidenceNav: readonly NavEntry[] = [{ path: '/footage', title, verb: null, order: 41, badge: RoomBadge }];
