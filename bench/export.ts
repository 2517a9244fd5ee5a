/**
 * An evidence package against `cp` of the same bytes, its verification against `sha256sum` of the package, and the memory that both take.
 * Prints JSON lines. `node bench/export.ts [--gb 2] [--rounds 3] [--folder /tmp] [--no-peers] [--cold]`. Eight files of footage stand for all segments,
 * read again and again; both sides write to the same disk and wait until it has what they wrote. Needs twice the size there, and cleans up.
 * `--cold`: every segment is a file of its own, and neither side finds its source in the machine's memory, as with footage of last week;
 * needs three times the size.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { planBundle, type BundleInput, type SegmentInput } from '../formats/evidence-bundle/index.ts';
import { openFile, segmentFile, writeBundleFile } from '../formats/evidence-bundle/node.ts';
import { madeUpFootage, sampleLedger, sampleStart, segmentBytes } from '../formats/evidence-bundle/testing/sample.ts';
import { nodeVerifierCrypto } from '../verify/bundle/folder-node.ts';
import { verifyBundle, zipPackage } from '../verify/bundle/index.ts';

const { values } = parseArgs({
  options: { gb: { type: 'string', default: '2' }, rounds: { type: 'string', default: '3' }, folder: { type: 'string', default: tmpdir() }, 'no-peers': { type: 'boolean', default: false }, cold: { type: 'boolean', default: false }, child: { type: 'string' }, work: { type: 'string', default: '' } },
});
const bytesWanted = Number(values.gb) * 1e9;
const rounds = Number(values.rounds);
const print = (line: object): void => void process.stdout.write(`${JSON.stringify({ bench: 'export', ...line })}\n`);
const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const segmentMs = 60_000;
/** A minute has 60 MB. */
const files = values.cold ? Math.max(8, Math.ceil(bytesWanted / 60e6)) : 8;

/** A minute of 8 Mbit/s: fragments of a second, a key frame in every other. */
const oneMinute = (n: number): Uint8Array => {
  const small = madeUpFootage(n);
  const body = Buffer.alloc(40_000);
  for (let at = 0; at + 4 <= body.length; at += 4) body.writeUInt32BE(Math.imul(at + n, 2654435761) >>> 0, at);
  body.writeUInt32BE(body.length - 4, 0);
  const frames = (fragment: number) => Array.from({ length: 25 }, (_, i) => ({ data: body, key: i === 0 && fragment % 2 === 0 }));
  return segmentBytes({ ...small, frames, frameMs: 40 }, { segmentId: `file_${n}`, cameraId: 'cam_7', from: sampleStart, fragments: 60 }).bytes;
};

const inputOf = (work: string): BundleInput => {
  const made = Array.from({ length: files }, (_, n) => {
    const path = join(work, `segment-${n}.mp4`);
    const { size } = statSync(path);
    return { path, sizeBytes: size, sha256: execFileSync('sha256sum', [path], { encoding: 'utf8' }).slice(0, 64) };
  });
  const average = made.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / files;
  const segments = Array.from({ length: Math.max(1, Math.ceil(bytesWanted / average)) }, (_, i): SegmentInput => {
    const { path, sizeBytes, sha256 } = made[i % files] ?? { path: '', sizeBytes: 0, sha256: '' };
    const from = sampleStart + i * segmentMs;
    return { segmentId: `seg_${i}`, sha256, sizeBytes, from, until: from + segmentMs, factSeq: 3, file: segmentFile(path, sizeBytes) };
  });
  const until = sampleStart + segments.length * segmentMs;
  return sampleLedger({ seed: 1, clips: [{ name: 'CAM07', cameraId: 'cam_7', label: '07 行包房', from: sampleStart, until, segments, gaps: [] }] }).input;
};

/** Largest memory of this process while it works, in MB. */
const peakMemory = (): (() => number) => {
  let most = 0;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 50);
  return () => {
    clearInterval(timer);
    look();
    return Math.round(most / 1e6);
  };
};

const child = async (part: string, work: string): Promise<void> => {
  const peak = peakMemory();
  const path = join(work, 'package.zip');
  const from = performance.now();
  const used = process.cpuUsage();
  const cpuSeconds = (): number => {
    const { user, system } = process.cpuUsage(used);
    return (user + system) / 1e6;
  };
  if (part === 'write') {
    const input = inputOf(work);
    const began = performance.now();
    const { fileBytes: sizeBytes } = await writeBundleFile(path, await planBundle(input), input);
    process.stdout.write(JSON.stringify({ seconds: (performance.now() - began) / 1_000, cpuSeconds: cpuSeconds(), peakMb: peak(), sizeBytes }));
    return;
  }
  const file = await openFile(path);
  const report = await verifyBundle(nodeVerifierCrypto, await zipPackage(file, crc32));
  await file.close();
  if (report.faultCount > 0 || report.segmentsRecomputed !== report.segments) throw new Error(JSON.stringify(report.findings));
  process.stdout.write(JSON.stringify({ seconds: (performance.now() - from) / 1_000, cpuSeconds: cpuSeconds(), peakMb: peak(), sizeBytes: file.sizeBytes }));
};

const result = z.object({ seconds: z.number(), cpuSeconds: z.number(), peakMb: z.number(), sizeBytes: z.number() });
/** Each in a process of its own, so that memory is that of one run. */
const run = (part: 'write' | 'verify', work: string): Promise<z.infer<typeof result>> =>
  new Promise((resolve, reject) => {
    const process_ = spawn(process.execPath, [import.meta.filename, '--child', part, '--work', work, '--gb', values.gb, ...(values.cold ? ['--cold'] : [])], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    process_.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    process_.on('close', (code) => (code === 0 ? resolve(result.parse(JSON.parse(text))) : reject(new Error(`${part} ended with ${String(code)}`))));
  });

const timed = (command: string, ...args: string[]): number => {
  const from = performance.now();
  execFileSync(command, args, { stdio: 'ignore' });
  return (performance.now() - from) / 1_000;
};

/** Out of the machine's memory; the file stays. */
const forget = (paths: readonly string[]): void => {
  for (const path of paths) execFileSync('dd', [`if=${path}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' });
};

const rate = (bytes: number, seconds: number): number => Math.round(bytes / seconds / 1e6);

const compare = async (work: string): Promise<void> => {
  const seconds = { write: [] as number[], cp: [] as number[], verify: [] as number[], sha256sum: [] as number[] };
  const cpu = { write: [] as number[], verify: [] as number[] };
  const memory = { write: 0, verify: 0 };
  let sizeBytes = 0;
  const [zip, copy] = [join(work, 'package.zip'), join(work, 'copy.zip')];
  for (let round = 0; round < rounds; round += 1) {
    rmSync(zip, { force: true });
    if (values.cold) forget(Array.from({ length: files }, (_, n) => join(work, `segment-${n}.mp4`)));
    const written = await run('write', work);
    ({ sizeBytes } = written);
    seconds.write.push(written.seconds);
    cpu.write.push(written.cpuSeconds);
    memory.write = Math.max(memory.write, written.peakMb);
    if (!values['no-peers']) {
      if (values.cold) forget([zip]);
      seconds.cp.push(timed('sh', '-c', 'cp "$0" "$1" && sync "$1"', zip, copy));
      rmSync(copy);
    }
    if (values.cold) forget([zip]);
    const verified = await run('verify', work);
    cpu.verify.push(verified.cpuSeconds);
    seconds.verify.push(verified.seconds);
    memory.verify = Math.max(memory.verify, verified.peakMb);
    if (values.cold) forget([zip]);
    seconds.sha256sum.push(timed('sha256sum', zip));
  }
  const figure = (name: string, ours: readonly number[], peer: string, theirs: readonly number[]): void =>
    print({ figure: name, ...(values.cold ? { cold: true } : {}), sizeBytes, ours: rate(sizeBytes, median(ours)), peer, ...(theirs.length === 0 ? {} : { theirs: rate(sizeBytes, median(theirs)), ratio: Number((median(theirs) / median(ours)).toFixed(2)) }) });
  figure('write_mb_per_second', seconds.write, 'cp of the package, and sync of the copy', seconds.cp);
  figure('verify_mb_per_second', seconds.verify, 'sha256sum of the package', seconds.sha256sum);
  const perGb = (all: readonly number[]): number => Number(((median(all) * 1e9) / sizeBytes).toFixed(2));
  print({ figure: 'cpu_seconds_per_gb', write: perGb(cpu.write), verify: perGb(cpu.verify) });
  print({ figure: 'peak_memory_mb', sizeBytes, write: memory.write, verify: memory.verify });
};

if (values.child !== undefined) await child(values.child, values.work);
else {
  const work = mkdtempSync(join(values.folder, 'vigil-export-'));
  const stop = (): void => {
    rmSync(work, { recursive: true, force: true });
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  try {
    for (let n = 0; n < files; n += 1) writeFileSync(join(work, `segment-${n}.mp4`), oneMinute(n));
    await compare(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
