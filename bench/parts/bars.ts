/** The bars of the figures whose benches only print them, as they stand in the design of recording and ledger. Pure. */
export interface Line {
  bench: string;
  figure: string;
  ours?: number | null;
  theirs?: number;
  ratio?: number | null;
  cameras?: number;
  pattern?: string;
  player?: string;
  connections?: number;
  met?: boolean;
  [more: string]: unknown;
}

export interface Judged {
  met: boolean;
  words: string;
}

/** Of a C reader that hashes too, and of one ffmpeg for each camera, on the same cameras in the same run. */
const cpuTimesFloorAtMost = 1.8;
const cpuShareAtMost = 0.25;
const memoryMbAtMost = (cameras: number): number => 70 + 1.5 * cameras;
const actsPerSecondAtLeast = 1_000;
const verifyMillionSecondsAtMost = 15;

const words = (line: Line, value: number, sign: string, bar: number): string =>
  `${[line.figure, line.cameras, line.pattern, line.player, line.connections].filter((part) => part !== undefined).join(' ')} ${value} ${sign} ${bar}`;

const atMost = (line: Line, value: number | null | undefined, bar: number): Judged => {
  const known = value ?? Number.NaN;
  return { met: known <= bar, words: words(line, known, '>', bar) };
};

/** Null: a figure without a bar. A bench that judged itself is believed. */
export const judge = (line: Line): Judged | null => {
  if (line.met !== undefined) {
    const bar = Number(line['atMost'] ?? line['atLeast']);
    return { met: line.met, words: words(line, line.ours ?? Number.NaN, line['atMost'] === undefined ? '<' : '>', bar) };
  }
  switch (`${line.bench} ${line.figure}`) {
    case 'ingest cpu_seconds_per_camera_minute':
      return atMost(line, line.ratio, line['peer'] === 'C reader that hashes' ? cpuTimesFloorAtMost : cpuShareAtMost);
    case 'ingest memory_pss_mb':
      return atMost(line, line.ours, memoryMbAtMost(line.cameras ?? 0));
    case 'ledger acts_per_second': {
      // A room acts from several windows at once; one connection alone waits for one disk.
      if (line.connections === 1) return null;
      const value = line.ours ?? Number.NaN;
      return { met: value >= actsPerSecondAtLeast, words: words(line, value, '<', actsPerSecondAtLeast) };
    }
    case 'ledger verify_million_seconds':
      return atMost(line, line.ours, verifyMillionSecondsAtMost);
    default:
      return null;
  }
};

const expected: Readonly<Record<string, readonly string[]>> = {
  room: ['memory_pss_mb', 'sign_in_script_gzip_kb', 'console_script_gzip_kb', 'start_again_ms'],
  live: ['arrival_to_screen_p50_ms', 'first_picture_p50_ms'],
  ingest: ['cpu_seconds_per_camera_minute', 'memory_pss_mb'],
  ledger: ['acts_per_second', 'verify_million_seconds'],
  crash: ['kills', 'acknowledged_acts_lost', 'footage_lost_max_ms', 'unexplained_ms', 'fsck_exit', 'verify_ledger_exit'],
  fuzz: ['inputs', 'crashes'],
};

/** Figures with a bar that never came. A quick ledger does not verify a million facts. */
export const missingFigures = (bench: string, lines: readonly Line[], quick: boolean): string[] =>
  (expected[bench] ?? []).filter((figure) => !(quick && figure === 'verify_million_seconds') && !lines.some((line) => line.figure === figure));
