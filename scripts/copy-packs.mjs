/** Part of the build: the packs as JSON in dist/, which the server reads faster than YAML. Run after the programs are built. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { copyAsJson } from '../dist/server/src/platform/data-file.js';

const packs = join(import.meta.dirname, '..', 'packs');
for (const file of readdirSync(packs, { recursive: true, encoding: 'utf8' })) if (file.endsWith('.yaml')) copyAsJson(join(packs, file));
