/** Makes a new cluster, whole or not at all, with its roles and its database; done without any connection, by PostgreSQL's single-user mode. */
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { declareRefusals } from '../../base/refusal.ts';
import { isAlive, markOf, type ProcessMark } from '../process/alive.ts';
import { runAs, type Account } from './embedded-account.ts';
import type { Binaries } from './embedded-binaries.ts';
import { roleNames, type RolePasswords } from './embedded-secrets.ts';

export const databaseName = 'vigil';
const majorVersion = '18';

export const clusterRefusals = declareRefusals('database', {
  cluster_failed: { kind: 'unavailable', zh: '无法建立数据库：{reason}', en: 'The database could not be made: {reason}' },
  cluster_in_making: { kind: 'unavailable', zh: '数据库正在建立，请稍后再试。', en: 'The database is being made; try again in a moment.' },
  cluster_version: {
    kind: 'unavailable',
    zh: '数据库由 PostgreSQL {found} 建立，这一版 Vigil 使用 PostgreSQL {needed}。请用原来的版本做 vigil backup 后联系支持。',
    en: 'The database was made by PostgreSQL {found}; this version of Vigil uses PostgreSQL {needed}. Make a backup with the earlier version first.',
  },
});

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Owner of schemas, and the app's role that may connect and nothing else until a migration grants it. */
const rolesSql = (passwords: RolePasswords): string =>
  [
    `CREATE ROLE ${roleNames.owner} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${literal(passwords.owner)};`,
    `CREATE ROLE ${roleNames.app} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${literal(passwords.app)};`,
    `CREATE DATABASE ${databaseName} OWNER ${roleNames.owner};`,
    `REVOKE ALL ON DATABASE ${databaseName} FROM PUBLIC;`,
    `GRANT CONNECT ON DATABASE ${databaseName} TO ${roleNames.app};`,
  ].join('\n');

const check = (what: string, done: { status: number | null; stderr: string; stdout: string; error?: Error }): void => {
  const complaint = done.stderr.split('\n').find((line) => /\b(ERROR|FATAL|PANIC):/.test(line));
  if (done.status === 0 && complaint === undefined) return;
  throw clusterRefusals('cluster_failed', { reason: `${what}: ${complaint ?? done.error?.message ?? (done.stderr || done.stdout).trim()}` });
};

const initialise = (cluster: string, account: Account, binaries: Binaries, passwords: RolePasswords, durable: boolean): void => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-init-'));
  const passwordFile = join(folder, 'admin');
  try {
    writeFileSync(passwordFile, `${passwords.admin}\n`, { mode: 0o600 });
    if (account.kind === 'user') for (const path of [folder, passwordFile]) chownSync(path, account.uid, account.gid);
    const options = ['--locale-provider=builtin', '--locale=C.UTF-8', '--encoding=UTF8', '--auth=scram-sha-256', '--data-checksums'];
    if (!durable) options.push('--no-sync');
    check('initdb', runAs(account, binaries.initdb, ['-D', cluster, '-U', roleNames.admin, `--pwfile=${passwordFile}`, ...options]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const single = ['--single', '-D', cluster, '-c', 'log_min_error_statement=panic', ...(durable ? [] : ['-c', 'fsync=off']), 'postgres'];
  check('roles', runAs(account, binaries.postgres, single, { input: `${rolesSql(passwords)}\n` }));
};

/** A marker stands beside the cluster while it is being made; one found at the next start means that the half-made cluster is thrown away. */
export const ensureCluster = (cluster: string, account: Account, binaries: Binaries, passwords: RolePasswords, durable: boolean): 'made' | 'found' => {
  const making = join(dirname(cluster), 'making-cluster');
  if (existsSync(making)) {
    const maker = JSON.parse(readFileSync(making, 'utf8') || '{"pid":0,"startedAt":""}') as ProcessMark;
    if (maker.pid !== process.pid && isAlive(maker)) throw clusterRefusals('cluster_in_making');
    rmSync(cluster, { recursive: true, force: true });
  }
  const version = join(cluster, 'PG_VERSION');
  if (existsSync(version)) {
    const found = readFileSync(version, 'utf8').trim();
    if (found !== majorVersion) throw clusterRefusals('cluster_version', { found, needed: majorVersion });
    return 'found';
  }
  writeFileSync(making, JSON.stringify(markOf(process.pid)), { mode: 0o600 });
  initialise(cluster, account, binaries, passwords, durable);
  rmSync(making);
  return 'made';
};
