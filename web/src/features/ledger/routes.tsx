import type { FeatureRoute, NavEntry } from '../../app/feature.ts';

export const ledgerRoutes: readonly FeatureRoute[] = [];
export const ledgerNav: readonly NavEntry[] = [];
