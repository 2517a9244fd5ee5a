/** Every refusal that the product can give, as declared: both languages, no code twice; docs/refusals.md is written from them (`vitest -u` renews it). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RefusalDeclaration, RefusalRegistry } from '../base/refusal.ts';
import { statusOf } from '../platform/http/refusals.ts';

const root = join(import.meta.dirname, '..', '..', '..');

const declaring = ['server/src', 'recorder', 'verify'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && readFileSync(join(root, file), 'utf8').match(/^(export )?const \w+ = declareRefusals\(/m) !== null),
);

const registryOf = (value: unknown): RefusalRegistry | null =>
  typeof value === 'function' && 'registry' in value ? (value.registry as RefusalRegistry) : null;

const all = async (): Promise<[string, RefusalDeclaration][]> => {
  const found: [string, RefusalDeclaration][] = [];
  for (const file of declaring) {
    const module: Record<string, unknown> = await import(join(root, file));
    const registries = Object.values(module).map(registryOf).filter((one) => one !== null);
    expect(registries.length, `${file} declares refusals without exporting them`).toBeGreaterThan(0);
    for (const registry of registries) found.push(...Object.entries(registry));
  }
  return found.sort(([a], [b]) => (a < b ? -1 : 1));
};

test('no code stands for two things, and each has a sentence in both languages', async () => {
  const refusals = await all();
  const codes = refusals.map(([code]) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  expect(refusals.length).toBeGreaterThan(60);
  for (const [code, { zh, en }] of refusals) {
    // A sentence that is a reason as a whole comes from the rule that gave it.
    if (zh === '{zh}' && en === '{en}') continue;
    expect(zh, code).toMatch(/[\u4e00-\u9fff]/);
    expect(en, code).not.toMatch(/[\u4e00-\u9fff]/);
    expect(en.trim(), code).not.toBe('');
  }
});

test('the page of refusals says what the program says', async () => {
  const rows = (await all()).map(([code, { kind, zh, en }]) => `| \`${code}\` | ${statusOf[kind]} | ${zh} | ${en} |`);
  const page = ['# Refusals · 拒绝', '', 'Every "no" that Vigil can say, with the HTTP status of its kind. `{…}` is filled in.', '', '| Code | Status | 中文 | English |', '|---|---|---|---|', ...rows, ''].join('\n');
  await expect(page).toMatchFileSnapshot(join(root, 'docs', 'refusals.md'));
});
