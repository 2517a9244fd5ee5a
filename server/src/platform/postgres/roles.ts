/**
 * The server must not hold the power to rewrite facts: it refuses to run as superuser, as owner of the fact table or as a member of the
 * owner (ledger-and-evidence.md point 3).
 */
import { sql, type QueryExecutorProvider } from 'kysely';
import { declareRefusals } from '../../base/refusal.ts';

export const roleRefusals = declareRefusals('database', {
  role_superuser: {
    kind: 'forbidden',
    zh: 'VIGIL_DATABASE_URL 使用的角色 {role} 是超级用户或可绕过权限的角色。请换用只有应用权限的角色，迁移用 VIGIL_DATABASE_OWNER_URL。',
    en: 'The role {role} of VIGIL_DATABASE_URL is a superuser or bypasses rights. Use a role with the rights of the app only; migrations use VIGIL_DATABASE_OWNER_URL.',
  },
  role_owner: {
    kind: 'forbidden',
    zh: 'VIGIL_DATABASE_URL 使用的角色 {role} 是事实表的所有者。请换用只有应用权限的角色，迁移用 VIGIL_DATABASE_OWNER_URL。',
    en: 'The role {role} of VIGIL_DATABASE_URL owns the fact table. Use a role with the rights of the app only; migrations use VIGIL_DATABASE_OWNER_URL.',
  },
  role_may_rewrite: {
    kind: 'forbidden',
    zh: '角色 {role} 可以改写或删除事实（{right}）。请收回这项权限。',
    en: 'The role {role} may rewrite or remove facts ({right}). Take that right away.',
  },
});

interface Standing {
  role: string;
  above_rights: boolean;
  owner: boolean;
  rights: string | null;
}

const standing = async (db: QueryExecutorProvider): Promise<Standing> => {
  const found = await sql<Standing>`
    SELECT current_user::text AS role,
      coalesce((SELECT bool_or(r.rolsuper OR r.rolbypassrls OR r.rolcreaterole) FROM pg_roles r WHERE pg_has_role(current_user, r.oid, 'MEMBER')), false) AS above_rights,
      coalesce((SELECT pg_has_role(current_user, c.relowner, 'MEMBER') FROM pg_class c WHERE c.oid = to_regclass('ledger.facts')), false)
        OR coalesce((SELECT pg_has_role(current_user, d.datdba, 'MEMBER') FROM pg_database d WHERE d.datname = current_database()), false) AS owner,
      (SELECT string_agg(p.word, ', ') FROM (VALUES ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('TRIGGER')) AS p(word)
        WHERE to_regclass('ledger.facts') IS NOT NULL AND has_table_privilege(current_user, to_regclass('ledger.facts'), p.word)) AS rights
  `.execute(db);
  const row = found.rows[0];
  if (row === undefined) throw new Error('the database does not say who we are');
  return row;
};

/** Throws a Refusal unless the connection's role can only read and add facts. Called by the server before it serves anything. */
export const assertNotOwner = async (db: QueryExecutorProvider): Promise<void> => {
  const { role, above_rights: aboveRights, owner, rights } = await standing(db);
  if (aboveRights) throw roleRefusals('role_superuser', { role });
  if (owner) throw roleRefusals('role_owner', { role });
  if (rights !== null) throw roleRefusals('role_may_rewrite', { role, right: rights });
};
