/** Other people's tools agree: the commands of docs/evidence-package.md, as they stand there, over a package with footage that decodes. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planBundle, writeBundle } from '../../formats/evidence-bundle/index.ts';
import { nodeBundleCrypto } from '../../formats/evidence-bundle/node.ts';
import { fileOf, gather, makeSample } from '../../formats/evidence-bundle/testing/sample.ts';
import { realFootage } from '../../formats/evidence-bundle/testing/real-footage.ts';
import { verifyBundle, zipPackage } from './index.ts';
import { nodeVerifierCrypto } from './folder-node.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil-tools-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const number = 'EV-2026-000123';
const docs = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'evidence-package.md'), 'utf8');
const commands = [...docs.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text = '']) => text);
const [unpack = '', digests = '', signature = '', fingerprint = '', footage = ''] = commands;
const run = (script: string): string => execFileSync('sh', ['-ec', script], { cwd: folder, encoding: 'utf8' });
const fails = (script: string): boolean => spawnSync('sh', ['-ec', script], { cwd: folder }).status !== 0;

const made = makeSample({ seed: 123, segments: 3, fragments: 3, footage: () => realFootage(9), hole: (n) => (n === 2 ? 4_000 : 0) });
let zip: Buffer;
let stated: string;

beforeAll(async () => {
  const clip = made.input.clips[0]!;
  // Fragments of one second with a key frame each: from the middle of the first segment's second to the end.
  const input = { ...made.input, number, clips: [{ ...clip, from: clip.segments[0]!.from + 1_400, until: clip.segments[2]!.until }] };
  const writing = writeBundle(nodeBundleCrypto, await planBundle(input), input);
  zip = await gather(writing.bytes);
  stated = writing.summary().fingerprint;
  writeFileSync(join(folder, `${number}.zip`), zip);
});

test('7-Zip unpacks it, sha256sum finds every digest, openssl the signature and the fingerprint', () => {
  expect(commands).toHaveLength(5);
  expect(run(unpack)).toContain('Everything is Ok');
  expect(run(digests)).not.toContain('FAILED');
  expect(run(signature)).toContain('Signature Verified Successfully');
  expect(run(fingerprint).slice(0, 64)).toBe(stated.replaceAll(' ', ''));
});

test('the film plays from its first frame to its last, with the pictures of the segments and what the camera put beside them', async () => {
  expect(run(footage)).toMatch(/codec_name=h264\nwidth=320\nheight=180\nduration=/);
  const film = join(folder, number, 'data', 'video', readdirSync(join(folder, number, 'data', 'video'))[0]!);
  const pictures = (file: string): string[] => execFileSync('ffmpeg', ['-v', 'error', '-i', file, '-f', 'framemd5', '-'], { encoding: 'utf8' }).split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(',').at(-1)!.trim());
  const sources = [...made.files].map(([name, bytes]) => {
    const path = join(folder, `${name}.mp4`);
    writeFileSync(path, bytes);
    return pictures(path);
  });
  const shown = pictures(film);
  // Eight of nine seconds: the first is before the key frame that the film begins with.
  expect(shown.filter((sum, i) => i === 0 || sum !== shown[i - 1])).toEqual(sources.flat().slice(25).filter((sum, i, all) => i === 0 || sum !== all[i - 1]));
  expect(readFileSync(film).includes('x264 - core')).toBe(readFileSync(join(folder, 'seg_7_2.mp4')).includes('x264 - core'));
  expect(readFileSync(film).includes('x264 - core')).toBe(true);
  const packets = execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', film], { encoding: 'utf8' }).trim().split('\n').map(Number.parseFloat);
  expect(packets).toHaveLength(200);
  // Second 1 of the recording is second 0 of the film; the hole of four seconds stays one.
  expect([packets[0], packets[124], packets[125]]).toEqual([0, 4.96, 9]);
});

test('and our verifier says the same', async () => {
  expect(await verifyBundle(nodeVerifierCrypto, await zipPackage(fileOf(zip), crc32))).toMatchObject({ verdict: 'intact_not_anchored', segments: 3, segmentsRecomputed: 2, faultCount: 0 });
});

test('with one byte of film or of the statement changed, these tools say so too', () => {
  const film = join(folder, number, 'data', 'video', readdirSync(join(folder, number, 'data', 'video'))[0]!);
  const bytes = readFileSync(film);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(film, bytes);
  expect(fails(digests)).toBe(true);
  const envelope = join(folder, number, 'proof', 'export.dsse.json');
  const text = readFileSync(envelope, 'utf8');
  writeFileSync(envelope, text.replace(/^(\{"payload":".{40})./, (_, start: string) => `${start}${text[start.length] === 'A' ? 'B' : 'A'}`));
  expect(fails(signature)).toBe(true);
});
