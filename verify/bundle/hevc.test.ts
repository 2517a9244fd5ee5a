/** An evidence package with H.265 footage: other people's tools play its film picture for picture, and the verifier takes it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { planBundle, writeBundle } from '../../formats/evidence-bundle/index.ts';
import { nodeBundleCrypto } from '../../formats/evidence-bundle/node.ts';
import { hevcFootage } from '../../formats/evidence-bundle/testing/hevc-footage.ts';
import { fileOf, gather, makeSample } from '../../formats/evidence-bundle/testing/sample.ts';
import { nodeVerifierCrypto } from './folder-node.ts';
import { verifyBundle, zipPackage } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil-hevc-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pictures = (file: string): string[] =>
  execFileSync('ffmpeg', ['-v', 'error', '-xerror', '-i', file, '-f', 'framemd5', '-'], { encoding: 'utf8' }).split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(',').at(-1)!.trim());

test('a package of H.265 footage plays elsewhere and verifies', { timeout: 60_000 }, async () => {
  const made = makeSample({ seed: 7, segments: 2, fragments: 3, footage: () => hevcFootage(6) });
  const clip = made.input.clips[0]!;
  const input = { ...made.input, clips: [{ ...clip, from: clip.segments[0]!.from + 1_000, until: clip.segments[1]!.until }] };
  const zip = await gather(writeBundle(nodeBundleCrypto, await planBundle(input), input).bytes);
  expect(await verifyBundle(nodeVerifierCrypto, await zipPackage(fileOf(zip), crc32))).toMatchObject({ verdict: 'intact_not_anchored', faultCount: 0 });
  const file = join(folder, 'package.zip');
  writeFileSync(file, zip);
  execFileSync('7z', ['x', '-y', `-o${folder}`, file], { stdio: 'ignore' });
  const films = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.mp4'));
  expect(films).toHaveLength(1);
  const film = join(folder, films[0]!);
  expect(execFileSync('ffprobe', ['-v', 'error', '-select_streams', 'v', '-show_entries', 'stream=codec_name,codec_tag_string', '-of', 'csv=p=0', film], { encoding: 'utf8' }).trim()).toBe('hevc,hvc1');
  const sources = [...made.files].flatMap(([name, bytes]) => {
    const path = join(folder, `${name}.segment`);
    writeFileSync(path, bytes);
    return pictures(path);
  });
  expect(pictures(film)).toEqual(sources.slice(25));
});
