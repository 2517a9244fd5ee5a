/** One Vigil on one data folder: a lock file that names its process by pid and start time, so that a killed one's lock is taken over. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { declareRefusals } from '../../base/refusal.ts';
import { isAlive, markOf, type ProcessMark } from './alive.ts';

export const lockRefusals = declareRefusals('process', {
  data_in_use: {
    kind: 'conflict',
    zh: '数据文件夹 {folder} 正被另一个 Vigil（进程 {pid}）使用；同一文件夹不能启动第二个。',
    en: 'The data folder {folder} is in use by another Vigil (process {pid}); a second one cannot start on it.',
  },
});

export interface Lock {
  release(): void;
}

const lockFile = (dataFolder: string): string => join(dataFolder, 'run', 'vigil.lock');

const holderIn = (file: string): ProcessMark | null => {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProcessMark>;
    return typeof read.pid === 'number' && typeof read.startedAt === 'string' ? { pid: read.pid, startedAt: read.startedAt } : null;
  } catch {
    return null;
  }
};

/** The living Vigil on this data folder, or null. */
export const lockHolder = (dataFolder: string): ProcessMark | null => {
  const holder = holderIn(lockFile(dataFolder));
  return holder !== null && isAlive(holder) ? holder : null;
};

const same = (a: ProcessMark | null, b: ProcessMark | null): boolean => a?.pid === b?.pid && a?.startedAt === b?.startedAt;

/** Puts a dead holder's lock aside. Another start may have done so and taken the lock in between: then its lock is put back. */
const clearStale = (file: string, stale: ProcessMark | null): void => {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return; // somebody was quicker
  }
  if (!same(holderIn(aside), stale)) {
    try {
      linkSync(aside, file);
    } catch {
      // a third one holds it by now
    }
  }
  rmSync(aside, { force: true });
};

const attempts = 5;

export const takeLock = (dataFolder: string): Lock => {
  const file = lockFile(dataFolder);
  const mine = markOf(process.pid);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      try {
        linkSync(draft, file); // atomic: fails when the name is there
        return {
          release: () => {
            if (same(holderIn(file), mine)) rmSync(file, { force: true });
          },
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = holderIn(file);
      if (holder !== null && isAlive(holder)) throw lockRefusals('data_in_use', { folder: dataFolder, pid: holder.pid });
      clearStale(file, holder);
    }
    throw lockRefusals('data_in_use', { folder: dataFolder, pid: holderIn(file)?.pid ?? 0 });
  } finally {
    rmSync(draft, { force: true });
  }
};
