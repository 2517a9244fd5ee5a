/** Narrow reads for other parts. */
import type { Instant } from '../../base/clock.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { openShift } from './shift-store.ts';

export const questions = {
  /** When the shift log that is open was opened; null: none is. */
  openSince: async (db: Db, roomId: string): Promise<Instant | null> => (await openShift(db, roomId))?.openedAt ?? null,
};
