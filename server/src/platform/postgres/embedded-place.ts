/**
 * Where the embedded database lives. Its account must be able to enter every folder above it, so for a database run under another
 * account that place is outside the data folder; where it went is written into the data folder, which can then be moved.
 */
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { declareRefusals, type Sentence } from '../../base/refusal.ts';
import type { Account } from './embedded-account.ts';

export const placeRefusals = declareRefusals('database', {
  place_missing: {
    kind: 'unavailable',
    zh: '数据库应在 {folder}，但那里没有。请恢复该文件夹，或用 vigil restore 从备份恢复。',
    en: 'The database should be in {folder}, but it is not there. Bring that folder back, or restore a backup with vigil restore.',
  },
  place_taken: {
    kind: 'conflict',
    zh: '数据库 {folder} 属于数据文件夹 {other}；这个数据文件夹是它的副本。要搬到别处请用 vigil backup 和 vigil restore。',
    en: 'The database {folder} belongs to the data folder {other}, of which this one is a copy. To take a room elsewhere use vigil backup and vigil restore.',
  },
});

export interface Place {
  cluster: string;
  socketFolder: string | null;
  /** Where a copy of the programs may go when they cannot be used in place. */
  programFolder: string;
  notices: Sentence[];
}

/** sun_path of Linux holds 108 bytes with the closing zero; macOS has 104. */
const socketPathLimit = process.platform === 'darwin' ? 103 : 107;
const socketName = '.s.PGSQL.5432';
const fits = (folder: string): boolean => Buffer.byteLength(join(folder, socketName)) <= socketPathLimit;
const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10);

export const ensureFolder = (folder: string, account: Account): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  if (account.kind === 'user') chownSync(folder, account.uid, account.gid);
};

const runFolder = (): string => (process.getuid?.() === 0 ? '/run' : (process.env['XDG_RUNTIME_DIR'] ?? tmpdir()));

const socketPlace = (preferred: string, dataFolder: string): { folder: string; notice: Sentence | null } => {
  if (fits(preferred)) return { folder: preferred, notice: null };
  const name = `vigil-${process.getuid?.() ?? 0}-${short(dataFolder)}`;
  const folder = [join(runFolder(), name), join(tmpdir(), name), join('/tmp', name)].find(fits) ?? join('/tmp', name);
  return {
    folder,
    notice: {
      zh: `数据文件夹的路径太长，数据库的本地套接字放在 ${folder}`,
      en: `The path of the data folder is too long for a local socket; the database listens in ${folder}`,
    },
  };
};

const noteIn = (dataFolder: string): string => join(dataFolder, 'postgres-place.json');

const homeNotedIn = (dataFolder: string): string | null => {
  try {
    const noted = JSON.parse(readFileSync(noteIn(dataFolder), 'utf8')) as { home?: unknown };
    return typeof noted.home === 'string' ? noted.home : null;
  } catch {
    return null;
  }
};

/** A folder of its own below the state root; one left behind by a deleted data folder is never taken nor touched. */
const freeHome = (stateRoot: string, dataFolder: string): string => {
  const base = join(stateRoot, `${basename(dataFolder)}-${short(dataFolder)}`);
  for (let n = 1; ; n += 1) {
    const home = n === 1 ? base : `${base}-${n}`;
    if (!existsSync(home)) return home;
  }
};

/** A copied data folder points to the database of its original: two rooms on one database would destroy both. */
const claim = (home: string, dataFolder: string): void => {
  const mark = join(home, 'belongs-to');
  const other = existsSync(mark) ? readFileSync(mark, 'utf8').trim() : dataFolder;
  if (other !== dataFolder && homeNotedIn(other) === home) throw placeRefusals('place_taken', { folder: home, other });
  writeFileSync(mark, `${dataFolder}\n`, { mode: 0o600 });
};

const outsideHome = (dataFolder: string, account: Account, stateRoot: string): string => {
  const noted = homeNotedIn(dataFolder);
  if (noted !== null && !existsSync(noted)) throw placeRefusals('place_missing', { folder: noted });
  mkdirSync(stateRoot, { recursive: true, mode: 0o755 });
  const home = noted ?? freeHome(stateRoot, dataFolder);
  ensureFolder(home, account);
  claim(home, dataFolder);
  if (noted === null) writeFileSync(noteIn(dataFolder), `${JSON.stringify({ home })}\n`, { mode: 0o600 });
  return home;
};

/** Owner of a cluster that lies inside the data folder already, when it was begun by an ordinary user. */
export const ownerInside = (dataFolder: string): { uid: number; gid: number } | null => {
  const found = statSync(join(dataFolder, 'postgres', 'cluster', 'PG_VERSION'), { throwIfNoEntry: false });
  return found === undefined || found.uid === 0 ? null : { uid: found.uid, gid: found.gid };
};

export const choosePlace = (dataFolder: string, account: Account, stateRoot: string): Place => {
  const notices: Sentence[] = [];
  const outside = account.kind === 'user' && ownerInside(dataFolder) === null;
  const home = outside ? outsideHome(dataFolder, account, stateRoot) : join(dataFolder, 'postgres');
  ensureFolder(home, account);
  if (outside) {
    notices.push({
      zh: `数据库在 ${home}，以账户 ${account.name} 运行（root 的文件夹它进不去）`,
      en: `The database is in ${home} and runs as ${account.name} (which cannot enter folders of root)`,
    });
  }
  const programFolder = outside ? stateRoot : join(home, 'programs');
  if (process.platform === 'win32') return { cluster: join(home, 'cluster'), socketFolder: null, programFolder, notices };
  const socket = socketPlace(outside ? join(home, 'socket') : join(dataFolder, 'run', 'postgres'), dataFolder);
  if (socket.notice !== null) notices.push(socket.notice);
  ensureFolder(socket.folder, account);
  return { cluster: join(home, 'cluster'), socketFolder: socket.folder, programFolder, notices };
};
