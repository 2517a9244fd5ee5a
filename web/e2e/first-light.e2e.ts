/** From an empty folder: cameras move, footage plays, the recorder is killed and comes back, and what was altered is found. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareEmbedded } from '../../server/src/platform/postgres/embedded.ts';
import { openBrowser, openWindow, signInBy, startProduct, until, type Product, type Window } from './testing/product.ts';

let product: Product;
let browser: Browser;
let operator: Window;

beforeAll(async () => {
  product = await startProduct({ demonstration: true });
  browser = await openBrowser();
  operator = await openWindow(browser);
  await signInBy(operator.page, product, 'duty operator');
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

/** A digest of what each tile shows: pictures that move change it. */
const tilePictures = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.tile')].map((tile) => {
      const source = tile.querySelector<HTMLCanvasElement | HTMLVideoElement>('.tile-picture canvas, .tile-picture video');
      if (source === null) return '';
      const small = document.createElement('canvas');
      small.width = 64;
      small.height = 36;
      const context = small.getContext('2d');
      context?.drawImage(source, 0, 0, 64, 36);
      return [...(context?.getImageData(0, 0, 64, 36).data ?? [])].join();
    }),
  );

interface Timeline {
  segments: { from: number; until: number }[];
  gaps: { reason: string; until: number | null }[];
  recordedUntil: number | null;
}

/** The last ten minutes of the first camera, as the page itself would ask for them. */
const timelineOf = (page: Page): Promise<Timeline> =>
  page.evaluate(async () => {
    const { cameras } = (await (await fetch('/api/video/cameras')).json()) as { cameras: { cameraId: string }[] };
    const now = Date.now();
    const answer = await fetch(`/api/video/cameras/${cameras[0]?.cameraId ?? ''}/timeline?from=${now - 600_000}&until=${now}`);
    return (await answer.json()) as Timeline;
  });

const isBlank = (picture: string): boolean => picture === '' || new Set(picture.split(',')).size < 8;

describe('first light', () => {
  test('four cameras move on the wall of a fresh demonstration room', async () => {
    const { page } = operator;
    await until('four pictures', async () => (await tilePictures(page)).filter((one) => !isBlank(one)).length === 4);
    const before = await tilePictures(page);
    await until('all four have moved', async () => (await tilePictures(page)).every((picture, tile) => picture !== before[tile]));
  });

  test('what was just recorded plays back, and the picture carries the name of who looks', async () => {
    const { page } = operator;
    await page.goto(`${product.address}/playback`);
    const video = page.locator('.stage video');
    await video.waitFor();
    await until('something was recorded', async () => (await page.locator('.stage-time').count()) > 0);
    const time = page.getByPlaceholder(/10:31/).or(page.getByLabel(/^(时间|Time)$/)).first();
    const wanted = await until('ten seconds of footage', async () => {
      const { segments, recordedUntil } = await timelineOf(page);
      const first = segments[0];
      return first !== undefined && recordedUntil !== null && recordedUntil - first.from > 10_000 ? first.from + 3_000 : null;
    });
    await time.fill(new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', timeStyle: 'medium' }).format(wanted));
    await page.keyboard.press('Enter');
    await until('the picture is there', () => video.evaluate((element) => (element as HTMLVideoElement).readyState >= 2));
    const play = page.getByRole('button', { name: /^(播放|Play)$/ });
    if ((await play.count()) > 0) await play.click();
    const at = () => video.evaluate((element) => (element as HTMLVideoElement).currentTime);
    const before = await at();
    await until('it plays', async () => (await at()) > before + 0.5);
    await expect(page.locator('.stage').textContent()).resolves.toContain('王建国');
  });

  test('[BRN-8.2 SNAP] F3 on the wall takes the selected picture with camera, time and hash, and the list shows it', async () => {
    const { page } = operator;
    await page.goto(product.address);
    await until('four pictures', async () => (await tilePictures(page)).filter((one) => !isBlank(one)).length === 4);
    const save = page.waitForResponse((response) => response.url().endsWith('/api/video/snapshots') && response.request().method() === 'POST');
    await page.keyboard.press('F3');
    const dialog = page.locator('dialog.shot');
    const saved = (await (await save).json()) as { sha256: string; takenBy: string };
    expect(saved.takenBy).toContain('王建国');
    await dialog.getByText(saved.sha256.slice(0, 4)).first().waitFor();
    await dialog.getByRole('textbox').fill('男子徘徊');
    const note = page.waitForResponse((response) => response.url().endsWith('/notes') && response.request().method() === 'POST');
    await page.keyboard.press('F3');
    expect((await note).status()).toBe(200);
    await page.goto(`${product.address}/snapshots`);
    await page.getByText('男子徘徊').first().waitFor();
  });

  test('[COR-2.1.5 RECORDING] a killed recorder comes back by itself; the gap is drawn with its reason', async () => {
    const { page } = operator;
    const killed = product.pidOf('recorder');
    if (killed === null) throw new Error('the recorder does not run');
    process.kill(killed, 'SIGKILL');
    await until('another recorder runs', () => {
      const pid = product.pidOf('recorder');
      return pid !== null && pid !== killed;
    });
    const gaps = await until('the gap is known', async () => {
      const { gaps: known } = await timelineOf(page);
      const closed = known.filter((gap) => gap.until !== null && /recorder_crashed|recovery_loss/.test(gap.reason));
      return closed.length > 0 ? closed : null;
    });
    expect(gaps.length).toBeGreaterThan(0);
    await page.goto(product.address);
    await until('pictures are back', async () => (await tilePictures(page)).filter((one) => !isBlank(one)).length === 4);
  });

  test('footage and ledger are found whole', () => {
    const footage = product.vigil('fsck');
    expect(footage.said).toContain('录像完好');
    expect(footage.code).toBe(0);
    const ledger = product.vigil('verify-ledger');
    expect(ledger.code, ledger.said).toBe(0);
  });

  test('[SCH-2.3.1 INTEGRITY] one bit flipped in a segment is found, with camera and time', () => {
    const storage = join(product.dataFolder, 'footage');
    const files = readdirSync(storage, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.mp4'));
    const file = join(storage, files[0] ?? '');
    const bytes = readFileSync(file);
    const middle = Math.floor(statSync(file).size / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const found = product.vigil('fsck');
    expect(found.code).toBe(1);
    expect(found.said).toMatch(/内容被改动.*0[1-4] /);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(product.vigil('fsck').code).toBe(0);
  });

  test('a fact changed in the database by its superuser is found', async () => {
    const { adminUrl } = await prepareEmbedded({ dataFolder: product.dataFolder });
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    try {
      await admin.query('alter table ledger.facts disable trigger all');
      await admin.query(`update ledger.facts set canonical = replace(convert_from(canonical, 'UTF8'), '"server"', '"nobody"')::bytea where seq = (select min(seq) from ledger.facts where convert_from(canonical, 'UTF8') like '%"server"%')`);
    } finally {
      await admin.end();
    }
    const found = product.vigil('verify-ledger');
    expect(found.code, found.said).not.toBe(0);
    expect(found.said).toMatch(/被改动或不完整|altered or incomplete/);
  });

  test('nothing went wrong in the window, and everything ends when it is told to', async () => {
    expect(operator.faults).toEqual([]);
    const pids = (['server', 'recorder', 'simulators'] as const).map((name) => product.pidOf(name));
    expect(await product.stop()).toBe(0);
    for (const pid of pids) if (pid !== null) expect(() => process.kill(pid, 0)).toThrow();
  });
});
