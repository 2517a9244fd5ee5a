/** Shared by the scripts, which run on the machine's own Node (20 or later) with no dependency: install, build, find Node 24. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);
const bin = at('node_modules', '.bin');
const windows = process.platform === 'win32';

export const say = (zh, en) => process.stdout.write(`· ${zh}\n  ${en}\n`);
export const fail = (zh, en) => {
  process.stderr.write(`✗ ${zh}\n  ${en}\n`);
  process.exit(1);
};

/** Environment for our tools: Node 24 first on PATH. */
export const toolEnvironment = () => ({ ...process.env, PATH: `${dirname(node24())}${windows ? ';' : ':'}${bin}${windows ? ';' : ':'}${process.env.PATH ?? ''}` });

/** Runs a command with its output shown; resolves with the exit code. */
export const run = (command, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 128));
  });

/** Runs a command quietly; resolves with code and everything that it said. */
export const capture = (command, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.stderr.on('data', (chunk) => (text += chunk));
    child.on('error', (error) => resolve({ code: 127, text: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 128, text }));
  });

const hashOf = (...files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
};

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** True when node_modules is what package-lock.json says, as far as our stamp knows. */
const installed = (stamp, wanted) => {
  if (read(stamp) === wanted) return true;
  // Installed by hand: npm's own record is newer than the lock file and has every package that we start with.
  const record = at('node_modules', '.package-lock.json');
  if (!existsSync(record) || statSync(record).mtimeMs < statSync(at('package-lock.json')).mtimeMs) return false;
  return ['fastify', 'pg', '@typescript/native', 'vite', 'vitest'].every((name) => existsSync(at('node_modules', name, 'package.json')));
};

export const ensureInstalled = async () => {
  // npm ci empties the folder that the link leads to: perhaps another checkout's, perhaps one that something runs from.
  if (lstatSync(at('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    fail(
      'node_modules 是一个链接，指向别处。安装依赖会清空它所指的文件夹，因此不启动。请删除这个链接（rm node_modules），再运行一次。',
      'node_modules is a link to another place. Installing would empty the folder it leads to, so nothing is started. Remove the link (rm node_modules) and run this again.',
    );
  }
  const stamp = at('node_modules', '.vigil-installed');
  const wanted = hashOf(at('package-lock.json'));
  if (installed(stamp, wanted)) return;
  say('正在安装依赖（npm ci），第一次需要几分钟…', 'Installing dependencies (npm ci); the first time takes some minutes…');
  const began = Date.now();
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = npm === undefined ? await capture(windows ? 'npm.cmd' : 'npm', args, { shell: windows }) : await capture(process.execPath, [npm, ...args]);
  if (done.code !== 0) {
    process.stderr.write(done.text);
    fail('npm ci 失败，原因见上。', 'npm ci failed; the reason stands above.');
  }
  writeFileSync(stamp, wanted);
  say(`依赖已安装(${Math.round((Date.now() - began) / 1000)} 秒)`, `Dependencies installed (${Math.round((Date.now() - began) / 1000)} s)`);
};

let found;
/** Path of a Node 24: the locked package's, else the machine's own. */
export const node24 = () => {
  if (found !== undefined) return found;
  const locked = at('node_modules', `node-${process.platform}-${process.arch}`, 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(locked)) return (found = locked);
  if (Number(process.versions.node.split('.')[0]) >= 24) return (found = process.execPath);
  const asked = spawnSync('node', ['--version'], { encoding: 'utf8' });
  if (asked.status === 0 && Number(/^v(\d+)/.exec(asked.stdout)?.[1]) >= 24) return (found = 'node');
  return fail(
    `这台机器(${process.platform}-${process.arch})没有随附的 Node 24，现有的是 ${process.version}。请先安装 Node 24 或更新的版本，再运行 npm start。`,
    `There is no Node 24 package for this machine (${process.platform}-${process.arch}) and its own is ${process.version}. Install Node 24 or later, then run npm start again.`,
  );
};

/** Name, size and time of every source below the folders: a few milliseconds, and any edit changes it. */
const fingerprint = (parts, skip) => {
  const hash = createHash('sha256');
  const walk = (path) => {
    const info = statSync(path, { throwIfNoEntry: false });
    if (info === undefined) return;
    if (!info.isDirectory()) return void hash.update(`${path} ${info.size} ${info.mtimeMs}\n`);
    for (const name of readdirSync(path).sort()) if (!skip(name)) walk(join(path, name));
  };
  for (const part of parts) walk(at(part));
  return hash.digest('hex');
};

const notShipped = (name) => name === 'node_modules' || name === 'testing' || /\.(test|e2e)\.tsx?$/.test(name);

/** Node packages ship compiled programs but not what stands beside the sources as data. */
const builds = [
  {
    name: 'dist/.built',
    zh: '程序',
    en: 'programs',
    sources: ['formats', 'contract', 'server/src', 'recorder', 'verify', 'simulators', 'tsconfig.base.json', 'tsconfig.build.json', 'package-lock.json'],
    output: 'dist/server/src/app/supervisor/main.js',
    // TypeScript leaves files of deleted sources behind; compiled code that nobody wrote must not run.
    clean: ['dist/formats', 'dist/contract', 'dist/server', 'dist/recorder', 'dist/verify', 'dist/simulators'],
    command: () => ['tsc', '-p', 'tsconfig.build.json'],
  },
  {
    name: 'dist/.built-data',
    zh: '制度包',
    en: 'regulation packs',
    sources: ['packs', 'scripts/copy-packs.mjs', 'package-lock.json'],
    output: 'dist/packs/catalogue.yaml.json',
    clean: ['dist/packs'],
    command: () => ['node', at('scripts/copy-packs.mjs')],
  },
  {
    name: 'dist/.built-verify-page',
    zh: '核验页',
    en: 'verifier page',
    sources: ['formats', 'verify', 'scripts/verify-page.mjs', 'tsconfig.base.json', 'package-lock.json'],
    output: 'dist/verify-page/verify.html',
    clean: ['dist/verify-page'],
    command: () => ['node', at('scripts/verify-page.mjs')],
  },
  {
    name: 'dist/.built-web',
    zh: '网页',
    en: 'pages',
    sources: ['formats', 'contract', 'web/src', 'web/public', 'web/index.html', 'web/vite.config.ts', 'web/tsconfig.json', 'tsconfig.base.json', 'package-lock.json'],
    output: 'dist/web/index.html',
    clean: [],
    command: () => ['vite', 'build', 'web', '--logLevel', 'warn', '--config', 'web/vite.config.ts'],
  },
];

const build = async (part) => {
  const stamp = at(part.name);
  const wanted = fingerprint(part.sources, notShipped);
  if (read(stamp) === wanted && existsSync(at(part.output))) return;
  const began = Date.now();
  say(`正在构建${part.zh}…`, `Building the ${part.en}…`);
  mkdirSync(at('dist'), { recursive: true });
  rmSync(stamp, { force: true });
  for (const folder of part.clean) rmSync(at(folder), { recursive: true, force: true });
  const [tool, ...args] = part.command();
  const done = await capture(join(bin, windows ? `${tool}.cmd` : tool), args, { env: toolEnvironment(), shell: windows });
  if (done.code !== 0 || !existsSync(at(part.output))) {
    process.stderr.write(done.text);
    fail(`构建${part.zh}失败，原因见上。`, `Building the ${part.en} failed; the reason stands above.`);
  }
  writeFileSync(stamp, wanted);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  say(`${part.zh}已构建(${seconds} 秒)`, `Built the ${part.en} (${seconds} s)`);
};

export const ensureBuilt = async () => {
  for (const part of builds) await build(part);
};
