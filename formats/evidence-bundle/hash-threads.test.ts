import { createHash, hash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encryptZip, passphraseFrom } from '../zip/node-aes.ts';
import { dosTimeOf } from '../zip/index.ts';
import { planBundle, type BundleInput, type SegmentInput } from './index.ts';
import { segmentFile, writeBundleFile } from './node.ts';
import { madeUpFootage, sampleLedger, sampleStart, segmentBytes } from './testing/sample.ts';

/** Segments of some 6 MB: more pieces than there is shared memory for, cut inside a piece at both ends. */
const count = 14;
const segmentMs = 20_000;
const bodyBytes = 24_000;
let folder: string;
let input: BundleInput;

const segment = (n: number): SegmentInput => {
  const body = Buffer.alloc(bodyBytes, n + 1);
  body.writeUInt32BE(bodyBytes - 4, 0);
  const frames = (fragment: number) => Array.from({ length: 12 }, (_, i) => ({ data: body, key: i === 0 && fragment % 2 === 0 }));
  const from = sampleStart + n * segmentMs;
  const { bytes } = segmentBytes({ ...madeUpFootage(1), frames, frameMs: 83 }, { segmentId: `seg_${n}`, cameraId: 'cam_7', from, fragments: 20 });
  const path = join(folder, `segment-${n}.mp4`);
  writeFileSync(path, bytes);
  return { segmentId: `seg_${n}`, sha256: hash('sha256', bytes), sizeBytes: bytes.length, from, until: from + segmentMs, factSeq: 3, file: segmentFile(path, bytes.length) };
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-threads-'));
  const segments = Array.from({ length: count }, (_, n) => segment(n));
  input = sampleLedger({ seed: 1, clips: [{ name: 'CAM07', cameraId: 'cam_7', label: '07', from: sampleStart + 9_000, until: sampleStart + count * segmentMs - 9_000, segments, gaps: [] }] }).input;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('hashing by threads', () => {
  test('gives the very file that is written without them, and its hash', async () => {
    const [here, there] = [join(folder, 'here.zip'), join(folder, 'there.zip')];
    const plain = await writeBundleFile(here, await planBundle(input), input, { threads: false });
    const told: number[] = [];
    const threaded = await writeBundleFile(there, await planBundle(input), input, { threads: true, progress: (bytes) => told.push(bytes) });
    expect(readFileSync(there).equals(readFileSync(here))).toBe(true);
    expect(threaded).toEqual(plain);
    expect(threaded.fileSha256).toBe(hash('sha256', readFileSync(there)));
    expect(told.at(-1)).toBe(threaded.fileBytes);
  });

  test('one altered byte of one segment is found, and no file stays', async () => {
    const [path, out] = [join(folder, `segment-${count - 2}.mp4`), join(folder, 'altered.zip')];
    const bytes = readFileSync(path);
    const at = bytes.length - 90_000;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const plan = await planBundle(input);
    for (const threads of [true, false]) await expect(writeBundleFile(out, plan, input, { threads })).rejects.toMatchObject({ fault: 'segment_altered', place: `seg_${count - 2}` });
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(existsSync(out)).toBe(false);
  });

  test('a sealed file has a hash of its own beside that of the package', async () => {
    const out = join(folder, 'sealed.zip');
    const plain = await writeBundleFile(join(folder, 'open.zip'), await planBundle(input), input, { threads: false });
    const passphrase = passphraseFrom(randomBytes(25));
    const seal = (bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
      encryptZip({ name: 'EV.zip', mostBytes: 2 ** 31, bytes, passphrase, salt: randomBytes(16), time: dosTimeOf(input.at, input.utcOffsetMinutes) });
    const sealed = await writeBundleFile(out, await planBundle(input), input, { threads: true, seal });
    expect(sealed.summary.sha256).toBe(plain.summary.sha256);
    const file = readFileSync(out);
    expect(sealed).toMatchObject({ fileBytes: file.length, fileSha256: createHash('sha256').update(file).digest('hex') });
    expect(sealed.fileSha256).not.toBe(plain.fileSha256);
  });
});
