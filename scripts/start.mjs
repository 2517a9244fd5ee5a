/** `npm start`, `npm run demo`: installs and builds what is needed, then hands over to the supervisor under Node 24 and waits for it. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { ensureBuilt, ensureInstalled, fail, node24, root } from './steps.mjs';

const demonstration = process.argv.includes('--demo');
const unknown = process.argv.slice(2).find((word) => word !== '--demo');
if (unknown !== undefined) fail(`不认识的参数：${unknown}`, `Unknown option: ${unknown}`);
if (Number(process.versions.node.split('.')[0]) < 20) fail(`需要 Node 20 或更新的版本，现有的是 ${process.version}。`, `Node 20 or later is needed; this is ${process.version}.`);

await ensureInstalled();
await ensureBuilt();

const env = {
  ...process.env,
  // Compiled code is kept, which halves the start of the server.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? resolve(root, 'dist', '.compile-cache'),
  VIGIL_DATA: resolve(process.env.INIT_CWD ?? process.cwd(), process.env.VIGIL_DATA ?? resolve(root, demonstration ? 'data-demo' : 'data')),
  ...(demonstration ? { VIGIL_DEMO: '1' } : {}),
};
delete env.NODE_OPTIONS;

// A group of its own: a Ctrl-C reaches it once, from us, and the IPC channel tells it when we are killed.
const supervisor = spawn(node24(), [resolve(root, 'dist/server/src/app/supervisor/main.js')], { cwd: root, env, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
supervisor.on('error', (error) => fail(`无法启动：${error.message}`, `Cannot start: ${error.message}`));
supervisor.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => supervisor.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));

// npm or its shell may be killed without passing that on; then we belong to somebody else.
if (process.env.npm_lifecycle_event !== undefined && process.platform !== 'win32') {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) supervisor.kill('SIGTERM');
  }, 1_000).unref();
}
