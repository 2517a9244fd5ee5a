import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseInit, readExportNote, scanSegment } from '../fmp4/index.ts';
import { crc32, openZip } from '../zip/index.ts';
import { BundleError, localTime, parseEnvelope, parseStatement, planBundle, uncovered, writeBundle, type BundleInput } from './index.ts';
import { nodeBundleCrypto, segmentFile, writeBundleFile, writeToFile } from './node.ts';
import { fileOf, gather, makeSample, sampleStart } from './testing/sample.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = async (input: BundleInput) => {
  const plan = await planBundle(input);
  const writing = writeBundle(nodeBundleCrypto, plan, input);
  const zip = await gather(writing.bytes);
  return { zip, summary: writing.summary() };
};
const filesOf = async (zip: Buffer): Promise<Map<string, Buffer>> => {
  const archive = await openZip(fileOf(zip), crc32);
  const files = new Map<string, Buffer>();
  for (const entry of archive.entries) files.set(entry.name.slice(entry.name.indexOf('/') + 1), await gather(archive.read(entry)));
  return files;
};
const faultOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'none', (error: unknown) => (error instanceof BundleError ? error.fault : String(error)));

describe('a package', () => {
  test('has the files of a bag, each in its lists, and says its own size and hash', async () => {
    const { zip, summary } = await write(makeSample({ seed: 1, cameras: 2 }).input);
    expect(summary).toMatchObject({ sizeBytes: zip.length, sha256: hash('sha256', zip) });
    const files = await filesOf(zip);
    expect([...files.keys()]).toEqual(summary.files.map(({ path }) => path));
    expect([...files.keys()]).toEqual(expect.arrayContaining(['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'tagmanifest-sha256.txt', 'data/records/gaps.json', 'data/report/说明书.html', 'proof/export.dsse.json', 'custody/custody.jsonl', 'verify.html', 'README.zh-CN.txt']));
    for (const { path, sha256 } of summary.files) expect(hash('sha256', files.get(path)!)).toBe(sha256);
    const payload = [...files.keys()].filter((path) => path.startsWith('data/'));
    expect(files.get('bag-info.txt')!.toString()).toContain(`Payload-Oxum: ${payload.reduce((sum, path) => sum + files.get(path)!.length, 0)}.${payload.length}\n`);
    const statement = parseStatement(Buffer.from(parseEnvelope(files.get('proof/export.dsse.json')!.toString())!.payload).toString())!;
    expect(statement.subject.map(({ path }) => path).toSorted()).toEqual([...files.keys()].filter((path) => !['proof/export.dsse.json', 'tagmanifest-sha256.txt'].includes(path)).toSorted());
  });

  test('the same input gives the same bytes', async () => {
    const [one, two] = [await write(makeSample({ seed: 5 }).input), await write(makeSample({ seed: 5 }).input)];
    expect(one.summary.sha256).toBe(two.summary.sha256);
  });

  test('segments are files as well as bytes, and the package goes to a file', async () => {
    const { input, files } = makeSample({ seed: 6 });
    const clips = input.clips.map((clip) => ({
      ...clip,
      segments: clip.segments.map((segment) => {
        const path = join(folder, segment.segmentId);
        writeFileSync(path, files.get(segment.segmentId)!);
        return { ...segment, file: segmentFile(path, segment.sizeBytes) };
      }),
    }));
    const plan = await planBundle(input);
    const path = join(folder, 'a.zip');
    await writeToFile(path, writeBundle(nodeBundleCrypto, await planBundle({ ...input, clips }), { ...input, clips }).bytes);
    expect(readFileSync(path).equals(await gather(writeBundle(nodeBundleCrypto, plan, input).bytes))).toBe(true);
    await expect(writeToFile(path, gatherNothing())).rejects.toThrow('EEXIST');
    const other = join(folder, 'b.zip');
    const written = await writeBundleFile(other, plan, input);
    expect(readFileSync(other).equals(readFileSync(path))).toBe(true);
    expect(written).toMatchObject({ fileSha256: hash('sha256', readFileSync(other)), fileBytes: readFileSync(other).length, summary: { sha256: hash('sha256', readFileSync(other)) } });
    const altered = { ...input, facts: [] };
    await expect(writeBundleFile(join(folder, 'c.zip'), plan, altered)).rejects.toThrow('fact_missing');
    const late = { ...input, signer: { ...input.signer, sign: () => Promise.reject(new Error('the key is away')) } };
    await expect(writeBundleFile(join(folder, 'c.zip'), plan, late)).rejects.toThrow('the key is away');
    expect(existsSync(join(folder, 'c.zip'))).toBe(false);
  });
});

// oxlint-disable-next-line require-yield -- a stream of nothing
async function* gatherNothing(): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
}

describe('a clip', () => {
  test('is fragments of its segments on one timeline: lead-in, holes and what was asked for are all said', async () => {
    const { input } = makeSample({ seed: 2, segments: 3, fragments: 6, hole: (n) => (n === 2 ? 5_000 : 0) });
    const clip = input.clips[0]!;
    const asked = { ...input, clips: [{ ...clip, from: sampleStart + 2_500, until: clip.segments[2]!.until - 1_500 }] };
    const { zip, summary } = await write(asked);
    const stated = summary.clips[0]!;
    // Fragments of one second, a key frame in every other: the film begins at second 2 and ends with the fragment that is needed.
    expect(stated).toMatchObject({ leadInMs: 500, contained: { from: sampleStart + 2_000, until: clip.segments[2]!.until - 1_000 }, tailMs: 500 });
    expect(stated.gaps).toEqual([{ from: clip.segments[1]!.until, until: clip.segments[2]!.from, reason: '摄像机断线 camera lost' }]);
    expect(stated.segments.map(({ whole }) => whole)).toEqual([false, true, false]);
    const film = (await filesOf(zip)).get(stated.file!)!;
    const scan = await scanSegment(fileOf(film));
    expect(scan.tail).toBe('index');
    expect(scan.fragments.map(({ sequence }) => sequence)).toEqual(scan.fragments.map((_, i) => i + 1));
    for (const fragment of scan.fragments) expect(Math.round(fragment.decodeTicks / 90)).toBe(Math.round(fragment.at! - stated.contained!.from));
    expect(readExportNote(film)).toMatchObject({ startAt: stated.contained!.from, sourceName: clip.label, unitName: '示范监控室', operator: '值班员 林晓', exportedAt: input.at });
    expect(parseInit(film)!.track).toMatchObject({ width: 320, height: 180 });
  });

  test('a camera that recorded nothing is stated with its hole, and a change of picture begins another file', async () => {
    const { input } = makeSample({ seed: 3, cameras: 2 });
    const [one, two] = input.clips;
    const none = await write({ ...input, clips: [one!, { ...two!, from: sampleStart - 60_000, until: sampleStart - 30_000 }] });
    expect(none.summary.clips[1]).toMatchObject({ file: null, contained: null, gaps: [{ from: sampleStart - 60_000, until: sampleStart - 30_000 }] });
    const other = makeSample({ seed: 3, footage: () => ({ ...makeFootage(), width: 640 }) }).input.clips[0]!.segments.map((segment, i) => ({ ...segment, segmentId: two!.segments[i]!.segmentId, factSeq: 5 }));
    const mixed = { ...one!, segments: [one!.segments[0]!, other[1]!, one!.segments[2]!] };
    const plan = await planBundle({ ...input, clips: [mixed] });
    expect(plan.clips.map(({ path }) => path)).toEqual([expect.stringMatching(/CAM07_.*\.mp4$/), expect.stringMatching(/_2\.mp4$/), expect.stringMatching(/_3\.mp4$/)]);
    expect(await faultOf(planBundle({ ...input, clips: [{ ...one!, from: 0, until: 1 }] }))).toBe('nothing_to_export');
  });

  test('footage that is not what the ledger says goes into no package', async () => {
    const { input, files } = makeSample({ seed: 4 });
    const clip = input.clips[0]!;
    for (const at of [10, 700, files.get('seg_7_2')!.length - 1]) {
      const bytes = files.get('seg_7_2')!.slice();
      bytes[at]! ^= 1;
      const altered = { ...input, clips: [{ ...clip, segments: clip.segments.map((s) => (s.segmentId === 'seg_7_2' ? { ...s, file: fileOf(bytes) } : s)) }] };
      expect(['segment_altered', 'segment_unreadable']).toContain(await faultOf(write(altered)));
    }
    expect(await faultOf(write({ ...input, facts: [] }))).toBe('fact_missing');
    const lied = clip.segments.map((s, i) => (i === 1 ? { ...s, sha256: '0'.repeat(64) } : s));
    expect(await faultOf(write({ ...input, clips: [{ ...clip, segments: lied }] }))).toBe('fact_differs');
    expect(await faultOf(write({ ...input, records: [{ name: '../x', text: '' }] }))).toBe('name');
    expect(await faultOf(planBundle({ ...input, number: 'a/b' }))).toBe('name');
  });
});

const makeFootage = () => ({ avcC: Uint8Array.of(1, 0x64, 0, 0x28, 0xff, 0xe1, 0, 4, 0x67, 0x64, 0, 0x28, 1, 0, 2, 0x68, 0xee), width: 320, height: 180, frameMs: 200, frames: () => [{ data: Uint8Array.of(0, 0, 0, 1, 0x65), key: true }] });

test('holes are what no segment covers, whatever the order of their ends', () => {
  expect(uncovered({ from: 0, until: 10 }, [])).toEqual([{ from: 0, until: 10 }]);
  expect(uncovered({ from: 0, until: 10 }, [{ from: -5, until: 3 }, { from: 1, until: 2 }, { from: 4, until: 20 }])).toEqual([{ from: 3, until: 4 }]);
  expect(uncovered({ from: 0, until: 10 }, [{ from: 0, until: 10 }])).toEqual([]);
  expect(uncovered({ from: 0, until: 10 }, [{ from: 11, until: 12 }])).toEqual([{ from: 0, until: 10 }]);
});

test('times are written as the place writes them', () => {
  expect(localTime(sampleStart + 250, 480)).toBe('2026-11-22 08:15:00.250 +08:00');
  expect(localTime(sampleStart, -210)).toBe('2026-11-21 20:45:00.000 -03:30');
});

test('the sheets show what people typed as text, open nothing and run nothing', async () => {
  const { zip, summary } = await write(makeSample({ seed: 8 }).input);
  const report = (await filesOf(zip)).get('data/report/说明书.html')!.toString();
  expect(report).toContain('查找走失老人 &lt;老人&gt;');
  expect(report).toContain(summary.files[0]!.sha256);
  expect(report).toContain("default-src 'none'");
  expect(report).not.toMatch(/<script|<img src=x|https?:/);
});

test('python and 7-Zip read the package', async () => {
  const path = join(folder, 'plain.zip');
  writeFileSync(path, (await write(makeSample({ seed: 9 }).input)).zip);
  expect(execFileSync('7z', ['t', path], { encoding: 'utf8' })).toContain('Everything is Ok');
  execFileSync('7z', ['x', `-o${folder}`, path]);
  const base = join(folder, 'EV-2026-000009');
  for (const list of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) expect(execFileSync('sha256sum', ['--strict', '-c', list], { cwd: base, encoding: 'utf8' })).not.toContain('FAILED');
});
