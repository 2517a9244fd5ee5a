/** `npm start` before anything of it runs. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const scripts = join(import.meta.dirname, '..', '..', '..', '..', 'scripts');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a node_modules that is a link is refused with a sentence, and what it leads to is left alone', () => {
  const elsewhere = join(folder, 'other', 'node_modules');
  mkdirSync(elsewhere, { recursive: true });
  writeFileSync(join(elsewhere, 'kept'), '');
  const checkout = join(folder, 'checkout');
  for (const name of ['start.mjs', 'steps.mjs']) cpSync(join(scripts, name), join(checkout, 'scripts', name));
  writeFileSync(join(checkout, 'package.json'), '{}');
  writeFileSync(join(checkout, 'package-lock.json'), '{}');
  symlinkSync(elsewhere, join(checkout, 'node_modules'));
  const done = spawnSync(process.execPath, [join(checkout, 'scripts', 'start.mjs')], { encoding: 'utf8', env: { PATH: '/nowhere' } });
  expect(done.status).toBe(1);
  expect(done.stderr).toContain('node_modules 是一个链接');
  expect(done.stderr).toContain('node_modules is a link');
  expect(existsSync(join(elsewhere, 'kept'))).toBe(true);
});
