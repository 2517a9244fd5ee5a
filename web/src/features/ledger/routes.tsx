/** The ledger seen by people, the anchor that they print, and the acts of the room as people ask about them. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';
import { auditVerbs, ledgerVerbs } from './verbs.ts';

const title = { zh: '账本', en: 'Ledger' };
const acts = { zh: '操作记录', en: 'Acts' };

export const ledgerRoutes: readonly FeatureRoute[] = [
  { path: '/ledger', title, frame: 'office', verb: ledgerVerbs.facts, page: () => import('./pages/ledger-page.tsx') },
  { path: '/ledger/anchor', title: { zh: '账本锚点', en: 'Ledger anchor' }, frame: 'office', verb: ledgerVerbs.anchor, page: () => import('./pages/anchor-page.tsx') },
  { path: '/audit', title: acts, frame: 'office', verb: auditVerbs.acts, page: () => import('./pages/audit-page.tsx') },
  { path: '/audit/reviews', title: { zh: '审查', en: 'Reviews' }, frame: 'office', verb: auditVerbs.reviews, page: () => import('./pages/reviews-page.tsx') },
  { path: '/audit/untold', title: { zh: '日志核对', en: 'Log against events' }, frame: 'office', verb: auditVerbs.acts, page: () => import('./pages/untold-page.tsx') },
  { path: '/audit/trace', title: { zh: '泄密追查', en: 'Trace a leak' }, frame: 'office', verb: auditVerbs.trace, page: () => import('./pages/trace-page.tsx') },
];
export const ledgerNav: readonly NavEntry[] = [{ path: '/ledger', title, verb: ledgerVerbs.facts, order: 70, group: 'records' }, { path: '/audit', title: acts, verb: auditVerbs.acts, order: 71, group: 'records' }];
