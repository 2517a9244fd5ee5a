/**
 * Every bench that has a bar, one after the other, and one verdict: which bars are met on this machine now.
 *   npm run bench -- gate [--quick] [--only room,live,…]
 * The lines of each bench are passed on as they come; the last line counts. A bar that no line spoke of is missed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createBench } from './parts/figures.ts';
import { judge, missingFigures, type Judged, type Line } from './parts/bars.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } });
/** Quiet ones first; a quick ledger verifies fewer facts. */
const benches: Readonly<Record<string, readonly string[]>> = { room: [], live: [], ingest: [], ledger: values.quick ? ['20000'] : [], crash: [], fuzz: [] };
const takesQuick = (name: string): boolean => values.quick && name !== 'ledger';

const lineOf = (text: string): Line | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'bench' in value && 'figure' in value ? (value as Line) : null;
  } catch {
    return null;
  }
};

const runBench = async (name: string): Promise<{ judged: Judged[]; lines: Line[]; code: number }> => {
  const args = [join(import.meta.dirname, `${name}.ts`), ...(benches[name] ?? []), ...(takesQuick(name) ? ['--quick'] : [])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: Line[] = [];
  createInterface({ input: child.stdout }).on('line', (text) => {
    console.log(text);
    const line = lineOf(text);
    if (line !== null) lines.push(line);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { judged: lines.map(judge).filter((one) => one !== null), lines, code: code ?? 1 };
};

const names = values.only?.split(',') ?? Object.keys(benches);
const unknown = names.find((name) => !(name in benches));
if (unknown !== undefined) throw new Error(`不认识的基准 / unknown bench: ${unknown}`);
const gate = createBench('gate', values.quick);
const missed: string[] = [];
let bars = 0;
for (const name of names) {
  gate.say(`— ${name}`);
  const { judged, lines, code } = await runBench(name);
  const silent = missingFigures(name, lines, values.quick).map((figure) => `${name}: ${figure} 没有结果 / gave no figure`);
  const failed = judged.filter((one) => !one.met).map((one) => `${name}: ${one.words}`);
  // A bench that broke off has not met what it did not get to.
  const broke = code !== 0 && failed.length === 0 ? [`${name}: 结束于 ${code} / ended with ${code}`] : [];
  bars += judged.length + silent.length + broke.length;
  missed.push(...failed, ...silent, ...broke);
}
for (const one of missed) gate.say(`✗ ${one}`);
gate.print({ figure: 'bars_missed', ours: missed.length, atMost: 0, bars, benches: names });
gate.finish();
