/** The clause board, one clause, the figures, and the sheet of evidence. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';
import { complianceVerbs } from './verbs.ts';

const title = { zh: '合规台账', en: 'Compliance' };

export const complianceRoutes: readonly FeatureRoute[] = [
  { path: '/compliance', title, frame: 'office', verb: complianceVerbs.board, page: () => import('./pages/board-page.tsx') },
  { path: '/compliance/clause', title: { zh: '条款', en: 'Clause' }, frame: 'office', verb: complianceVerbs.board, page: () => import('./pages/clause-page.tsx') },
  { path: '/compliance/figures', title: { zh: '目的与指标', en: 'Purposes and figures' }, frame: 'office', verb: complianceVerbs.board, page: () => import('./pages/figures-page.tsx') },
  { path: '/compliance/evidence', title: { zh: '条款证据', en: 'Evidence of a clause' }, frame: 'office', verb: complianceVerbs.print, page: () => import('./pages/evidence-page.tsx') },
];
export const complianceNav: readonly NavEntry[] = [{ path: '/compliance', title, verb: complianceVerbs.board, order: 66, group: 'records' }];
