/** What a feature hands to the shell: its routes and its entries in the navigation. Features import this, never the router. */
import type { ReactNode } from 'react';
import type { Sentence } from '../../../contract/endpoint.ts';
import type { z } from 'zod';

export type Wording = z.infer<typeof Sentence>;

export interface FeatureRoute {
  /** Absolute, e.g. `/playback`. Search parameters are strings as they stand in the address; the page reads them by useSearchText. */
  path: `/${string}`;
  title: Wording;
  /** console: dark, full window, no scrolling page (wall, playback). office: paper work in the person's own theme. bare: without navigation, for people not signed in. */
  frame: 'console' | 'office' | 'bare';
  /** Verb that the page needs; without it the frame shows why not. */
  verb: string | null;
  /** Lazy, so that the first page stays small. */
  page: () => Promise<{ default: () => ReactNode }>;
}

export interface NavEntry {
  path: `/${string}`;
  title: Wording;
  verb: string | null;
  /** Smaller stands further left. Video 20–40, cameras 50, people 60, ledger 70. */
  order: number;
  /** Pages that are not used every hour stand together under one word; left out: in the bar itself. */
  group?: 'manage' | 'records';
  /** Stands behind the title, e.g. how many wait. */
  badge?: () => ReactNode;
}
