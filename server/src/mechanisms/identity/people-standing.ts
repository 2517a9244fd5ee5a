/** Who holds which role here at an instant, for parts that ask people to do something. */
import { sql } from 'kysely';
import type { Role } from '../../../../contract/identity.ts';
import type { Instant } from '../../base/clock.ts';
import { at, type Db } from '../../platform/postgres/db.ts';
import { isRole } from './roles.ts';

export interface PersonStanding {
  personId: string;
  name: string;
  active: boolean;
  /** Roles that hold in the room or its site at the instant. */
  roles: Role[];
  /** Name of the post held at the instant; null: none. */
  onPost: string | null;
}

interface Place {
  siteId: string;
  roomId: string;
}

interface Row {
  person_id: string;
  name: string;
  active: boolean;
  roles: string[] | null;
  on_post: string | null;
}

const standings = async (db: Db, { siteId, roomId }: Place, now: Instant, personIds: readonly string[] | null): Promise<PersonStanding[]> => {
  const { rows } = await sql<Row>`
    select p.person_id, p.name, p.active, g.roles, h.name as on_post
    from identity.people_now p
    left join lateral (
      select array_agg(distinct r.role) as roles from identity.role_grants r
      where r.person_id = p.person_id and r.scope_id in (${siteId}, ${roomId}) and r.from_at <= ${at(now)} and (r.until_at is null or r.until_at > ${at(now)})
    ) g on true
    left join lateral (
      select o.name from identity.post_holders x join identity.posts o on o.post_id = x.post_id
      where x.person_id = p.person_id and o.room_id = ${roomId} and x.from_at <= ${at(now)} and (x.until_at is null or x.until_at > ${at(now)})
      order by x.from_at limit 1
    ) h on true
    where ${personIds === null ? sql`p.active` : sql`p.person_id = any(${[...personIds]})`}
    order by p.staff_number, p.person_id`.execute(db);
  return rows.map((row) => ({ personId: row.person_id, name: row.name, active: row.active, roles: (row.roles ?? []).filter(isRole), onPost: row.on_post }));
};

/** Active people who hold one of the roles here. */
export const peopleWithRoles = async (db: Db, place: Place, roles: readonly Role[], now: Instant): Promise<PersonStanding[]> =>
  (await standings(db, place, now, null)).filter((person) => person.roles.some((role) => roles.includes(role)));

/** The people asked for, those who left included. */
export const peopleStanding = (db: Db, place: Place, personIds: readonly string[], now: Instant): Promise<PersonStanding[]> =>
  personIds.length === 0 ? Promise.resolve([]) : standings(db, place, now, personIds);
