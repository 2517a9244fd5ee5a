/**
 * A disk of the bench's own: ext4 on a loop device, so that it can fail as disks do without harm to the machine. Needs root.
 * A power cut ends the file system at once (EXT4_IOC_SHUTDOWN without a flush of its log): what was not written to its device is gone. It
 * cannot show a device that loses what it said was written.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmdirSync, rmSync, statfsSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { until } from './product.ts';

const run = (command: string, ...args: string[]): string => {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.error?.message ?? done.stderr}`);
  return done.stdout.trim();
};

/** Why this machine cannot have such disks; null: it can. */
export const noLoopDisks = (): string | null => {
  if (process.getuid?.() !== 0) return 'not root';
  return existsSync('/dev/loop-control') ? null : 'no loop devices';
};

export interface LoopDisk {
  readonly path: string;
  /** Everything that is not on the device is lost; `after` runs while the disk is away. */
  powerCut(cutProgram: string, after: () => Promise<void>): Promise<void>;
  /** The kernel finds an error and lets nothing be written. */
  turnReadOnly(): void;
  unmount(): void;
  mount(): void;
  /** As after a repair: unmounted once nobody holds a file on it, and mounted. */
  mountAgain(): Promise<void>;
  /** An empty disk stands in its place meanwhile. */
  swapped(meanwhile: () => Promise<void>): Promise<void>;
  /** Every write waits until it is thawed. */
  freeze(): void;
  thaw(): void;
  /** Leaves so many bytes free. */
  fill(leaveBytes: number): void;
  makeRoom(): void;
  /** Lets one process write so many bytes a second; null: as many as it can. False where the machine has no such control. */
  slowDown(pid: number, bytesPerSecond: number | null): boolean;
  remove(): void;
}

const groups = '/sys/fs/cgroup/blkio';

const makeImage = (image: string, megabytes: number): void => {
  writeFileSync(image, '');
  truncateSync(image, megabytes * 1_000_000);
  run('mkfs.ext4', '-q', '-F', '-m', '0', image);
};

const fillUp = (path: string, leaveBytes: number): void => {
  const { bavail, bsize } = statfsSync(path);
  const file = openSync(join(path, 'lost+found', 'filling'), 'w');
  const block = Buffer.alloc(1 << 20);
  try {
    for (let left = bavail * bsize - leaveBytes; left > 0; left -= block.length) writeSync(file, block, 0, Math.min(left, block.length));
  } finally {
    closeSync(file);
  }
};

const slowDown = (group: string, device: string, pid: number, bytesPerSecond: number | null): boolean => {
  if (!existsSync(join(groups, 'blkio.throttle.write_bps_device'))) return false;
  const numbers = readFileSync(`/sys/block/${basename(device)}/dev`, 'utf8').trim();
  mkdirSync(group, { recursive: true });
  writeFileSync(join(group, 'cgroup.procs'), String(pid));
  writeFileSync(join(group, 'blkio.throttle.write_bps_device'), `${numbers} ${bytesPerSecond ?? 0}`);
  return true;
};

export const makeLoopDisk = (folder: string, name: string, megabytes: number): LoopDisk => {
  const image = join(folder, `${name}.img`);
  const path = join(folder, name);
  const group = join(groups, `vigil-bench-${process.pid}-${name}`);
  let frozen = false;
  let mounted = false;
  makeImage(image, megabytes);
  mkdirSync(path);
  const device = (): string => run('findmnt', '-no', 'SOURCE', path);
  const disk: LoopDisk = {
    path,
    powerCut: async (cutProgram, after) => {
      run(cutProgram, path);
      await after();
      run('umount', path); // not lazily: the file system must be read anew from its device
      disk.mount();
    },
    turnReadOnly: () => writeFileSync(`/sys/fs/ext4/${basename(device())}/trigger_fs_error`, '1'),
    unmount: () => {
      run('umount', '-l', path);
      mounted = false;
    },
    mount: () => {
      run('mount', '-o', 'loop,errors=remount-ro', image, path);
      mounted = true;
    },
    mountAgain: async () => {
      await until('an unmounted disk', () => spawnSync('umount', [path]).status === 0, 30_000, 500);
      disk.mount();
    },
    swapped: async (meanwhile) => {
      const other = join(folder, `${name}-other.img`);
      makeImage(other, 20);
      disk.unmount();
      run('mount', '-o', 'loop', other, path);
      try {
        await meanwhile();
      } finally {
        run('umount', path);
        rmSync(other);
        disk.mount();
      }
    },
    freeze: () => {
      run('fsfreeze', '-f', path);
      frozen = true;
    },
    thaw: () => {
      if (frozen) run('fsfreeze', '-u', path);
      frozen = false;
    },
    fill: (leaveBytes) => fillUp(path, leaveBytes),
    makeRoom: () => rmSync(join(path, 'lost+found', 'filling'), { force: true }),
    slowDown: (pid, bytesPerSecond) => slowDown(group, device(), pid, bytesPerSecond),
    remove: () => {
      disk.thaw();
      if (mounted) disk.unmount();
      if (existsSync(group)) rmdirSync(group);
      if (existsSync(path)) rmdirSync(path);
      rmSync(image, { force: true });
    },
  };
  disk.mount();
  return disk;
};
