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
  { path: '/footage/copies', title: { zh: '拷贝登记', en: 'Register of copies' }, frame: 'office', verb: evidenceVerbs.register, page: () => import('./pages/copies-page.tsx') },
];
export const evidenceNav: readonly NavEntry[] = [{ path: '/footage', title, verb: null, order: 41, badge: RoomBadge }];
