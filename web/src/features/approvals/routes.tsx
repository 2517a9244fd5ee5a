/** Approvals: what waits for me, what I asked, who acts for whom. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';
import { WaitingBadge } from './parts/waiting-badge.tsx';

const title = { zh: '审批', en: 'Approvals' };

export const approvalsRoutes: readonly FeatureRoute[] = [
  { path: '/approvals', title, frame: 'office', verb: null, page: () => import('./pages/inbox-page.tsx') },
  { path: '/approvals/ask', title: { zh: '提交申请', en: 'Ask for something' }, frame: 'office', verb: null, page: () => import('./pages/ask-page.tsx') },
  { path: '/approvals/orders', title: { zh: '口头命令', en: 'Verbal orders' }, frame: 'office', verb: null, page: () => import('./pages/orders-page.tsx') },
  { path: '/approvals/print', title: { zh: '审批单', en: 'Approval sheet' }, frame: 'office', verb: null, page: () => import('./pages/print-page.tsx') },
  { path: '/approvals/deputies', title: { zh: '审批代理', en: 'Deputies' }, frame: 'office', verb: null, page: () => import('./pages/deputies-page.tsx') },
];
export const approvalsNav: readonly NavEntry[] = [{ path: '/approvals', title, verb: null, order: 42, badge: WaitingBadge }];
