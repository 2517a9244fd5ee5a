/**
 * The room at rest: what server, recorder and database hold in memory with four cameras recorded and nobody watching; what a browser must
 * load before it shows the sign-in page and the console; how long a start takes.
 *   npm run bench -- room [--quick] [--rest 60] [--starts 3]
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { systemClock, wait } from '../server/src/base/clock.ts';
import { fillSignIn, openBrowser, openWindow } from './parts/browser.ts';
import { createBench, quantile, rounded } from './parts/figures.ts';
import { allRecording, startProduct, until, withFolder, type Product } from './parts/product.ts';
import { memoryMbOf } from './peers/process-cost.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, rest: { type: 'string' }, starts: { type: 'string' } } });
const restSeconds = Number(values.rest ?? (values.quick ? '5' : '60'));
const starts = Number(values.starts ?? (values.quick ? '1' : '3'));
const bench = createBench('room', values.quick);

const roomMbAtMost = 350;
const scriptKbAtMost = 450;
const startAgainMsAtMost = 3_000;

/** Every page that these processes hold, shared ones counted for each: what the room could need at most if it ran alone. */
const residentMb = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + (Number(/^Rss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? '0') * 1_024) / 1e6, 0);

const programOf = (pid: number): string | null => {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return null; // gone, or another user's
  }
};

/** Other programs under the same Node share its pages and make the proportional size look smaller. */
const strangersUnderNode = (product: Product): number => {
  const own = new Set([product.supervisor, ...(['server', 'recorder', 'simulators'] as const).flatMap((part) => product.pidsOf(part))]);
  const node = programOf(product.supervisor);
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && !own.has(Number(name)) && programOf(Number(name)) === node).length;
};

const measureMemory = async (product: Product): Promise<void> => {
  await until('all cameras recorded', () => allRecording(product));
  await wait(systemClock, restSeconds * 1_000);
  const parts = { server: 0, recorder: 0, database: 0 };
  let resident = 0;
  for (const part of ['server', 'recorder', 'database'] as const) {
    const pids = product.pidsOf(part);
    parts[part] = memoryMbOf(pids);
    resident += residentMb(pids);
    bench.print({ figure: `memory_pss_mb_${part}`, cameras: 4, ours: rounded(parts[part]), processes: pids.length });
  }
  bench.print({ figure: 'memory_pss_mb', cameras: 4, ours: rounded(parts.server + parts.recorder + parts.database), atMost: roomMbAtMost, restSeconds, residentMb: rounded(resident), strangersUnderNode: strangersUnderNode(product) });
  bench.print({ figure: 'memory_pss_mb_supervisor', ours: rounded(memoryMbOf([product.supervisor])) });
  bench.print({ figure: 'memory_pss_mb_simulators', cameras: 4, ours: rounded(memoryMbOf(product.pidsOf('simulators'))) });
};

interface Loaded {
  scripts: number;
  gzipped: number;
  transferred: number;
}

/** Counts every script that the page asks for from now on. */
const countScripts = (page: Page): (() => Promise<Loaded>) => {
  const answers: Promise<Loaded>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    answers.push(
      (async () => {
        const body = await response.body();
        const sizes = await response.request().sizes();
        return { scripts: 1, gzipped: gzipSync(body).length, transferred: sizes.responseBodySize };
      })(),
    );
  });
  return async () => {
    const all = await Promise.all(answers);
    return { scripts: all.length, gzipped: all.reduce((sum, one) => sum + one.gzipped, 0), transferred: all.reduce((sum, one) => sum + one.transferred, 0) };
  };
};

const printPage = (figure: string, { scripts, gzipped, transferred }: Loaded): void => {
  bench.print({ figure, ours: rounded(gzipped / 1_000), atMost: scriptKbAtMost, scripts, transferredKb: rounded(transferred / 1_000), sentCompressed: transferred <= gzipped * 1.1 });
};

const measurePages = async (product: Product): Promise<void> => {
  const browser = await openBrowser();
  try {
    const { page } = await openWindow(browser);
    const loaded = countScripts(page);
    await page.goto(product.address);
    await page.getByLabel(/账号|Account/).waitFor();
    await page.waitForLoadState('networkidle');
    printPage('sign_in_script_gzip_kb', await loaded());
    await fillSignIn(page, product, 'duty operator');
    await page.locator('.tile-live').first().waitFor();
    await page.waitForLoadState('networkidle');
    // Sign-in page and console together: what a person's browser has loaded when the first pictures move.
    printPage('console_script_gzip_kb', await loaded());
  } finally {
    await browser.close();
  }
};

await withFolder('room', async (place) => {
  bench.conditions({ cameras: 4, arrival: 'spread', restSeconds, starts });
  const start = (): Promise<Product> => startProduct({ ...place, demonstration: true, byScript: true });
  let product = await start();
  // With an empty data folder (cluster, migrations, people) and no compiled code kept.
  bench.print({ figure: 'start_cold_ms', ours: Math.round(product.startedInMs) });
  await measureMemory(product);
  await measurePages(product);
  const again: number[] = [];
  for (let n = 0; n < starts; n += 1) {
    await product.stop();
    product = await start();
    again.push(product.startedInMs);
    await until('all cameras recorded', () => allRecording(product));
  }
  bench.print({ figure: 'start_again_ms', ours: Math.round(quantile(again, 0.5) ?? Number.NaN), atMost: startAgainMsAtMost, max: Math.round(quantile(again, 1) ?? Number.NaN), samples: again.length });
  await product.stop();
});
bench.finish();
