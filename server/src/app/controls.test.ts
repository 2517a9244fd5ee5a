/** Controls, tests and clauses speak of the same things: no test proves what no regulation asks, no control serves a clause that does not exist. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPackClauses, readReasons } from '../oversight/compliance/index.ts';
import { allControls } from './controls.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const packs = join(root, 'packs');
const pairs = new Set(readPackClauses(packs).flatMap(({ id, capabilities }) => capabilities.map((key) => `${id} ${key}`)));

const folders = ['formats', 'contract', 'server', 'recorder', 'verify', 'simulators', 'bench', 'web/src', 'web/e2e'];
const testFiles = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => /\.(test|e2e)\.tsx?$/.test(file) && !file.includes('node_modules')),
);
/** Titles that begin with a bracket: `test('[SEC-4.4 ACCOUNT] …'`, also of test.each and of template texts. */
const bracketTitles = testFiles.flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/\b(?:test|it|prop)\b[^\n]{0,200}?\(\s*(['"`])(\[[A-Z0-9][^\n]*?)\1/g)].map((match) => ({ file, title: match[2] ?? '' })),
);

describe('names of clauses', () => {
  test('every test that names a clause names one clause and one capability that serves it', () => {
    const wrong = bracketTitles.filter(({ title }) => {
      const [, pair] = /^\[([A-Z0-9]{3}-[A-Z0-9.]+ [A-Z]+)\] \S/.exec(title) ?? [];
      const [, rest = ''] = /^\[[^\]]*\](.*)$/.exec(title) ?? [];
      return pair === undefined || !pairs.has(pair) || /\[[A-Z0-9]{3}-/.test(rest);
    });
    expect(wrong).toEqual([]);
    expect(bracketTitles.length).toBeGreaterThan(20);
  });

  test('every control serves clauses by capabilities that the packs name, and each name stands for one control', () => {
    expect(allControls.flatMap(({ name, pairs: held }) => held.filter((pair) => !pairs.has(pair)).map((pair) => `${name}: ${pair}`))).toEqual([]);
    const names = allControls.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('every control is proven by a test of one of its pairs', () => {
    const tested = new Set(bracketTitles.map(({ title }) => title.slice(1, title.indexOf(']'))));
    expect(allControls.filter((control) => !control.pairs.some((pair) => tested.has(pair))).map(({ name }) => name)).toEqual([]);
  });

  test('every reason is about a pair that exists', () => {
    expect([...readReasons(packs).keys()].filter((pair) => !pairs.has(pair))).toEqual([]);
  });
});
