/** How a bench speaks: JSON lines on stdout, progress on stderr, and an exit code that tells whether its stated bars were met. */
import { availableParallelism, loadavg, totalmem } from 'node:os';

export interface Figure {
  figure: string;
  ours: number | null;
  cameras?: number;
  pattern?: string;
  peer?: string;
  theirs?: number;
  /** The bar: `ours` may not be more, or not less. */
  atMost?: number;
  atLeast?: number;
  [more: string]: unknown;
}

export interface Bench {
  print(figure: Figure): void;
  /** A line without a figure: what was so while it was measured. */
  conditions(more: object): void;
  /** For people who wait, on stderr. */
  say(text: string): void;
  /** Sets the exit code: a missed bar fails the bench, a quick look only prints. */
  finish(): void;
}

export const rounded = (value: number): number => Number(value.toPrecision(3));

/** The value below which a share of the values lies; null without values. */
export const quantile = (values: readonly number[], share: number): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
};

const meets = ({ ours, atMost, atLeast }: Figure): boolean => ours !== null && !Number.isNaN(ours) && (atMost === undefined || ours <= atMost) && (atLeast === undefined || ours >= atLeast);

export const createBench = (bench: string, quick: boolean): Bench => {
  const missed: string[] = [];
  return {
    print: (figure) => {
      const { peer, theirs, ours } = figure;
      const ratio = theirs === undefined || ours === null || theirs === 0 ? {} : { ratio: rounded(ours / theirs) };
      const judged = figure.atMost === undefined && figure.atLeast === undefined ? {} : { met: meets(figure) };
      if ('met' in judged && !judged.met) missed.push(figure.figure);
      console.log(JSON.stringify({ bench, ...figure, ...(peer === undefined ? {} : { peer }), ...ratio, ...judged }));
    },
    conditions: (more) => {
      const [load = 0] = loadavg();
      console.log(JSON.stringify({ bench, figure: 'conditions', cores: availableParallelism(), memoryMb: Math.round(totalmem() / 1e6), load: rounded(load), node: process.version, quick, ...more }));
    },
    say: (text) => void process.stderr.write(`${text}\n`),
    finish: () => {
      if (missed.length === 0) return;
      process.stderr.write(`未达标 / bars missed: ${missed.join(', ')}\n`);
      if (!quick) process.exitCode = 1;
    },
  };
};
