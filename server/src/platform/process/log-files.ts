/** Log files that cannot fill the disk of a recorder: one that grew too large is copied aside and cut, while its writer keeps its append handle. */
import { copyFileSync, mkdirSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { mebibyte } from '../../base/units.ts';

const limitBytes = 16 * mebibyte;

export const logFolder = (dataFolder: string): string => {
  const folder = join(dataFolder, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
};

/** Called now and then. What is written between copy and cut is lost; a log is no record (the ledger is). */
export const trimLogs = (folder: string, largestBytes = limitBytes): void => {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (!name.endsWith('.log') || statSync(file).size <= largestBytes) continue;
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
  }
};
