/** Promises of the wall in real Chromium: what a tile says when its camera, the recorder or the right is gone, and that it comes back by itself. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { LiveFigures } from '../src/features/video/live/measuring-port.ts';
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

const figures = (page: Page): Promise<LiveFigures[]> => page.evaluate(() => globalThis.window.__vigilLive?.().map((tile) => ({ ...tile, frames: tile.frames.slice(-1) })) ?? []);
const allLive = (page: Page, count = 4): Promise<true> =>
  until(`${String(count)} live tiles`, async () => {
    const tiles = await figures(page);
    return tiles.length === count && tiles.every(({ state }) => state === 'live') ? true : null;
  }, 40_000);
const tile = (page: Page, name: string) => page.locator('.tile').filter({ has: page.locator('.tile-name', { hasText: name }) });
/** Mean darkness and colour of what stands in a tile's picture; a last frame is not black. */
const isPicture = (page: Page, name: string): Promise<boolean> =>
  tile(page, name).evaluate((element) => {
    const source = element.querySelector<HTMLCanvasElement | HTMLVideoElement>('.tile-picture canvas, .tile-picture video');
    const small = document.createElement('canvas');
    small.width = 32;
    small.height = 18;
    const context = small.getContext('2d');
    if (source === null || context === null) return false;
    context.drawImage(source, 0, 0, 32, 18);
    return new Set(context.getImageData(0, 0, 32, 18).data).size > 20;
  });
/** The simulated cameras' own switchboard (simulators/camera/README.md). */
const steer = async (camera: string, change: object): Promise<void> => {
  const said = readFileSync(join(product.dataFolder, 'logs', 'simulators.log'), 'utf8');
  const port = [...said.matchAll(/"control":(\d+)/g)].at(-1)?.[1] ?? '';
  const answer = await fetch(`http://127.0.0.1:${port}/cameras/${camera}`, { method: 'PATCH', body: JSON.stringify(change) });
  expect(answer.ok).toBe(true);
};

describe('the wall', () => {
  afterEach(() => steer('gate', { stalled: false, frozen: false }));

  test('fills the window with pictures in their own shape, by keys and by drag', async () => {
    const { page } = operator;
    await page.goto(`${product.address}/wall`);
    await allLive(page);
    const boxes = await page.locator('.tile').evaluateAll((tiles) => tiles.map((one) => one.getBoundingClientRect()).map(({ x, y, width, height }) => ({ x, y, width, height })));
    for (const { width, height } of boxes) expect(width / height).toBeCloseTo(16 / 9, 1);
    const grid = await page.locator('.wall-grid').boundingBox();
    expect((2 * (boxes[0]?.height ?? 0)) / (grid?.height ?? 1)).toBeGreaterThan(0.97);

    const selected = page.locator('.tile[aria-selected="true"] .tile-name');
    expect(await selected.textContent()).toContain('01');
    await page.keyboard.press('ArrowDown');
    expect(await selected.textContent()).toContain('03');
    await page.keyboard.press('NumpadMultiply');
    await until('one large tile', async () => (await page.locator('.tile').count()) === 1);
    await allLive(page, 1);
    await page.keyboard.press('NumpadMultiply');
    await page.keyboard.press('NumpadAdd');
    await until('six places, one of them large', async () => (await page.locator('.wall-grid').getAttribute('data-layout')) === '6');
    await page.keyboard.press('NumpadSubtract');
    await until('four places', async () => (await page.locator('.wall-grid').getAttribute('data-layout')) === '4');

    await tile(page, '01 ').dragTo(tile(page, '04 '));
    const names = () => page.locator('.tile .tile-name').allTextContents();
    await until('two tiles have changed places', async () => (await names()).map((name) => name.slice(0, 2)).join() === '04,02,03,01');
    await page.reload();
    await allLive(page);
    expect((await names()).map((name) => name.slice(0, 2))).toEqual(['04', '02', '03', '01']);
    await page.getByRole('button', { name: '按编号排列' }).click();
    expect((await names()).map((name) => name.slice(0, 2))).toEqual(['01', '02', '03', '04']);
  });

  test('[RES-4.2.1 WALL] an alarm brings its camera into the picture within two seconds, and the selection stays where it was', async () => {
    const { page } = operator;
    await page.keyboard.press('NumpadMultiply');
    await until('one large tile', async () => (await page.locator('.tile').count()) === 1);
    const raised = await page.evaluate(async () => {
      const { cameras } = (await (await fetch('/api/video/cameras')).json()) as { cameras: { cameraId: string; number: number }[] };
      const cameraId = cameras.find(({ number }) => number === 4)?.cameraId ?? null;
      const answer = await fetch('/api/notifications/alarms', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ class: 'panic', cameraId }) });
      return ((await answer.json()) as { alarmId: string }).alarmId;
    });
    await page.locator('.tile-alarmed').filter({ has: page.locator('.tile-name', { hasText: '04 ' }) }).waitFor({ timeout: 2_000 });
    expect(await page.locator('.tile[aria-selected="true"] .tile-name').textContent()).toContain('01');
    await page.keyboard.press('NumpadMultiply');
    await allLive(page);
    // Dealt with: it is not in the way of what follows.
    const dealtWith = await page.evaluate(async (alarmId) => {
      const say = async (what: string, body: object) =>
        (await fetch(`/api/notifications/alarms/${alarmId}/${what}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).status;
      return [await say('acknowledgements', { text: '已到' }), await say('closing', { verdict: 'real', text: '已处理' })];
    }, raised);
    expect(dealtWith).toEqual([200, 200]);
    await until('nothing is alarmed', async () => (await page.locator('.tile-alarmed').count()) === 0);
  });

  test('a layout is saved by keys for the post and opened again, and the page of keys opens by its own', async () => {
    const { page } = operator;
    await page.keyboard.press('NumpadAdd');
    await page.keyboard.press('End');
    await page.locator('.layouts-save input[type="text"]').fill('夜间');
    await page.keyboard.press('Enter');
    await page.locator('.layouts-list').getByText('夜间').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('NumpadSubtract');
    await page.keyboard.press('End');
    await page.locator('.layouts-list').getByRole('button', { name: '夜间', exact: true }).click();
    await until('the layout is there', async () => (await page.locator('.wall-grid').getAttribute('data-layout')) === '6');
    await page.keyboard.press('Shift+?');
    await page.getByRole('heading', { name: '本页按键' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('NumpadSubtract');
    await allLive(page);
  });

  test('blanked, nothing is watched; the same key brings it back', async () => {
    const { page } = operator;
    await page.keyboard.press('Pause');
    await page.getByText('画面已遮').waitFor();
    expect(await figures(page)).toEqual([]);
    await page.keyboard.press('Pause');
    await allLive(page);
  });

  test('blanking works over the snapshot as well, keeps its note, and the signs on the buttons and F9 work here too', async () => {
    const { page } = operator;
    await page.keyboard.press('F3');
    await page.locator('dialog.shot textarea').fill('东门有人停留');
    await page.keyboard.press('Pause');
    await page.getByText('画面已遮').waitFor();
    expect(await page.locator('dialog.shot').isVisible()).toBe(false);
    await page.keyboard.press('Pause');
    await page.locator('dialog.shot').waitFor();
    expect(await page.locator('dialog.shot textarea').inputValue()).toBe('东门有人停留');
    await page.keyboard.press('Escape');
    await page.locator('dialog.shot').waitFor({ state: 'detached' });
    await page.keyboard.press('Shift+*');
    await until('one large tile', async () => (await page.locator('.tile').count()) === 1);
    await page.keyboard.press('Shift+*');
    await page.keyboard.press('F9');
    await page.locator('dialog.help').waitFor();
    await page.keyboard.press('F9');
    await allLive(page);
  });

  test('[COR-2.1.5 RECORDING] a silent camera keeps its last picture with its time, says for how long and why, and comes back without a reload', async () => {
    const { page } = operator;
    await steer('gate', { stalled: true });
    const lost = tile(page, '01 ').locator('.lost');
    await lost.getByText('摄像机没有送来画面').waitFor({ timeout: 30_000 });
    expect(await lost.innerText()).toMatch(/画面已失\s+0:\d\d/);
    expect(await lost.innerText()).toMatch(/显示最后一帧 \d\d:\d\d:\d\d/);
    expect(await isPicture(page, '01 ')).toBe(true);
    expect(await page.locator('.tile-live').count()).toBe(3);
    // A window opened now has no last frame; it says when the last picture came and not that there never was one.
    const second = await operator.context.newPage();
    await second.goto(`${product.address}/wall`);
    await tile(second, '01 ').getByText(/最后一次收到画面 \d\d:\d\d:\d\d/).waitFor();
    await second.close();
    await page.bringToFront();
    await steer('gate', { stalled: false });
    await allLive(page);
  });

  test('a camera that sends one picture again and again is frozen, not live, and comes back', async () => {
    const { page } = operator;
    await steer('gate', { frozen: true });
    await page.locator('.tile-frozen').waitFor({ timeout: 30_000 });
    const frozen = tile(page, '01 ');
    expect(await frozen.getAttribute('class')).toContain('tile-frozen');
    expect(await frozen.locator('.tile-figure').innerText()).toMatch(/画面冻结 0:\d\d/);
    expect(await frozen.getAttribute('aria-label')).toContain('画面冻结');
    expect(await page.locator('.tile-live').count()).toBe(3);
    const shown = await frozen.locator('.tile-figure').innerText();
    await until('its age goes on', async () => (await frozen.locator('.tile-figure').innerText()) !== shown);
    await steer('gate', { frozen: false });
    await allLive(page);
  });

  test('a dead recorder is said on the tiles, and the pictures come back by themselves', async () => {
    const { page } = operator;
    // One kill is over before a tile may call its picture stale: it is killed again as often as it comes back.
    let killed: number | null = null;
    await until('every tile says that it is not live', async () => {
      const running = product.pidOf('recorder');
      if (running !== null && running !== killed) process.kill(running, 'SIGKILL');
      killed = running;
      return (await page.locator('.tile-stale, .tile-lost').count()) === 4;
    });
    await allLive(page);
  });

  test('a right that ends while the pictures run takes them away, with the reason', async () => {
    const watcher = await openWindow(browser);
    await signInBy(watcher.page, product, 'monitor');
    await watcher.page.goto(`${product.address}/wall`);
    await allLive(watcher.page);
    const administrator = await openWindow(browser);
    await signInBy(administrator.page, product, 'system administrator');
    const status = await administrator.page.evaluate(async () => {
      const { people } = (await (await fetch('/api/identity/people')).json()) as { people: { personId: string; account: string }[] };
      const person = people.find(({ account }) => account === 'liuxiaoyan');
      const answer = await fetch(`/api/identity/people/${person?.personId ?? ''}`, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ roles: ['auditor'] }) });
      return answer.status;
    });
    expect(status).toBe(200);
    await administrator.context.close();
    const shown = () =>
      watcher.page.evaluate(() => ({
        pictures: [...document.querySelectorAll<HTMLCanvasElement>('.tile-picture canvas')].filter((canvas) => new Set(canvas.getContext('2d')?.getImageData(0, 0, 64, 36).data).size > 2).length,
        text: document.body.innerText,
      }));
    const why = /您观看此路的权限已结束|您的岗位没有这项权限|只有.+可以|请登录|登录已结束/;
    await until('no picture is left, and the reason is said', async () => (({ pictures, text }) => pictures === 0 && why.test(text))(await shown()), 15_000);
    // It stays away: what was still in the decoder does not come onto the screen afterwards.
    for (let n = 0; n < 10; n += 1) expect((await shown()).pictures).toBe(0);
    await watcher.context.close();
  });

  test('without WebCodecs the same wall runs by MSE', async () => {
    const old = await openWindow(browser);
    await old.page.addInitScript(() => {
      Reflect.deleteProperty(globalThis, 'VideoDecoder');
    });
    await signInBy(old.page, product, 'shift leader');
    await old.page.goto(`${product.address}/wall`);
    await allLive(old.page);
    const before = await figures(old.page);
    expect(before.map(({ player }) => player)).toEqual(['mse', 'mse', 'mse', 'mse']);
    await until('all four move', async () => (await figures(old.page)).every(({ drawn }, n) => drawn > (before[n]?.drawn ?? 0) + 10));
    expect(old.faults).toEqual([]);
    await old.context.close();
  });

  test('axe has nothing to say about the wall, live and lost, in both languages and looks', async () => {
    await steer('gate', { stalled: true });
    const found: string[] = [];
    for (const { language, ...look } of [
      { dark: true, language: 'zh-CN' },
      { dark: false, language: 'en' },
    ]) {
      const window = await openWindow(browser, { ...look, width: 1366, height: 768 });
      await signInBy(window.page, product, 'duty manager');
      await window.page.evaluate(async (wanted) => {
        await fetch('/api/identity/language', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ language: wanted }) });
      }, language);
      await window.page.goto(`${product.address}/wall`);
      await window.page.locator('.tile-lost').waitFor({ timeout: 30_000 });
      // A tile's name is its camera and state; the running age drawn on it, repeated in the name, would be noise to those who listen.
      const { violations } = await new AxeBuilder({ page: window.page }).disableRules(['label-content-name-mismatch']).analyze();
      found.push(...violations.map(({ id, nodes }) => `${language} ${String(look.dark)} ${id} ${String(nodes[0]?.target)}`), ...window.faults);
      await window.context.close();
    }
    expect(found).toEqual([]);
  });

  test('nothing went wrong in the window meanwhile', () => {
    expect(operator.faults).toEqual([]);
  });
});
