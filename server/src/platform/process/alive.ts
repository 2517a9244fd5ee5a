/** Who is a process, really: a pid alone is reused by the kernel, a pid with its start time is not. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessMark {
  pid: number;
  /** When the kernel says the process began; opaque, compared for equality only. '' where the system does not tell. */
  startedAt: string;
}

/** Field 22 of /proc/<pid>/stat (ticks since boot), made unique across reboots by the boot id. */
const linuxStart = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (afterName[0] === 'Z') return null; // a zombie does nothing any more
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot}/${afterName[19] ?? ''}`;
  } catch {
    return null;
  }
};

const otherStart = (pid: number): string | null => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null;
  }
  if (process.platform === 'win32') return '';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
};

/** Start mark of a living process, or null when there is none with this pid. */
export const startOf = (pid: number): string | null => {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return process.platform === 'linux' ? linuxStart(pid) : otherStart(pid);
};

export const markOf = (pid: number): ProcessMark => ({ pid, startedAt: startOf(pid) ?? '' });

/** True when exactly the process that was marked still lives. */
export const isAlive = (mark: ProcessMark): boolean => {
  const start = startOf(mark.pid);
  return start !== null && (mark.startedAt === '' || start === mark.startedAt);
};

/** Command line of a process, '' when it cannot be read. */
export const commandLineOf = (pid: number): string => {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    if (process.platform === 'win32') return '';
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
};
