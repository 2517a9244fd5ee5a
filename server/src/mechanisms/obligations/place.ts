/** The place of a room of this machine. */
import type { Db } from '../../platform/postgres/db.ts';
import type { ObligationsContext, Place } from './context.ts';

export const placeOf = async (context: Pick<ObligationsContext, 'places'>, db: Db, roomId: string): Promise<Place> => {
  const place = (await context.places(db)).find((one) => one.roomId === roomId);
  if (place === undefined) throw new Error(`room ${roomId} is not a room of this machine`);
  return place;
};
