import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { planBundle, writeBundle, type BundleInput } from '../../formats/evidence-bundle/index.ts';
import { nodeBundleCrypto } from '../../formats/evidence-bundle/node.ts';
import { fileOf, gather, makeSample, seeded, type SampleOptions } from '../../formats/evidence-bundle/testing/sample.ts';
import { createSha256, pureCrypto } from '../../formats/pure-crypto/index.ts';
import { dosTimeOf, openZip, ZipWriter } from '../../formats/zip/index.ts';
import { tellBundle, verifyBundle, zipPackage, type VerifyBundleOptions } from './index.ts';
import { folderPackage, nodeVerifierCrypto } from './folder-node.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil-verify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pack = async (input: BundleInput): Promise<Buffer> => gather(writeBundle(nodeBundleCrypto, await planBundle(input), input).bytes);
const sample = async (options: SampleOptions) => {
  const made = makeSample(options);
  return { ...made, zip: await pack(made.input) };
};
const verify = async (zip: Uint8Array, options: VerifyBundleOptions = {}) => verifyBundle(nodeVerifierCrypto, await zipPackage(fileOf(zip), crc32), options);

/** The package taken apart, changed, and packed again by the book: what a careful forger without the key does. */
const repacked = async (zip: Buffer, change: (files: Map<string, Buffer>) => void): Promise<Buffer> => {
  const archive = await openZip(fileOf(zip), crc32);
  const files = new Map<string, Buffer>();
  for (const entry of archive.entries) files.set(entry.name, await gather(archive.read(entry)));
  change(files);
  const out = new ZipWriter({ crc32, time: archive.time });
  const parts: Uint8Array[] = [];
  for (const [name, bytes] of files) {
    const entry = archive.entries.find((one) => one.name === name);
    if (entry?.streamed === true) {
      for await (const part of out.streamed(name, bytes.length, (async function* () { yield await Promise.resolve(bytes); })())) parts.push(Uint8Array.from(part));
    } else parts.push(...out.whole(name, bytes));
  }
  return Buffer.concat([...parts, out.end()]);
};

describe('an honest package', () => {
  test('is intact; with an anchor that somebody kept, anchored; what was not checked is said', async () => {
    const made = makeSample({ seed: 21, cameras: 2, segments: 4, hole: (n) => (n === 2 ? 3_000 : 0) });
    const { anchor } = made;
    const input = { ...made.input, clips: made.input.clips.map((clip) => ({ ...clip, from: clip.segments[0]!.from + 2_500 })) };
    const zip = await pack(input);
    const plain = await verify(zip);
    expect(plain).toMatchObject({ verdict: 'intact_not_anchored', faultCount: 0, number: input.number, segments: 8 });
    expect(plain.segmentsRecomputed).toBeGreaterThanOrEqual(4);
    expect(plain.unchecked.map(({ en }) => en).join(' ')).toMatch(/compare its fingerprint.*in part only.*no outside anchor/);
    for (const anchors of [anchor, input.checkpoint, `${anchor}\n${input.checkpoint}`]) expect((await verify(zip, { anchors })).verdict).toBe('intact_and_anchored');
    expect((await verify(zip, { trustedKeys: [plain.fingerprint!] })).verdict).toBe('intact_not_anchored');
    expect(await verify(zip, { trustedKeys: ['00'.repeat(32)] })).toMatchObject({ verdict: 'altered_or_incomplete', findings: [{ code: 'key_not_trusted' }] });
    expect(tellBundle(plain, 'zh')).toContain('完整，但没有独立锚点');
    expect(tellBundle(plain, 'en')).toContain('camera lost');
  });

  test('a thousand of them give no false alarm, by either set of hashes', async () => {
    for (let seed = 0; seed < 1_000; seed += 1) {
      const random = seeded(seed);
      const { zip, anchor } = await sample({ seed, cameras: 1 + random(2), segments: 1 + random(4), fragments: 2 + random(5), hole: (n) => (random(3) === 0 ? n * random(4_000) : 0) });
      const report = await verify(zip, { anchors: anchor });
      expect(report, `seed ${seed}: ${JSON.stringify(report.findings)}`).toMatchObject({ verdict: 'intact_and_anchored', findings: [] });
      if (seed % 100 === 0) expect(await verifyBundle({ ...pureCrypto, createSha256 }, await zipPackage(fileOf(zip), crc32), { anchors: anchor })).toEqual(report);
    }
  }, 240_000);

  test('unpacked by 7-Zip it verifies as a folder, and says that the ZIP was not looked at', async () => {
    const { zip, input } = await sample({ seed: 22 });
    writeFileSync(join(folder, 'a.zip'), zip);
    execFileSync('7z', ['x', `-o${folder}`, join(folder, 'a.zip')]);
    const report = await verifyBundle(nodeVerifierCrypto, await folderPackage(join(folder, input.number)));
    expect(report).toMatchObject({ verdict: 'intact_not_anchored', faultCount: 0 });
    expect(report.unchecked.map(({ en }) => en).join()).toContain('a folder was verified');
    writeFileSync(join(folder, input.number, 'data', 'extra.txt'), 'x');
    expect((await verifyBundle(nodeVerifierCrypto, await folderPackage(join(folder, input.number)))).findings.map(({ code }) => code)).toContain('file_added');
  });
});

describe('an altered package', () => {
  test('whichever byte was changed, it is found', async () => {
    // Every single byte of a package of some 22 kB, each of its files, records of the ZIP and signatures included.
    const { zip } = await sample({ seed: 23, segments: 1, fragments: 1 });
    const unseen: number[] = [];
    for (let at = 0; at < zip.length; at += 1) {
      const other = Buffer.from(zip);
      other[at]! ^= 1 << (at % 8);
      if ((await verify(other)).verdict !== 'altered_or_incomplete') unseen.push(at);
    }
    expect(unseen).toEqual([]);
  }, 480_000);

  test('each file changed, removed, emptied, cut, swapped or added by a careful forger is found and named', async () => {
    const { zip } = await sample({ seed: 24, cameras: 2 });
    const names = (await openZip(fileOf(zip), crc32)).entries.map(({ name }) => name);
    const inside = (name: string): string => name.slice(name.indexOf('/') + 1);
    for (const name of names) {
      const changes: Record<string, (files: Map<string, Buffer>) => void> = {
        flipped: (files) => {
          const bytes = Buffer.from(files.get(name)!);
          if (bytes.length === 0) files.set(name, Buffer.from(' '));
          else bytes[bytes.length >> 1]! ^= 1;
          if (bytes.length > 0) files.set(name, bytes);
        },
        removed: (files) => files.delete(name),
        longer: (files) => files.set(name, Buffer.concat([files.get(name)!, Buffer.from('\n')])),
        cut: (files) => files.set(name, files.get(name)!.length === 0 ? Buffer.from('x') : files.get(name)!.subarray(0, -1)),
      };
      for (const [how, change] of Object.entries(changes)) {
        const report = await verify(await repacked(zip, change));
        expect(report.verdict, `${name} ${how}`).toBe('altered_or_incomplete');
        // The lists and the envelope are found by what they are compared with; every other file is named itself.
        if (inside(name) !== 'proof/export.dsse.json') expect(report.findings.map(({ place }) => place).join(), `${name} ${how}`).toContain(inside(name));
      }
    }
    const swapped = await repacked(zip, (files) => {
      const [one, two] = names.filter((name) => name.endsWith('.mp4'));
      const first = files.get(one!)!;
      files.set(one!, files.get(two!)!);
      files.set(two!, first);
    });
    expect((await verify(swapped)).findings.filter(({ code }) => code === 'file_altered')).toHaveLength(2);
    expect((await verify(await repacked(zip, (files) => files.set(`${names[0]!.split('/')[0]!}/data/records/more.json`, Buffer.from('{}'))))).findings.map(({ code }) => code)).toContain('file_added');
  });

  test('cut off anywhere, or with something behind it, it is no package', async () => {
    const { zip } = await sample({ seed: 25 });
    for (let n = 1; n < 20; n += 1) expect((await verify(zip.subarray(0, Math.floor((zip.length * n) / 20)))).verdict).toBe('altered_or_incomplete');
    expect((await verify(Buffer.concat([zip, zip]))).findings[0]!.code).toBe('container');
    expect((await verify(Buffer.alloc(0))).verdict).toBe('altered_or_incomplete');
  });

  test('packed anew by the book and otherwise untouched, its content holds', async () => {
    const { zip } = await sample({ seed: 26 });
    expect((await repacked(zip, () => undefined)).equals(zip)).toBe(true);
    const archive = await openZip(fileOf(zip), crc32);
    expect(archive.time).toEqual(dosTimeOf((await verify(zip)).exportedAt!, 480));
  });
});

describe('a liar with the key', () => {
  const altered = async (seed: number, change: (input: BundleInput) => BundleInput, written: (zip: Buffer) => Buffer = (zip) => zip) => {
    const made = makeSample({ seed, segments: 3, hole: (n) => (n === 1 ? 4_000 : 0) });
    return verify(written(await pack(change(made.input))), { anchors: made.anchor });
  };

  test('cannot export another ledger than the one that was anchored', async () => {
    const [one, two] = [makeSample({ seed: 31 }), makeSample({ seed: 32 })];
    const report = await verify(await pack(one.input), { anchors: two.anchor });
    expect(report).toMatchObject({ verdict: 'altered_or_incomplete' });
    expect(report.findings.map(({ code }) => code)).toContain('anchor_contradicts');
    const foreign = two.anchor.replaceAll('vigil/site_06f2q3golden', 'vigil/site_other');
    expect((await verify(await pack(one.input), { anchors: foreign })).findings.map(({ code }) => code)).toEqual(['anchor_foreign']);
    const unlinked = makeSample({ seed: 31, cameras: 2 });
    expect((await verify(await pack(one.input), { anchors: unlinked.input.checkpoint })).findings[0]!.code).toMatch(/anchor_(unlinked|contradicts)/);
  });

  test('cannot name a checkpoint, a proof or an older head that does not belong', async () => {
    const other = makeSample({ seed: 34 }).input;
    expect((await altered(33, (input) => ({ ...input, checkpoint: other.checkpoint }))).findings.map(({ code }) => code)).toContain('fact');
    expect((await altered(33, (input) => ({ ...input, anchors: other.anchors! }))).findings.map(({ code }) => code)).toContain('anchor_list');
    expect((await altered(33, (input) => ({ ...input, facts: input.facts.map((fact) => ({ ...fact, proof: other.facts[0]!.proof })) }))).findings.map(({ code }) => code)).toContain('fact');
  });

  test('cannot move footage to another time, another camera or another picture than the ledger has', async () => {
    const moved = await altered(35, (input) => ({ ...input, clips: input.clips.map((clip) => ({ ...clip, segments: clip.segments.map((s) => ({ ...s, from: s.from + 60_000, until: s.until + 60_000 })), from: clip.from + 60_000, until: clip.until + 60_000 })) }));
    expect(moved.findings.map(({ code }) => code)).toContain('segment_unlisted');
    const renamed = await altered(36, (input) => ({ ...input, clips: input.clips.map((clip) => ({ ...clip, cameraId: 'cam_other' })) }));
    expect(renamed.findings.map(({ code }) => code)).toContain('segment_unlisted');
  });
});
