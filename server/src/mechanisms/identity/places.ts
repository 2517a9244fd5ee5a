/** Sites and their rooms, for parts whose rules hold in more than one room. */
import type { z } from 'zod';
import type { Room, Site } from '../../../../contract/identity.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { IdentityTables } from './tables.ts';

export const roomsOf = async (db: Db, siteId: string): Promise<z.infer<typeof Room>[]> => {
  const rows = await db.$extendTables<IdentityTables>().selectFrom('identity.rooms').select(['room_id', 'site_id', 'name']).where('site_id', '=', siteId).orderBy('made_at').orderBy('room_id').execute();
  return rows.map((row) => ({ roomId: row.room_id, siteId: row.site_id, name: row.name }));
};

export const siteOf = async (db: Db, siteId: string): Promise<z.infer<typeof Site> | null> => {
  const row = await db.$extendTables<IdentityTables>().selectFrom('identity.sites').select(['site_id', 'name', 'time_zone']).where('site_id', '=', siteId).executeTakeFirst();
  return row === undefined ? null : { siteId: row.site_id, name: row.name, timeZone: row.time_zone };
};
