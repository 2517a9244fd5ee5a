/**
 * Do the tests of the clauses look at what they claim? Each control is swapped, in the test processes only, for one that agrees to everything;
 * of the tests of its pairs at least one must then turn red. Prints a JSON line for each control; ends with 1 when a control survives.
 * `node bench/clause-proof.ts [--only <control>]`. Tests in the browser run another process and are not counted here.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { allControls } from '../server/src/app/controls.ts';
import type { Control } from '../server/src/base/control.ts';
import { programRoot } from '../server/src/platform/process/program-root.ts';

const root = programRoot();
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const print = (line: object): void => void process.stdout.write(`${JSON.stringify({ bench: 'clause-proof', ...line })}\n`);

const folders = ['formats', 'contract', 'server', 'recorder', 'verify', 'simulators', 'bench', 'web/src'];
const sources = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.test\.tsx?$/.test(file) && !file.includes('node_modules'))
    .map((file) => ({ file: join(root, folder, file), text: readFileSync(join(root, folder, file), 'utf8') })),
);

const Report = z.object({ testResults: z.array(z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ title: z.string(), status: z.string() })) })) });

interface Outcome {
  red: string[];
  green: string[];
  /** Files that could not be run at all: their set-up already needs the control. */
  broken: string[];
}

const runTests = async (files: readonly string[], pattern: string, agreeing: string): Promise<Outcome> => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-proof-'));
  const report = join(folder, 'report.json');
  try {
    const args = [vitest, 'run', '--project', 'unit', '--project', 'data', '--reporter=json', `--outputFile.json=${report}`, '-t', pattern, ...files];
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore', env: { ...process.env, VIGIL_AGREEING_CONTROLS: agreeing } });
    await new Promise((resolve) => child.once('exit', resolve));
    const { testResults } = Report.parse(JSON.parse(readFileSync(report, 'utf8')));
    const ran = testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === 'passed' || status === 'failed');
    return {
      red: ran.filter(({ status }) => status === 'failed').map(({ title }) => title),
      green: ran.filter(({ status }) => status === 'passed').map(({ title }) => title),
      broken: testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed')).map(({ name }) => relative(root, name)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const filesOf = (pairs: readonly string[]): string[] => sources.filter(({ text }) => pairs.some((pair) => text.includes(`[${pair}] `))).map(({ file }) => file);

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const patternOf = (pairs: readonly string[]): string => pairs.map((pair) => escaped(`[${pair}] `)).join('|');

/** True when at least one test of the control's pairs, green without the swap, turns red. */
const prove = async ({ name, pairs }: Control, sound: ReadonlySet<string>): Promise<boolean> => {
  const files = filesOf(pairs);
  if (files.length === 0) {
    print({ control: name, pairs, proven: false, why: 'no test of its pairs outside of the browser' });
    return false;
  }
  const { red: turned, green, broken } = await runTests(files, patternOf(pairs), name);
  const red = turned.filter((title) => sound.has(title));
  const tested = new Set([...red, ...green].map((title) => title.slice(1, title.indexOf(']'))));
  const proven = red.length > 0;
  print({ control: name, proven, red, green, ...(broken.length > 0 ? { broken } : {}), untested: pairs.filter((pair) => !tested.has(pair)) });
  return proven;
};

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = allControls.filter(({ name }) => values.only === undefined || name === values.only || name.startsWith(`${values.only}.`));
if (wanted.length === 0) {
  print({ failed: `there is no control ${values.only ?? ''}` });
  process.exitCode = 2;
} else {
  // First everything as it is: a test that is red by itself proves nothing by being red.
  const pairs = wanted.flatMap((control) => control.pairs);
  const before = await runTests(filesOf(pairs), patternOf(pairs), '');
  if (before.red.length > 0 || before.broken.length > 0) print({ redWithoutSwap: before.red, brokenWithoutSwap: before.broken });
  let survived = 0;
  for (const control of wanted) if (!(await prove(control, new Set(before.green)))) survived += 1;
  print({ controls: wanted.length, proven: wanted.length - survived, survived });
  process.exitCode = survived === 0 ? 0 : 1;
}
