/** The version that people and facts see, from package.json. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const find = (folder: string): string => {
  try {
    return readFileSync(join(folder, 'package.json'), 'utf8');
  } catch {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('package.json was not found');
    return find(parent);
  }
};

const read = JSON.parse(find(import.meta.dirname)) as { version?: unknown };
export const version: string = typeof read.version === 'string' ? read.version : '0';
