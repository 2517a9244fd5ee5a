/** Watch rounds over important positions. */
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';

const title = { zh: '重点巡看', en: 'Watch rounds' };

export const roundsRoutes: readonly FeatureRoute[] = [{ path: '/rounds', title, frame: 'office', verb: 'rounds.see', page: () => import('./pages/rounds-page.tsx') }];
export const roundsNav: readonly NavEntry[] = [{ path: '/rounds', title, verb: 'rounds.see', order: 22, group: 'records' }];
