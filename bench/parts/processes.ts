/** Who runs below whom, as /proc tells: for finding the processes of one room and only those. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Running {
  pid: number;
  parent: number;
  command: string;
}

const read = (pid: number): Running | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z') return null;
    // PostgreSQL's children write what they do into their command line, with blanks instead of zeros.
    return { pid, parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() };
  } catch {
    return null; // gone between listing and reading
  }
};

/** All processes below this one, nearest first; without itself. */
export const descendantsOf = (root: number): Running[] => {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => read(Number(name))).filter((one) => one !== null);
  const below: Running[] = [];
  let parents = new Set([root]);
  while (parents.size > 0) {
    const next = all.filter((one) => parents.has(one.parent));
    below.push(...next);
    parents = new Set(next.map((one) => one.pid));
  }
  return below;
};

export const isThere = (pid: number): boolean => read(pid) !== null;
