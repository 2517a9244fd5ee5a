/**
 * How old a live picture is on the screen: from its last packet at the recorder to drawn in headless Chromium, with WebCodecs and with MSE,
 * four tiles and one; and how soon the first picture stands there.
 *   npm run bench -- live [--quick] [--seconds 20] [--players webcodecs,mse] [--tiles 4,1] [--loads 5]
 * Clocks: arrival is Date.now() of the recorder when it read the frame's last packet; what that packet waited in the kernel comes before it
 * and is only in camera_to_screen, which begins when the frame was due in the simulated camera.
 * Drawn is performance.timeOrigin + performance.now() of the page when the picture was put onto the canvas (WebCodecs) or presented by the
 * element (MSE), plus the offset that the page measured to the server's clock. All run on one machine.
 */
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { systemClock, wait } from '../server/src/base/clock.ts';
import { fillSignIn, openBrowser, openWindow } from './parts/browser.ts';
import { readCameraClock, type CameraClock } from './parts/camera-clock.ts';
import { createBench, quantile, rounded } from './parts/figures.ts';
import { allRecording, startProduct, until, withFolder, type Product } from './parts/product.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false }, seconds: { type: 'string' }, players: { type: 'string', default: 'webcodecs,mse' }, player: { type: 'string' },
    tiles: { type: 'string', default: '4,1' }, loads: { type: 'string' },
  },
});
const seconds = Number(values.seconds ?? (values.quick ? '6' : '20'));
const loads = Number(values.loads ?? (values.quick ? '1' : '5'));
const bench = createBench('live', values.quick);

const medianMsAtMost: Record<string, number> = { webcodecs: 35, mse: 100 };
const firstPictureMsAtMost = 300;
/** Decoders and steering find their pace. */
const settleMs = 4_000;

/** What window.__vigilLive() answers for each tile, times turned into UTC ms of the server's clock. */
interface Tile {
  cameraId: string;
  player: string | null;
  thinned: boolean;
  firstPictureMs: number | null;
  drawn: number;
  skipped: number;
  clockOffsetMs: number | null;
  frames: { mediaAt: number; arrivedAt: number; cached: boolean; drawnMs: number; drawnAt: number }[];
}

const readTiles = (page: Page): Promise<Tile[]> =>
  page.evaluate<Tile[]>(
    `(window.__vigilLive?.() ?? []).map((tile) => ({ ...tile, frames: tile.frames.map((frame) => ({ ...frame, drawnAt: performance.timeOrigin + frame.drawnMs + (tile.clockOffsetMs ?? 0) })) }))`,
  );

/** As the wall keeps a person's choice. */
const chooseLayout = (page: Page, tiles: number): Promise<unknown> =>
  page.evaluate(`fetch('/api/identity/session').then((answer) => answer.json()).then(({ person }) => localStorage.setItem('vigil.wall.' + person.personId, JSON.stringify({ layout: ${tiles}, order: [] })))`);

const allDrawn = async (page: Page, tiles: number): Promise<Tile[] | null> => {
  const now = await readTiles(page);
  return now.length === tiles && now.every((tile) => tile.firstPictureMs !== null) ? now : null;
};

const medianOf = (values: readonly number[]): number | null => {
  const median = quantile(values, 0.5);
  return median === null || !Number.isFinite(median) ? null : rounded(median);
};

interface Case {
  player: string;
  tiles: number;
}

const printAges = ({ player, tiles }: Case, before: readonly Tile[], after: readonly Tile[], clock: CameraClock, tookMs: number): void => {
  const since = new Map(before.map((tile) => [tile.cameraId, tile]));
  // Pictures of the cached group are old by their nature; the first picture is judged by its own figure.
  const fresh = after.flatMap((tile) => tile.frames.filter((frame) => !frame.cached && frame.drawnMs > (since.get(tile.cameraId)?.frames.at(-1)?.drawnMs ?? 0)).map((frame) => ({ ...frame, cameraId: tile.cameraId })));
  const ages = fresh.map((frame) => frame.drawnAt - frame.arrivedAt);
  const grown = (pick: (tile: Tile) => number): number => after.reduce((sum, tile) => sum + pick(tile) - (since.has(tile.cameraId) ? pick(since.get(tile.cameraId) ?? tile) : 0), 0);
  const skipped = grown((tile) => tile.skipped);
  const drawn = grown((tile) => tile.drawn);
  const common = { cameras: tiles, pattern: 'spread', player };
  bench.print({
    // A wall that leaves out what it cannot show in time would otherwise look the faster for it: what was left out was never on the screen.
    figure: 'arrival_to_screen_p50_ms', ...common, ours: medianOf([...ages, ...Array.from({ length: skipped }, () => Number.POSITIVE_INFINITY)]), atMost: medianMsAtMost[player] ?? 0,
    drawnOnlyP50: medianOf(ages), p95: rounded(quantile(ages, 0.95) ?? Number.NaN), frames: ages.length,
    drawnPerSecondAndTile: rounded((drawn / tiles / tookMs) * 1_000), leftOut: skipped, thinned: after.filter((tile) => tile.thinned).length, clockOffsetMs: rounded(after[0]?.clockOffsetMs ?? Number.NaN),
  });
  const known = fresh.flatMap((frame) => {
    const due = clock.dueAt(frame.cameraId, frame.mediaAt);
    return due === null ? [] : [{ shown: frame.drawnAt - due, arrived: frame.arrivedAt - due }];
  });
  bench.print({ figure: 'camera_to_screen_p50_ms', ...common, ours: medianOf(known.map((one) => one.shown)), cameraToArrivalMs: medianOf(known.map((one) => one.arrived)), frames: known.length });
};

const measure = async (browser: Browser, product: Product, one: Case): Promise<void> => {
  const { context, page } = await openWindow(browser);
  const { player, tiles } = one;
  try {
    await page.goto(product.address);
    await fillSignIn(page, product, 'duty operator');
    await chooseLayout(page, tiles);
    const first: number[] = [];
    for (let load = 0; load < loads; load += 1) {
      await page.goto(`${product.address}/wall?player=${player}`);
      const shown = await until(`${tiles} tiles with ${player}`, () => allDrawn(page, tiles));
      const others = shown.filter((tile) => tile.player !== player);
      if (others.length > 0) throw new Error(`asked for ${player}, got ${others[0]?.player ?? 'none'}`);
      first.push(...shown.map((tile) => tile.firstPictureMs ?? Number.NaN));
    }
    bench.print({ figure: 'first_picture_p50_ms', cameras: tiles, pattern: 'spread', player, ours: medianOf(first), atMost: firstPictureMsAtMost, max: rounded(quantile(first, 1) ?? Number.NaN), pictures: first.length });
    await wait(systemClock, settleMs);
    const before = await readTiles(page);
    const clock = readCameraClock(product.dataFolder, before.map((tile) => tile.cameraId));
    const from = systemClock.monotonic();
    await wait(systemClock, seconds * 1_000);
    const after = await readTiles(page);
    clock.close();
    printAges(one, before, after, clock, systemClock.monotonic() - from);
  } finally {
    await context.close();
  }
};

await withFolder('live', async (place) => {
  bench.conditions({ seconds, loads, arrival: 'spread', browser: 'headless Chromium, software drawing, 1920×1080', drainWatchedMs: 30 });
  const product = await startProduct({ ...place, demonstration: true });
  await until('all cameras recorded', () => allRecording(product));
  const browser = await openBrowser();
  try {
    for (const tiles of values.tiles.split(',').map(Number)) for (const player of (values.player ?? values.players).split(',')) await measure(browser, product, { player, tiles });
  } finally {
    await browser.close();
  }
  await product.stop();
});
bench.finish();
