/**
 * Data files of the program in YAML (packs/). The build leaves the same as JSON in dist/, which is read twenty times as fast: half a second
 * less until the room is open. A copy that is older than its file is not used.
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { programRoot } from './process/program-root.ts';

const copyOf = (file: string): string => join(programRoot(), 'dist', `${relative(programRoot(), file)}.json`);

const copied = (file: string): string | null => {
  const copy = copyOf(file);
  try {
    return statSync(copy).mtimeMs >= statSync(file).mtimeMs ? readFileSync(copy, 'utf8') : null;
  } catch {
    return null;
  }
};

export const readYaml = (file: string): unknown => {
  const copy = copied(file);
  return copy === null ? parse(readFileSync(file, 'utf8')) : JSON.parse(copy);
};

/** For the build. */
export const copyAsJson = (file: string): void => {
  const copy = copyOf(file);
  mkdirSync(dirname(copy), { recursive: true });
  writeFileSync(copy, JSON.stringify(parse(readFileSync(file, 'utf8'))));
};
