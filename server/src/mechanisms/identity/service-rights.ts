/** What the accounts under which Vigil works may do, read from the machine and the database themselves (SAF 四.4). */
import { sql } from 'kysely';
import { userInfo } from 'node:os';
import type { z } from 'zod';
import type { listServiceRights } from '../../../../contract/identity-people.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { serviceRights } from './controls.ts';

type View = z.input<(typeof listServiceRights)['response']>;

const systemUser = (): string => {
  try {
    return userInfo().username;
  } catch {
    return ''; // an account without a name, as in some containers
  }
};

export const viewServiceRights = async (db: Db): Promise<View> => {
  const { rows: roles } = await sql<{ role: string; superuser: boolean; owns: boolean }>`
    select current_user::text as role, r.rolsuper or r.rolbypassrls as superuser,
      exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and c.relowner = r.oid and n.nspname not like 'pg_%') as owns
    from pg_roles r where r.rolname = current_user`.execute(db);
  const { rows: tables } = await sql<{ table: string; rights: string[] }>`
    select n.nspname || '.' || c.relname as table,
      array_remove(array[
        case when has_table_privilege(c.oid, 'SELECT') then 'select' end, case when has_table_privilege(c.oid, 'INSERT') then 'insert' end,
        case when has_table_privilege(c.oid, 'UPDATE') then 'update' when has_any_column_privilege(c.oid, 'UPDATE') then 'end_row' end,
        case when has_table_privilege(c.oid, 'DELETE') then 'delete' end, case when has_table_privilege(c.oid, 'TRUNCATE') then 'truncate' end], null) as rights
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not like 'pg_%' and n.nspname <> 'information_schema' order by 1`.execute(db);
  const role = roles[0];
  return { system: { user: systemUser() }, database: { role: role?.role ?? '', superuser: role?.superuser ?? false, ownsTables: role?.owns ?? false }, tables: [...serviceRights.find(() => tables)] };
};
