/** The folder of the program: where package.json stands, above the sources as well as above their compiled form in dist/. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const programRoot = (): string => {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('package.json was not found above the program');
    folder = parent;
  }
  return folder;
};
