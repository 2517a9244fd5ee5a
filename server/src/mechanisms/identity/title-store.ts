/** SQL of a site's own titles of roles. */
import { sql } from 'kysely';
import type { Role, SiteTitle } from '../../../../contract/identity.ts';
import type { Instant } from '../../base/clock.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';
import { isRole } from './roles.ts';

export const titlesOfSite = async (db: Db, siteId: string): Promise<SiteTitle[]> => {
  const { rows } = await sql<{ role: string; title_zh: string; title_en: string; from_at: Instant }>`
    select role, title_zh, title_en, from_at from identity.site_titles where site_id = ${siteId} and until_at is null order by role`.execute(db);
  return rows.flatMap(({ role, title_zh, title_en, from_at }) => (isRole(role) ? [{ role, zh: title_zh, en: title_en, since: from_at }] : []));
};

export const endTitle = async (tx: Tx, siteId: string, role: Role, by: string, now: Instant): Promise<void> => {
  await sql`
    update identity.site_titles set until_at = greatest(from_at, ${at(now)}), ended_by = ${by} where site_id = ${siteId} and role = ${role} and until_at is null`.execute(tx);
};

export const insertTitle = async (tx: Tx, title: { titleId: string; siteId: string; role: Role; zh: string; en: string }, by: string, now: Instant): Promise<void> => {
  await sql`
    insert into identity.site_titles (title_id, site_id, role, title_zh, title_en, from_at, by_id)
    values (${title.titleId}, ${title.siteId}, ${title.role}, ${title.zh}, ${title.en}, ${at(now)}, ${by})`.execute(tx);
};
