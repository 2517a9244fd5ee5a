/**
 * Applies the numbered files of server/migrations as the owner of the schemas: forward only, each in a transaction of its own, under an
 * advisory lock. A failed one leaves the version before it, with which the earlier program still starts.
 */
import pg from 'pg';
import { systemClock, type Clock } from '../../base/clock.ts';
import { readMigrations } from './migrate-files.ts';
import { migrateRefusals, planMigrations, type AppliedMigration, type MigrationFile } from './migrate-plan.ts';

export interface MigrateOptions {
  ownerUrl: string;
  /** Role of the app's URL; migrations speak of it as vigil_app. */
  appRole?: string;
  files?: readonly MigrationFile[];
  /** Called once before the first migration of a database that already holds something. */
  backup?: (from: AppliedMigration, to: MigrationFile) => Promise<void>;
  onApplied?: (name: string, tookMs: number) => void;
  clock?: Clock;
}

export interface MigrateResult {
  applied: string[];
  version: number;
}

/** Any number that only Vigil's migrations use. */
const lockNumber = 8_480_180_001;
const lockWaitMs = 30_000;

export const appliedMigrations = async (client: pg.Client): Promise<AppliedMigration[]> => {
  const there = await client.query<{ there: boolean }>("SELECT to_regclass('platform.migrations') IS NOT NULL AS there");
  if (there.rows[0]?.there !== true) return [];
  const rows = await client.query<AppliedMigration>('SELECT number, name, sha256 FROM platform.migrations ORDER BY number');
  return rows.rows;
};

const appRoleName = 'vigil_app';
/** The same statements for a server whose role has another name. */
export const forRole = (sql: string, role: string): string => (role === appRoleName ? sql : sql.replaceAll(/\bvigil_app\b/g, pg.escapeIdentifier(role)));

const applyOne = async (client: pg.Client, file: MigrationFile, role: string, clock: Clock): Promise<number> => {
  const began = clock.monotonic();
  try {
    await client.query('BEGIN');
    await client.query(forRole(file.sql, role));
    const tookMs = Math.round(clock.monotonic() - began);
    await client.query('INSERT INTO platform.migrations (number, name, sha256, applied_at, took_ms) VALUES ($1, $2, $3, $4, $5)', [
      file.number,
      file.name,
      file.sha256,
      clock.now(),
      tookMs,
    ]);
    await client.query('COMMIT');
    return tookMs;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw Object.assign(migrateRefusals('migration_failed', { name: file.name, reason }), { cause: error });
  }
};

const applyAll = async (client: pg.Client, options: MigrateOptions, clock: Clock): Promise<MigrateResult> => {
  const before = await appliedMigrations(client);
  const due = planMigrations(options.files ?? readMigrations(), before);
  const newest = before.at(-1);
  const first = due[0];
  if (newest !== undefined && first !== undefined) await options.backup?.(newest, first);
  for (const file of due) {
    const tookMs = await applyOne(client, file, options.appRole ?? appRoleName, clock);
    options.onApplied?.(file.name, tookMs);
  }
  return { applied: due.map((file) => file.name), version: due.at(-1)?.number ?? newest?.number ?? 0 };
};

export const migrate = async (options: MigrateOptions): Promise<MigrateResult> => {
  const client = new pg.Client({ connectionString: options.ownerUrl, application_name: 'vigil-migrate' });
  await client.connect();
  try {
    await client.query(`SET lock_timeout = ${lockWaitMs}`);
    await client.query('SELECT pg_advisory_lock($1)', [lockNumber]);
    await client.query('SET lock_timeout = 0');
    return await applyAll(client, options, options.clock ?? systemClock);
  } finally {
    await client.end(); // gives the lock back, whatever happened
  }
};

/** Name of the role in a database URL. */
export const roleOf = (url: string): string => decodeURIComponent(/^\w+:\/\/([^:@/]*)/.exec(url)?.[1] ?? '') || appRoleName;
