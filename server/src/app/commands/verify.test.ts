import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planBundle, writeBundle } from '../../../../formats/evidence-bundle/index.ts';
import { nodeBundleCrypto } from '../../../../formats/evidence-bundle/node.ts';
import { fileOf, gather, makeSample } from '../../../../formats/evidence-bundle/testing/sample.ts';
import { encryptZip, passphraseFrom } from '../../../../formats/zip/node-aes.ts';
import { dosTimeOf } from '../../../../formats/zip/index.ts';
import { readConfig } from '../../base/config.ts';
import { Refusal } from '../../base/refusal.ts';
import { command } from './verify.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string): string => join(folder, name);
const said: string[] = [];
const run = async (...args: string[]): Promise<number> => {
  said.length = 0;
  return command.run({ args, config: readConfig({}), tell: () => undefined, line: (text) => said.push(text) });
};
const refused = async (...args: string[]): Promise<string> => run(...args).then(() => 'none', (error: unknown) => (error instanceof Refusal ? error.code : String(error)));

const passphrase = passphraseFrom(new Uint8Array(25).fill(9));
const made = makeSample({ seed: 91, verifierPage: new Uint8Array(10) });

beforeAll(async () => {
  const zip = await gather(writeBundle(nodeBundleCrypto, await planBundle(made.input), made.input).bytes);
  writeFileSync(file('honest.zip'), zip);
  const altered = Buffer.from(zip);
  altered[zip.indexOf('DY-2026-000123')]! ^= 1;
  writeFileSync(file('altered.zip'), altered);
  const sealed = await gather(encryptZip({ name: 'EV.zip', mostBytes: zip.length, bytes: (async function* () { yield await Promise.resolve(zip); })(), passphrase, salt: new Uint8Array(16), time: dosTimeOf(made.input.at, 480) }));
  writeFileSync(file('sealed.zip'), sealed);
  sealed[sealed.length >> 1]! ^= 1;
  writeFileSync(file('sealed-altered.zip'), sealed);
  writeFileSync(file('passphrase'), `${passphrase}\n`);
  writeFileSync(file('wrong'), 'AAAAA');
  writeFileSync(file('anchor.txt'), made.anchor);
  expect(fileOf(zip).sizeBytes).toBe(zip.length);
});

test('an honest package is intact, with an anchor anchored, and its exit code is 0', async () => {
  expect(await run(file('honest.zip'))).toBe(0);
  expect(said.join('\n')).toMatch(/完整，但没有独立锚点[\s\S]*未核对[\s\S]*intact, not independently anchored[\s\S]*not checked/);
  expect(await run(file('honest.zip'), '--anchor', file('anchor.txt'), '--json')).toBe(0);
  expect(JSON.parse(said.join(''))).toMatchObject({ verdict: 'intact_and_anchored', faultCount: 0 });
});

test('an altered one is named with its file, and its exit code is 1', async () => {
  expect(await run(file('altered.zip'))).toBe(1);
  expect(said.join('\n')).toMatch(/✗ 异常: 文件 data\/[^ ]+ 被改动/);
  writeFileSync(file('no.zip'), 'PK nothing');
  expect(await run(file('no.zip'))).toBe(1);
  expect(await run(file('honest.zip'), '--key', '0'.repeat(64))).toBe(1);
});

test('an encrypted one opens with the passphrase of a file, and says when it does not', async () => {
  expect(await run(file('sealed.zip'), '--passphrase-file', file('passphrase'))).toBe(0);
  expect(await run(file('sealed.zip'))).toBe(1);
  expect(said.join('\n')).toContain('需要口令');
  expect(await refused(file('sealed.zip'), '--passphrase-file', file('wrong'))).toBe('command.passphrase_wrong');
  expect(await refused(file('sealed-altered.zip'), '--passphrase-file', file('passphrase'))).toBe('command.package_sealed_altered');
});

test('a folder verifies as well, and wrong use is told', async () => {
  mkdirSync(file('out'));
  execFileSync('7z', ['x', `-o${file('out')}`, file('honest.zip')]);
  expect(await run(join(file('out'), made.input.number))).toBe(0);
  expect(await refused()).toBe('command.usage');
  expect(await refused(file('missing.zip'))).toBe('command.file_missing');
  expect(await refused(file('honest.zip'), '--nonsense')).toBe('command.usage');
});
