/** The ledger seen by people, and the anchor that they print. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';
import { ledgerVerbs } from './verbs.ts';

const title = { zh: '账本', en: 'Ledger' };

export const ledgerRoutes: readonly FeatureRoute[] = [
  { path: '/ledger', title, frame: 'office', verb: ledgerVerbs.facts, page: () => import('./pages/ledger-page.tsx') },
  { path: '/ledger/anchor', title: { zh: '账本锚点', en: 'Ledger anchor' }, frame: 'office', verb: ledgerVerbs.anchor, page: () => import('./pages/anchor-page.tsx') },
];
export const ledgerNav: readonly NavEntry[] = [{ path: '/ledger', title, verb: ledgerVerbs.facts, order: 70 }];
