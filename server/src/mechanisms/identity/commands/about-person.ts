/** What a password is judged against: the person, the place, and the room's own least length. */
import type { Db } from '../../../platform/postgres/db.ts';
import { rulesNow, type IdentityContext } from '../context.ts';
import type { About } from '../passwords/verdict.ts';
import { findPlace } from '../people-store.ts';

export const aboutPerson = async (context: IdentityContext, db: Db, person: { account: string; name: string }): Promise<About> => {
  const { account, name } = person;
  const place = await findPlace(db);
  if (place === null) return { account, name, places: [] };
  const { passwordMinLength } = await rulesNow(context, db, place.room);
  return { account, name, places: [place.site.name, place.room.name], minLength: passwordMinLength };
};
