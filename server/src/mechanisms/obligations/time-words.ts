/** Instants as people of the site read them. */
import type { Instant } from '../../base/clock.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { ObligationsContext, Place } from './context.ts';

export const placeOf = async (context: Pick<ObligationsContext, 'places'>, db: Db, roomId: string): Promise<Place> => {
  const place = (await context.places(db)).find((one) => one.roomId === roomId);
  if (place === undefined) throw new Error(`room ${roomId} is not a room of this machine`);
  return place;
};

/** 2026-11-22 08:15 */
export const whenText = (at: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
