/** What a hold is, and how much of a quota or of the storage it takes. Pure. */
import type { Instant } from '../../../base/clock.ts';
import { hourMs, secondMs } from '../../../base/units.ts';

export type HoldEnd = 'rejected' | 'withdrawn' | 'undecided' | 'released';

export interface Hold {
  holdId: string;
  requestId: string;
  /** Number of the request, as people say it. */
  number: string;
  siteId: string;
  roomId: string;
  requesterId: string;
  cameraIds: readonly string[];
  from: Instant;
  until: Instant;
  reason: string;
  quotaSeconds: number;
  placedAt: Instant;
  placedBy: string;
  decideBy: Instant | null;
  confirmedAt: Instant | null;
  confirmedBy: string | null;
  ownerId: string | null;
  reviewAt: Instant | null;
  reviewToldAt: Instant | null;
  space: string;
  endedAt: Instant | null;
  endedBy: string | null;
  endedHow: HoldEnd | null;
  endedNote: string | null;
}

export type HoldState = 'provisional' | 'confirmed' | 'ended';

export const stateOf = (hold: Pick<Hold, 'confirmedAt' | 'endedAt'>): HoldState => {
  if (hold.endedAt !== null) return 'ended';
  return hold.confirmedAt === null ? 'provisional' : 'confirmed';
};

export const quotaSecondsOf = ({ cameraIds, from, until }: Pick<Hold, 'cameraIds' | 'from' | 'until'>): number => Math.ceil((until - from) / secondMs) * new Set(cameraIds).size;

const tenth = 10;
/** Camera-hours to one decimal, never rounded to nothing. */
export const cameraHours = (seconds: number): number => Math.ceil((seconds * secondMs * tenth) / hourMs) / tenth;

/** Percent of the storage to one decimal; null: nobody knows how large it is. */
export const sharePercent = (heldBytes: number, storageBytes: number | null): number | null =>
  storageBytes === null || storageBytes <= 0 ? null : Math.round((heldBytes / storageBytes) * 100 * tenth) / tenth;
