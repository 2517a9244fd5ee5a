/** Pages of video for the shell, and the wall that the home console shows in its middle. */
import type { ReactNode } from 'react';
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';

export const videoRoutes: readonly FeatureRoute[] = [];
export const videoNav: readonly NavEntry[] = [];
/** Lazy; fills the box that it is put into (100 % × 100 %), handles F3 and Pause itself. */
export const homeWall: (() => Promise<{ default: () => ReactNode }>) | null = null;
