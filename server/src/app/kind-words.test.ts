/** The ledger's filter names each kind of fact by a short word (web/src/features/ledger/kinds.*.ts): none may be missing or left over. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allEvents } from './wire.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'web', 'src', 'features', 'ledger');
const wordsIn = (file: string): Map<string, string> => new Map([...readFileSync(join(folder, file), 'utf8').matchAll(/^ {2}'([\w-]+)': '([^']+)',$/gm)].map(([, kind = '', word = '']) => [kind.replace('-', '.'), word]));

test.each(['kinds.zh-CN.ts', 'kinds.en.ts'])('%s has one short word of its own for every kind of fact', (file) => {
  const words = wordsIn(file);
  expect([...words.keys()].sort()).toEqual([...new Set(allEvents.map(({ kind }) => kind))].sort());
  const texts = [...words.values()];
  expect(texts.filter((word, index) => texts.indexOf(word) !== index)).toEqual([]);
  expect(texts.filter((word) => word.length > 32)).toEqual([]);
});
