/** `npm run dev`: the room from its sources by type stripping, and the pages by vite with hot replacement on http://localhost:8481. */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { ensureInstalled, node24, root, say, toolEnvironment } from './steps.mjs';

await ensureInstalled();
const env = { ...toolEnvironment(), VIGIL_DATA: resolve(root, process.env.VIGIL_DATA ?? 'data'), VIGIL_ALLOW_LOCAL_CAMERAS: process.env.VIGIL_ALLOW_LOCAL_CAMERAS ?? '1' };
say('开发模式：改动服务器代码后按 Ctrl-C 重新启动；网页在 http://localhost:8481 即时更新。', 'Development: restart after changes of server code; pages update themselves on http://localhost:8481.');
const room = spawn(node24(), [join(root, 'server/src/app/supervisor/main.ts')], { cwd: root, env, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
const pages = spawn(node24(), [join(root, 'node_modules/vite/bin/vite.js'), 'web', '--config', 'web/vite.config.ts', '--clearScreen', 'false'], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
const stop = (signal) => {
  pages.kill('SIGTERM');
  room.kill(signal);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal === 'SIGHUP' ? 'SIGTERM' : signal));
pages.on('exit', () => undefined);
room.on('exit', (code) => {
  pages.kill('SIGTERM');
  process.exitCode = code ?? 1;
});
