/** `npm run vigil -- <command>`: the commands of server/src/app/commands. */
import { resolve } from 'node:path';
import { ensureBuilt, ensureInstalled, node24, root, run, toolEnvironment } from './steps.mjs';

await ensureInstalled();
await ensureBuilt();
const here = process.env.INIT_CWD ?? process.cwd();
const env = { ...toolEnvironment(), VIGIL_DATA: resolve(here, process.env.VIGIL_DATA ?? resolve(root, 'data')) };
// The command has the terminal; a Ctrl-C is for it alone.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
process.exitCode = await run(node24(), [resolve(root, 'dist/server/src/app/commands/vigil.js'), ...process.argv.slice(2)], { env, cwd: here });
