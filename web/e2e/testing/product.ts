/** The product as a person meets it: started by the supervisor from what `npm start` builds, in an empty data folder, seen in real Chromium. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const root = join(import.meta.dirname, '..', '..', '..');
const compiled = join(root, 'dist', 'server', 'src', 'app');

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

export interface Account {
  account: string;
  password: string;
  title: string;
}

export interface Product {
  address: string;
  dataFolder: string;
  /** Everything that the terminal showed. */
  terminal(): string;
  /** People of the demonstration by the words after their name, e.g. "duty operator". */
  people: ReadonlyMap<string, Account>;
  /** `npm run vigil -- …` without npm: exit code and what was said. */
  vigil(...args: string[]): { code: number; said: string };
  pidOf(name: 'server' | 'recorder' | 'simulators'): number | null;
  stop(): Promise<number | null>;
}

const until = async <T>(what: string, look: () => T | null | false | Promise<T | null | false>, limitMs = 60_000): Promise<T> => {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== false) return seen;
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
export { until };

const readPeople = (terminal: string): Map<string, Account> => {
  const people = new Map<string, Account>();
  for (const match of terminal.matchAll(/^ {2}(\S+) {2}(\S+) {2}\S+ · \S+ · (.+)$/gm)) {
    const [, account = '', password = '', title = ''] = match;
    people.set(title, { account, password, title });
  }
  return people;
};

/** The data folder, and the database's own place when it runs under another account. */
const removeRoom = (dataFolder: string): void => {
  const place = join(dataFolder, 'postgres-place.json');
  if (existsSync(place)) {
    const { home } = JSON.parse(readFileSync(place, 'utf8')) as { home?: unknown };
    if (typeof home === 'string') rmSync(home, { recursive: true, force: true });
  }
  rmSync(dataFolder, { recursive: true, force: true });
};

/** What the server logged as an error, and the transactions that began again: a test that failed is understood by it. */
const troubleIn = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line.includes('"level":50') || line.includes('begins again')).slice(0, 20) : [];

export const startProduct = async (options: { demonstration: boolean; dataFolder?: string; allowLocalCameras?: boolean }): Promise<Product> => {
  if (!existsSync(join(compiled, 'supervisor', 'main.js')) || !existsSync(join(root, 'dist', 'web', 'index.html'))) {
    throw new Error('dist/ is missing: npm test builds it first');
  }
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
  const port = await freePort();
  const env = { ...process.env, NODE_ENV: 'production', PORT: String(port), VIGIL_DATA: dataFolder, ...(options.demonstration ? { VIGIL_DEMO: '1' } : {}), ...(options.allowLocalCameras === true ? { VIGIL_ALLOW_LOCAL_CAMERAS: '1' } : {}) };
  delete (env as Record<string, string | undefined>)['VITEST'];
  const child: ChildProcess = spawn(process.execPath, [join(compiled, 'supervisor', 'main.js')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const address = `http://localhost:${port}`;
  await until(
    'the address line',
    () => {
      if (child.exitCode !== null) throw new Error(`the product ended: ${said}`);
      return said.includes(`值守 Vigil  ${address}`);
    },
    90_000,
  );
  const isOurs = (pid: number, entry: string): boolean => {
    const shown = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
    return shown.includes(entry) && (entry !== 'recorder/main.js' || shown.includes(dataFolder));
  };
  return {
    address,
    dataFolder,
    terminal: () => said,
    people: readPeople(said),
    vigil: (...args) => {
      const done = spawnSync(process.execPath, [join(compiled, 'commands', 'vigil.js'), ...args], { env, encoding: 'utf8' });
      return { code: done.status ?? -1, said: `${done.stdout}${done.stderr}` };
    },
    pidOf: (name) => {
      const entry = { server: 'app/main.js', recorder: 'recorder/main.js', simulators: 'simulators/camera/main.js' }[name];
      const children = spawnSync('ps', ['-o', 'pid=', '--ppid', String(child.pid)], { encoding: 'utf8' }).stdout.trim().split(/\s+/).map(Number);
      return children.find((pid) => isOurs(pid, entry)) ?? null;
    },
    stop: async () => {
      const over = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
      if (child.exitCode === null) child.kill('SIGTERM');
      const code = child.exitCode ?? (await over);
      for (const line of troubleIn(join(dataFolder, 'logs', 'server.log'))) process.stdout.write(`server.log: ${line}\n`);
      if (options.dataFolder === undefined) removeRoom(dataFolder);
      return code;
    },
  };
};

const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

export const openBrowser = (): Promise<Browser> => {
  if (chromiumPath === undefined) throw new Error('Chromium is missing: npm test installs it');
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
};

export interface Window {
  context: BrowserContext;
  page: Page;
  /** What went wrong in the page; the test ends by looking at it. */
  faults: string[];
}

export const openWindow = async (browser: Browser, options: { width?: number; height?: number; dark?: boolean; locale?: string } = {}): Promise<Window> => {
  const { width = 1920, height = 1080, dark = true, locale = 'zh-CN' } = options;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', locale, timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text());
  });
  return { context, page, faults };
};

/** Signs in by the form, as a person does. */
export const signInBy = async (page: Page, product: Product, title: string): Promise<void> => {
  const person = product.people.get(title);
  if (person === undefined) throw new Error(`nobody is ${title}`);
  await page.goto(product.address);
  await page.getByLabel(/账号|Account/).fill(person.account);
  await page.getByLabel(/^(密码|Password)$/).fill(person.password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
};
