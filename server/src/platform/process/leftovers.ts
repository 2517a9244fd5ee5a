/** Which processes a supervisor started, kept in a file: one that was killed may leave some behind, and its successor ends them first. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isAlive, type ProcessMark } from './alive.ts';
import { endProcess, type EndingStep } from './ending.ts';

const fileIn = (dataFolder: string): string => join(dataFolder, 'run', 'children.json');

export const noteChildren = (dataFolder: string, marks: readonly ProcessMark[]): void => {
  const file = fileIn(dataFolder);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.draft`, JSON.stringify(marks), { mode: 0o600 });
  renameSync(`${file}.draft`, file);
};

export const forgetChildren = (dataFolder: string): void => rmSync(fileIn(dataFolder), { force: true });

const noted = (dataFolder: string): ProcessMark[] => {
  try {
    const read: unknown = JSON.parse(readFileSync(fileIn(dataFolder), 'utf8'));
    if (!Array.isArray(read)) return [];
    return read.filter((mark: unknown): mark is ProcessMark => typeof mark === 'object' && mark !== null && 'pid' in mark && 'startedAt' in mark && mark.startedAt !== '');
  } catch {
    return [];
  }
};

/** Ends what an earlier supervisor left; resolves with how many there were. */
export const endLeftovers = async (dataFolder: string, steps: readonly EndingStep[]): Promise<number> => {
  const living = noted(dataFolder).filter(isAlive);
  await Promise.all(living.map((mark) => endProcess(mark, steps)));
  forgetChildren(dataFolder);
  return living.length;
};
