/** Golden package: written once and kept. Today's writer still writes it, today's verifiers in both languages still read it, and agree on every alteration. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { planBundle, writeBundle } from '../../formats/evidence-bundle/index.ts';
import { nodeBundleCrypto } from '../../formats/evidence-bundle/node.ts';
import { fileOf, gather, goldenOptions, makeSample } from '../../formats/evidence-bundle/testing/sample.ts';
import { openZip } from '../../formats/zip/index.ts';
import { nodeVerifierCrypto } from './folder-node.ts';
import { verifyBundle, zipPackage } from './index.ts';

const root = join(import.meta.dirname, '..', '..');
const file = join(root, 'formats', 'evidence-bundle', 'golden', 'EV-2026-000777.zip');
const golden = readFileSync(file);
const folder = mkdtempSync(join(tmpdir(), 'vigil-golden-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Said {
  verdict: string;
  segmentsRecomputed: number;
  findings: { what: string; place: string }[];
}
const python = (paths: readonly string[], ...more: string[]): Said[] => {
  const script = join(root, 'verify', 'python', 'vigil_verify.py');
  // Exit code 1 says that one of them was altered: what was found stands in the output all the same.
  const text = execFileSync('sh', ['-c', 'python3 -B "$@" || test $? -eq 1', 'sh', script, '--json', ...more, ...paths], { encoding: 'utf8' });
  return text.trim().split('\n').map((line): Said => JSON.parse(line));
};
const ours = async (zip: Uint8Array, anchors = '') => verifyBundle(nodeVerifierCrypto, await zipPackage(fileOf(zip), crc32), { anchors });

test('the writer still writes it, byte for byte', async () => {
  const { input } = makeSample(goldenOptions);
  expect((await gather(writeBundle(nodeBundleCrypto, await planBundle(input), input).bytes)).equals(golden)).toBe(true);
});

test('both verifiers call it intact, and anchored with the anchor; both find the same hashes again', async () => {
  const { anchor } = makeSample(goldenOptions);
  writeFileSync(join(folder, 'anchor.txt'), anchor);
  const report = await ours(golden);
  expect(report).toMatchObject({ verdict: 'intact_not_anchored', findings: [], segments: 6 });
  expect(python([file])).toMatchObject([{ verdict: 'intact_not_anchored', findings: [], segmentsRecomputed: report.segmentsRecomputed, segments: 6, fingerprint: report.fingerprint }]);
  expect((await ours(golden, anchor)).verdict).toBe('intact_and_anchored');
  expect(python([file], '--anchor', join(folder, 'anchor.txt'), '--key', report.fingerprint!)[0]!.verdict).toBe('intact_and_anchored');
  expect(python([file], '--key', '0'.repeat(64))[0]!.verdict).toBe('altered_or_incomplete');
});

test('a byte of every record and of every file changed, the end cut off, something added: both find it', async () => {
  const { entries } = await openZip(fileOf(golden), crc32);
  const places = entries.flatMap(({ offset, contentAt, sizeBytes }) => [offset + 6, offset + 11, ...(sizeBytes === 0 ? [] : [contentAt, contentAt + (sizeBytes >> 1), contentAt + sizeBytes - 1])]);
  const directory = golden.lastIndexOf('PK\u0001\u0002');
  for (let at = directory; at < golden.length; at += 7) places.push(at);
  const paths = places.map((at) => {
    const other = Buffer.from(golden);
    other[at]! ^= 4;
    const path = join(folder, `${at}.zip`);
    writeFileSync(path, other);
    return path;
  });
  const cut = join(folder, 'cut.zip');
  writeFileSync(cut, golden.subarray(0, -30));
  const added = join(folder, 'added.zip');
  writeFileSync(added, Buffer.concat([golden, Buffer.from('more')]));
  paths.push(cut, added);
  const said = python(paths);
  expect(said).toHaveLength(paths.length);
  for (const [i, path] of paths.entries()) {
    expect(said[i]!.verdict, path).toBe('altered_or_incomplete');
    expect((await ours(readFileSync(path))).verdict, path).toBe('altered_or_incomplete');
  }
}, 240_000);
