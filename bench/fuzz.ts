/**
 * Mutated camera streams through everything that reads what a camera sends: RTSP, SDP, RTP, RTCP, H.264 and H.265, a million
 * of each. An input that does anything but
 * end in order stops the bench, named by its seed and index.
 *   npm run bench -- fuzz [--quick] [--only h264|h265] [--inputs 1000000] [--seed 1] [--threads 2]
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { corpus, fuzz, type Target } from '../recorder/ingest/testing/fuzz.ts';
import { systemClock } from '../server/src/base/clock.ts';
import { createBench } from './parts/figures.ts';

interface Share {
  target: Target;
  from: number;
  count: number;
  seed: number;
}
interface Outcome {
  inputs: number;
  units: number;
  refused: number;
  kinds: string[];
  crash: string | null;
}

/** Large enough that starting a run costs nothing, small enough for a sign of life. */
const stepInputs = 5_000;
/** fuzz() draws input i of a run from seed + i · 7919: a run that begins at `from` is the same part of one long run. */
const seedAt = (seed: number, from: number): number => seed + from * 7_919;

const runShare = ({ target, from, count, seed }: Share, report: (outcome: Outcome) => void): void => {
  for (let done = 0; done < count; done += stepInputs) {
    const inputs = Math.min(stepInputs, count - done);
    try {
      const { units, faults } = fuzz(target, inputs, seedAt(seed, from + done));
      report({ inputs, units, refused: [...faults.values()].reduce((sum, n) => sum + n, 0), kinds: [...faults.keys()], crash: null });
    } catch (error) {
      report({ inputs: 0, units: 0, refused: 0, kinds: [], crash: error instanceof Error ? error.message : String(error) });
    }
  }
};

const conduct = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, quick: { type: 'boolean', default: false }, inputs: { type: 'string' }, seed: { type: 'string', default: '1' }, threads: { type: 'string' } },
  });
  const inputs = Number(values.inputs ?? (values.quick ? '10000' : '1000000'));
  const seed = Number(values.seed);
  const threads = Number(values.threads ?? Math.min(4, availableParallelism()));
  const bench = createBench('fuzz', values.quick);
  const targets = (['h264', 'h265'] as const).filter((target) => values.only === undefined || values.only === target);
  bench.conditions({ inputs, seed, threads, corpus: Object.fromEntries(targets.map((target) => [target, corpus(target).length])) });
  for (const target of targets) await fuzzTarget(bench, target, { inputs, seed, threads });
  bench.finish();
};

const fuzzTarget = async (bench: ReturnType<typeof createBench>, target: Target, { inputs, seed, threads }: { inputs: number; seed: number; threads: number }): Promise<void> => {
  const from = systemClock.monotonic();
  const total: Outcome = { inputs: 0, units: 0, refused: 0, kinds: [], crash: null };
  const kinds = new Set<string>();
  const crashes: string[] = [];
  let said = from;
  const heard = (outcome: Outcome): void => {
    total.inputs += outcome.inputs;
    total.units += outcome.units;
    total.refused += outcome.refused;
    for (const kind of outcome.kinds) kinds.add(kind);
    if (outcome.crash !== null) crashes.push(outcome.crash);
    if (systemClock.monotonic() - said < 10_000) return;
    said = systemClock.monotonic();
    bench.say(`${target}: ${total.inputs} / ${inputs}`);
  };
  const oneThread = (share: Share): Promise<void> =>
    new Promise((resolve) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: share });
      let fault: string | null = null;
      worker.on('message', heard);
      // What no catch sees (a stack that ran over in native code, memory without bound) ends the thread: that is a crash too.
      worker.on('error', (error: unknown) => (fault = `thread from input ${share.from}: ${String(error)}`));
      worker.on('exit', (code) => {
        if (fault !== null || code !== 0) crashes.push(fault ?? `thread from input ${share.from} ended with ${code}`);
        resolve();
      });
    });
  const size = Math.ceil(inputs / threads);
  await Promise.all(Array.from({ length: threads }, (_, i) => oneThread({ target, from: i * size, count: Math.min(size, inputs - i * size), seed })));
  const seconds = (systemClock.monotonic() - from) / 1_000;
  for (const crash of crashes.slice(0, 10)) bench.say(`✗ ${crash}`);
  bench.print({ figure: 'inputs', target, ours: total.inputs, atLeast: inputs });
  bench.print({ figure: 'inputs_per_second', target, ours: Math.round(total.inputs / seconds), seconds: Math.round(seconds) });
  bench.print({ figure: 'crashes', target, ours: crashes.length, atMost: 0 });
  bench.print({ figure: 'ended_by_refusal', target, ours: total.refused, kinds: kinds.size });
  // A fuzzer whose inputs are all refused at the door proves nothing: pictures must have come out of many.
  bench.print({ figure: 'access_units_read', target, ours: total.units, atLeast: Math.floor(inputs / 10) });
};

if (isMainThread) await conduct();
else runShare(workerData as Share, (outcome) => parentPort?.postMessage(outcome));
