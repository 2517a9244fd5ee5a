/**
 * PostgreSQL refuses to run as root, and rightly so. Started by root, Vigil gives it a real unprivileged account; a user namespace
 * is the last resort, since there the process still owns root's files.
 */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { declareRefusals, type Sentence } from '../../base/refusal.ts';

export const accountRefusals = declareRefusals('database', {
  no_account: {
    kind: 'unavailable',
    zh: '以 root 启动时找不到可用来运行 PostgreSQL 的普通账户。请用普通用户启动，或用 VIGIL_DATABASE_URL 指定数据库。',
    en: 'Started as root, but no unprivileged account can run PostgreSQL here. Start as an ordinary user, or name a database by VIGIL_DATABASE_URL.',
  },
});

export type Account =
  | { kind: 'self' }
  | { kind: 'user'; name: string; uid: number; gid: number }
  | { kind: 'namespace' };

/** In order of preference; nobody is shared with other services, so it comes last. */
const candidates = ['vigil', 'postgres', 'nobody'];

const knownUsers = (): Map<string, { uid: number; gid: number }> => {
  const users = new Map<string, { uid: number; gid: number }>();
  try {
    for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
      const [name, , uid, gid] = line.split(':');
      if (name !== undefined && Number(uid) > 0) users.set(name, { uid: Number(uid), gid: Number(gid) });
    }
  } catch {
    // no passwd file: the number of nobody works without a name
  }
  if (!users.has('nobody')) users.set('nobody', { uid: 65_534, gid: 65_534 });
  return users;
};

export interface Command {
  file: string;
  args: string[];
  options: { uid?: number; gid?: number; cwd: string };
}

/** How to start a program as the account. The folder `/` is entered, since ours may be closed to it. `before` are words put before the program. */
export const commandAs = (account: Account, program: string, args: readonly string[], before: readonly string[] = []): Command => {
  const words = [...before, program, ...args];
  if (account.kind === 'namespace') words.unshift('unshare', '--user', '--map-user=1000', '--map-group=1000', '--');
  const [file = program, ...rest] = words;
  const cwd = process.platform === 'win32' ? process.cwd() : '/';
  return { file, args: rest, options: account.kind === 'user' ? { uid: account.uid, gid: account.gid, cwd } : { cwd } };
};

export const runAs = (
  account: Account,
  program: string,
  args: readonly string[],
  more: { input?: string; env?: NodeJS.ProcessEnv } = {},
): SpawnSyncReturns<string> => {
  const command = commandAs(account, program, args);
  return spawnSync(command.file, command.args, { ...command.options, ...more, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
};

const works = (account: Account): boolean => runAs(account, '/bin/true', []).status === 0;

export const chooseAccount = (isRoot = process.getuid?.() === 0): Account => {
  if (!isRoot) return { kind: 'self' };
  const users = knownUsers();
  for (const name of candidates) {
    const user = users.get(name);
    if (user === undefined) continue;
    const account: Account = { kind: 'user', name, ...user };
    if (works(account)) return account;
  }
  if (works({ kind: 'namespace' })) return { kind: 'namespace' };
  throw accountRefusals('no_account');
};

export const namespaceWarning: Sentence = {
  zh: '警告：这里不能切换到普通账户，PostgreSQL 运行在用户命名空间中，仍持有 root 的文件。请改用普通用户启动。',
  en: 'Warning: no ordinary account can be used here; PostgreSQL runs in a user namespace and still owns files of root. Better start as an ordinary user.',
};
