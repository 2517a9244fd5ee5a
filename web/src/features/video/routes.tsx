/** Pages of video for the shell, and the wall that the home console shows in its middle. */
import type { ReactNode } from 'react';
import type { FeatureRoute, NavEntry } from '../../app/feature.ts';

const wall = { zh: '实时画面', en: 'Live wall' };
const playback = { zh: '录像回放', en: 'Playback' };
const consoles = { zh: '操作台', en: 'Consoles' };
const snapshots = { zh: '抓拍', en: 'Snapshots' };

export const videoRoutes: readonly FeatureRoute[] = [
  { path: '/wall', title: wall, frame: 'console', verb: 'video.live.watch', page: () => import('./pages/wall-page.tsx') },
  { path: '/playback', title: playback, frame: 'console', verb: 'video.footage.play', page: () => import('./pages/playback-page.tsx') },
  { path: '/snapshots', title: snapshots, frame: 'office', verb: 'video.snapshot.see', page: () => import('./pages/snapshots-page.tsx') },
  { path: '/consoles', title: consoles, frame: 'office', verb: 'video.consoles.see', page: () => import('./pages/consoles-page.tsx') },
];
export const videoNav: readonly NavEntry[] = [
  { path: '/wall', title: wall, verb: 'video.live.watch', order: 20 },
  { path: '/playback', title: playback, verb: 'video.footage.play', order: 30 },
  { path: '/snapshots', title: snapshots, verb: 'video.snapshot.see', order: 40 },
  { path: '/consoles', title: consoles, verb: 'video.consoles.see', order: 56, group: 'manage' },
];
/** Lazy; fills the box that it is put into (100 % × 100 %), handles F3 and Pause itself. */
export const homeWall: (() => Promise<{ default: () => ReactNode }>) | null = () => import('./parts/wall.tsx').then(({ Wall }) => ({ default: () => Wall({ keysDrawnElsewhere: true }) }));
