/** SQL of people, roles, posts and passwords. */
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Language, Person, Role, Room, Site } from '../../../../contract/identity.ts';
import type { Instant } from '../../base/clock.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';
import type { ChangeNeeded } from './restriction.ts';
import { isRole } from './roles.ts';
import { accountKeyOf } from './session-token.ts';
import type { IdentityTables } from './tables.ts';

const tables = (db: Db) => db.$extendTables<IdentityTables>();

export interface Place {
  site: z.infer<typeof Site>;
  room: z.infer<typeof Room>;
  language: Language;
  demonstration: boolean;
}

/** The room of this machine; null while it is new. */
export const findPlace = async (db: Db): Promise<Place | null> => {
  const row = await tables(db)
    .selectFrom('identity.rooms as r')
    .innerJoin('identity.sites as s', 's.site_id', 'r.site_id')
    .select(['s.site_id', 's.name as site_name', 's.time_zone', 's.language', 's.demonstration', 'r.room_id', 'r.name as room_name'])
    .orderBy('r.made_at')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    site: { siteId: row.site_id, name: row.site_name, timeZone: row.time_zone },
    room: { roomId: row.room_id, siteId: row.site_id, name: row.room_name },
    language: row.language,
    demonstration: row.demonstration,
  };
};

interface PersonRow {
  person_id: string;
  account: string;
  name: string;
  staff_number: string;
  language: Language;
  active: boolean;
  grants: { role: string; scopeId: string; until: Instant | null }[];
}

const known = (grants: PersonRow['grants']): Person['roles'] => grants.flatMap(({ role, scopeId, until }) => (isRole(role) ? [{ role, scopeId, until }] : []));

const personOf = (row: PersonRow): Person => ({
  personId: row.person_id,
  account: row.account,
  name: row.name,
  staffNumber: row.staff_number,
  language: row.language,
  roles: known(row.grants),
  active: row.active,
});

/** Roles of a person as JSON, those that hold at the instant. */
export const grantsSql = (personColumn: string, now: Instant) => sql<PersonRow['grants']>`coalesce((
  select jsonb_agg(jsonb_build_object('role', g.role, 'scopeId', g.scope_id, 'until', (extract(epoch from g.until_at) * 1000)::bigint) order by g.grant_id)
  from identity.role_grants g
  where g.person_id = ${sql.ref(personColumn)} and g.from_at <= ${at(now)} and (g.until_at is null or g.until_at > ${at(now)})
), '[]'::jsonb)`;

const selectPeople = (db: Db, now: Instant) =>
  tables(db)
    .selectFrom('identity.people_now as p')
    .select(['p.person_id', 'p.account', 'p.name', 'p.staff_number', 'p.language', 'p.active', grantsSql('p.person_id', now).as('grants')]);

export const findPerson = async (db: Db, personId: string, now: Instant): Promise<Person | null> => {
  const row = await selectPeople(db, now).where('p.person_id', '=', personId).executeTakeFirst();
  return row === undefined ? null : personOf(row);
};

export const findPersonByAccount = async (db: Db, account: string, now: Instant): Promise<Person | null> => {
  const row = await selectPeople(db, now).where('p.account_key', '=', accountKeyOf(account)).executeTakeFirst();
  return row === undefined ? null : personOf(row);
};

export const mostPeople = 2_000;

export const findPeople = async (db: Db, search: string, now: Instant): Promise<Person[]> => {
  const wanted = `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await selectPeople(db, now)
    .where((eb) => eb.or([eb('p.name', 'ilike', wanted), eb('p.account', 'ilike', wanted), eb('p.staff_number', 'ilike', wanted)]))
    .orderBy('p.active', 'desc')
    .orderBy('p.staff_number')
    .orderBy('p.account_key')
    .limit(mostPeople)
    .execute();
  return rows.map(personOf);
};

export interface NewPerson {
  personId: string;
  account: string;
  name: string;
  staffNumber: string;
  language: Language;
}

/** False when the account is taken. */
export const insertPerson = async (tx: Tx, person: NewPerson, by: string, now: Instant): Promise<boolean> => {
  const made = await tables(tx)
    .insertInto('identity.people')
    .values({ person_id: person.personId, account: person.account, account_key: accountKeyOf(person.account), language: person.language, added_at: at(now), added_by: by })
    .onConflict((conflict) => conflict.column('account_key').doNothing())
    .returning('person_id')
    .executeTakeFirst();
  if (made === undefined) return false;
  await insertDetails(tx, person.personId, person, by, now);
  return true;
};

export const insertDetails = async (tx: Tx, personId: string, details: { name: string; staffNumber: string }, by: string, now: Instant): Promise<void> => {
  await sql`
    insert into identity.person_details (person_id, number, since_at, name, staff_number, changed_by)
    select ${personId}, coalesce(max(number), 0) + 1, ${at(now)}, ${details.name}, ${details.staffNumber}, ${by}
    from identity.person_details where person_id = ${personId}`.execute(tx);
};

export const grantRole = async (tx: Tx, personId: string, role: Role, scopeId: string, by: string, now: Instant): Promise<void> => {
  await tables(tx)
    .insertInto('identity.role_grants')
    .values({ person_id: personId, role, scope_id: scopeId, from_at: at(now), granted_by: by, until_at: null, ended_by: null })
    .execute();
};

/** Ends what is open now; `greatest` keeps the span whole when the clock was set back since it began. */
export const endRole = async (tx: Tx, personId: string, role: Role, scopeId: string, by: string, now: Instant): Promise<void> => {
  await sql`
    update identity.role_grants set until_at = greatest(from_at, ${at(now)}), ended_by = ${by}
    where person_id = ${personId} and role = ${role} and scope_id = ${scopeId} and (until_at is null or until_at > ${at(now)})`.execute(tx);
};

/** People with a grant whose end fell into the span. */
export const rightsEndedBetween = async (db: Db, after: Instant, until: Instant): Promise<string[]> => {
  const { rows } = await sql<{ person_id: string }>`
    select distinct person_id from identity.role_grants where until_at > ${at(after)} and until_at <= ${at(until)}`.execute(db);
  return rows.map((row) => row.person_id);
};

export const deactivate = async (tx: Tx, personId: string, by: string, now: Instant): Promise<void> => {
  await tables(tx)
    .insertInto('identity.deactivations')
    .values({ person_id: personId, from_at: at(now), by_id: by, until_at: null, ended_by: null })
    .execute();
};

export const activate = async (tx: Tx, personId: string, by: string, now: Instant): Promise<void> => {
  await tables(tx)
    .updateTable('identity.deactivations')
    .set({ until_at: at(now), ended_by: by })
    .where('person_id', '=', personId)
    .where('until_at', 'is', null)
    .execute();
};

/** Everything that may take away the last administrator passes here one after the other. */
export const lockAdministrators = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('identity.administrators'))`.execute(tx);
};

export const countActiveAdministrators = async (db: Db, now: Instant): Promise<number> => {
  const row = await tables(db)
    .selectFrom('identity.people_now as p')
    .where('p.active', '=', true)
    .where(sql<boolean>`exists (
      select from identity.role_grants g where g.person_id = p.person_id and g.role = 'system_administrator'
        and g.from_at <= ${at(now)} and (g.until_at is null or g.until_at > ${at(now)}))`)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
};

export const setLanguage = async (tx: Tx, personId: string, language: Language): Promise<void> => {
  await tables(tx).updateTable('identity.people').set({ language }).where('person_id', '=', personId).execute();
};

export const setPassword = async (tx: Tx, personId: string, phc: string, by: string, now: Instant, changeNeeded: ChangeNeeded | null = null): Promise<void> => {
  await tables(tx)
    .insertInto('identity.passwords')
    .values({ person_id: personId, phc, since_at: at(now), set_by: by, change_needed: changeNeeded })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ phc, since_at: at(now), set_by: by, change_needed: changeNeeded }))
    .execute();
};

export const needPasswordChange = async (tx: Tx, personId: string, changeNeeded: ChangeNeeded): Promise<void> => {
  await tables(tx).updateTable('identity.passwords').set({ change_needed: changeNeeded }).where('person_id', '=', personId).execute();
};

export const findPassword = async (db: Db, personId: string): Promise<string | null> => {
  const row = await tables(db).selectFrom('identity.passwords').select('phc').where('person_id', '=', personId).executeTakeFirst();
  return row?.phc ?? null;
};

export const passwordStandingOf = async (db: Db, personId: string): Promise<{ since: Instant; changeNeeded: ChangeNeeded | null } | null> => {
  const row = await tables(db).selectFrom('identity.passwords').select(['since_at', 'change_needed']).where('person_id', '=', personId).executeTakeFirst();
  return row === undefined ? null : { since: row.since_at, changeNeeded: row.change_needed };
};

export const insertPlace = async (tx: Tx, place: Place, now: Instant): Promise<void> => {
  const { site, room, language, demonstration } = place;
  await tables(tx)
    .insertInto('identity.sites')
    .values({ site_id: site.siteId, name: site.name, time_zone: site.timeZone, language, demonstration, made_at: at(now) })
    .execute();
  await tables(tx)
    .insertInto('identity.rooms')
    .values({ room_id: room.roomId, site_id: site.siteId, name: room.name, made_at: at(now) })
    .execute();
};

export const insertPost = async (tx: Tx, post: { postId: string; roomId: string; name: string }, now: Instant): Promise<void> => {
  await tables(tx).insertInto('identity.posts').values({ post_id: post.postId, room_id: post.roomId, name: post.name, made_at: at(now) }).execute();
};

export const givePost = async (tx: Tx, postId: string, personId: string, by: string, now: Instant): Promise<void> => {
  await tables(tx)
    .insertInto('identity.post_holders')
    .values({ post_id: postId, person_id: personId, from_at: at(now), given_by: by, until_at: null, ended_by: null })
    .execute();
};

export const namesOf = async (db: Db, personIds: readonly string[]): Promise<Map<string, string>> => {
  if (personIds.length === 0) return new Map();
  const rows = await tables(db).selectFrom('identity.people_now').select(['person_id', 'name']).where('person_id', 'in', [...personIds]).execute();
  return new Map(rows.map((row) => [row.person_id, row.name]));
};
