import type { FeatureRoute, NavEntry } from '../../app/feature.ts';

export const camerasRoutes: readonly FeatureRoute[] = [];
export const camerasNav: readonly NavEntry[] = [];
