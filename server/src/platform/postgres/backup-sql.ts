/**
 * A database whose files are out of reach, as one SQL script of one moment: its migrations, then every row by COPY. No pg_dump is needed,
 * which would have to be as new as the server. `psql` runs it into an empty database as the owner of the schemas.
 */
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { copyOut } from './copy-out.ts';
import { readMigrations } from './migrate-files.ts';
import { appliedMigrations, forRole } from './migrate.ts';
import type { MigrationFile } from './migrate-plan.ts';

export interface SqlBackupOptions {
  ownerUrl: string;
  /** Role of the server, as migrations were applied for it. */
  appRole: string;
  file: string;
  files?: readonly MigrationFile[];
}

/** Schemas that our migrations made: other things of the same owner are not ours to copy. */
const schemasOf = (files: readonly MigrationFile[]): string[] => [...new Set(files.flatMap(({ sql }) => [...sql.matchAll(/^\s*create schema (?:if not exists )?(\w+)/gim)].map((match) => match[1] ?? '')))];

interface Shape {
  tables: readonly { name: string; columns: string }[];
  /** Taken away while rows come in, in whatever order tables stand; put back after, which checks all of them. */
  foreignKeys: readonly { on: string; name: string; definition: string }[];
  /** Triggers that would act on rows coming in, with how they are switched on. */
  triggers: readonly { on: string; name: string; enabled: string }[];
  sequences: readonly { name: string; last: string }[];
}

const table = "quote_ident(n.nspname) || '.' || quote_ident(c.relname)";
const ours = 'from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = any($1)';

const readShape = async (client: pg.Client, schemas: readonly string[]): Promise<Shape> => {
  const rows = async <R extends pg.QueryResultRow>(text: string): Promise<R[]> => (await client.query<R>(text, [schemas])).rows;
  return {
    tables: await rows(`select ${table} as name, coalesce((select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''), '') as columns ${ours} where c.relkind = 'r' order by 1`),
    foreignKeys: await rows(`select ${table} as on, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition ${ours} join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' and k.conparentid = 0 order by 1, 2`),
    triggers: await rows(`select ${table} as on, quote_ident(t.tgname) as name, t.tgenabled::text as enabled ${ours} join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal and (t.tgtype & 4) <> 0 and t.tgenabled <> 'D' order by 1, 2`),
    sequences: (await rows<{ name: string; last: string | null }>(`select quote_ident(schemaname) || '.' || quote_ident(sequencename) as name, last_value::text as last from pg_sequences where schemaname = any($1) order by 1`)).flatMap(({ name, last }) => (last === null ? [] : [{ name, last }])),
  };
};

const switchedOn: Readonly<Record<string, string>> = { O: 'enable', A: 'enable always', R: 'enable replica' };

const before = ({ tables, foreignKeys, triggers }: Shape): string[] => [
  ...foreignKeys.map(({ on, name }) => `alter table ${on} drop constraint ${name};`),
  ...triggers.map(({ on, name }) => `alter table ${on} disable trigger ${name};`),
  // What a migration itself put in comes again with the rows.
  ...tables.map(({ name }) => `delete from ${name};`),
];
const after = ({ foreignKeys, triggers, sequences }: Shape): string[] => [
  ...triggers.map(({ on, name, enabled }) => `alter table ${on} ${switchedOn[enabled] ?? 'enable'} trigger ${name};`),
  ...foreignKeys.map(({ on, name, definition }) => `alter table ${on} add constraint ${name} ${definition};`),
  ...sequences.map(({ name, last }) => `select setval(${pg.escapeLiteral(name)}, ${last});`),
];

const preamble = ['\\set ON_ERROR_STOP on', "set client_encoding to 'UTF8';", 'set standard_conforming_strings to on;', "set datestyle to 'ISO';", "set intervalstyle to 'postgres';", 'begin;'];

/** Answers the name of the newest migration in it. */
export const writeSqlBackup = async ({ ownerUrl, appRole, file, files = readMigrations() }: SqlBackupOptions): Promise<string> => {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'vigil-backup' });
  await client.connect();
  const out = createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true });
  const ended = finished(out);
  ended.catch(() => undefined); // met by the await below
  const line = (text: string): void => void out.write(`${text}\n`);
  try {
    await client.query("set datestyle to 'ISO'; set intervalstyle to 'postgres'; set extra_float_digits to 1; set client_encoding to 'UTF8'");
    // One moment for all tables: what is committed meanwhile is either wholly in it or not at all.
    await client.query('begin transaction isolation level repeatable read read only');
    const applied = new Set((await appliedMigrations(client)).map(({ name }) => name));
    const made = files.filter(({ name }) => applied.has(name));
    const shape = await readShape(client, schemasOf(made));
    preamble.forEach(line);
    for (const { name, sql } of made) line(`-- ${name}\n${forRole(sql, appRole)}`);
    before(shape).forEach(line);
    for (const { name, columns } of shape.tables) {
      const what = `${name} (${columns})`;
      line(`copy ${what} from stdin;`);
      await Promise.race([copyOut(client, `copy ${what} to stdout`, out), ended]);
      line('\\.');
    }
    after(shape).forEach(line);
    line('commit;');
    out.end();
    await ended;
    return made.at(-1)?.name ?? '';
  } finally {
    out.destroy();
    await client.end();
  }
};

