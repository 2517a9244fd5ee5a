/** `npm run bench -- <name> [options]`: runs bench/<name>.ts under Node 24; without a name it lists them. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, fail, node24, root, run, toolEnvironment } from './steps.mjs';

const [name, ...args] = process.argv.slice(2);
const folder = join(root, 'bench');
const names = readdirSync(folder).filter((file) => /^[a-z0-9-]+\.ts$/.test(file)).map((file) => file.slice(0, -'.ts'.length));
if (name === undefined || !names.includes(name)) fail(`请选择一个基准：${names.join('、')}`, `Name a bench: ${names.join(', ')}`);
if (!existsSync(join(root, 'node_modules'))) await ensureInstalled();
await ensureBuilt();
process.exitCode = await run(node24(), [join(folder, `${name}.ts`), ...args], { env: toolEnvironment() });
