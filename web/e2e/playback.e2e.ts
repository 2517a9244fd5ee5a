/** Promises of playback in real Chromium: gaps are told and skipped, frames are stepped one by one, 16× keeps its word, and it can be used by ear. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openWindow, signInBy, startProduct, until, type Product, type Window } from './testing/product.ts';

let product: Product;
let browser: Browser;
let operator: Window;

beforeAll(async () => {
  product = await startProduct({ demonstration: true });
  browser = await openBrowser();
  operator = await openWindow(browser, { width: 1366, height: 768 });
  await signInBy(operator.page, product, 'duty operator');
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

interface Timeline {
  segments: { from: number; until: number }[];
  gaps: { from: number; until: number | null; reason: string }[];
  recordedUntil: number | null;
}
const timelineOf = (page: Page): Promise<Timeline> =>
  page.evaluate(async () => {
    const { cameras } = (await (await fetch('/api/video/cameras')).json()) as { cameras: { cameraId: string; number: number }[] };
    const now = Date.now();
    const first = cameras.toSorted((a, b) => a.number - b.number)[0]?.cameraId ?? '';
    const answer = await fetch(`/api/video/cameras/${first}/timeline?from=${now - 600_000}&until=${now}`);
    // "Try again shortly" is an answer too, as the page itself takes it; any other no is told.
    if (answer.status === 503) return { gaps: [], recordedUntil: null } as unknown as Timeline;
    if (!answer.ok) throw new Error(`timeline: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Timeline;
  });
const secondsOf = (page: Page): Promise<number> => page.locator('.stage video').evaluate((video) => (video as HTMLVideoElement).currentTime);
const hasPicture = (page: Page) => until('a picture', () => page.locator('.stage video').evaluate((video) => (video as HTMLVideoElement).readyState >= 2 && !(video as HTMLVideoElement).seeking));
/** Opens playback at an instant and waits for its picture. */
const openAt = async (page: Page, at: number): Promise<void> => {
  await page.goto(`${product.address}/playback?at=${String(Math.round(at))}`);
  await page.locator('.stage video').waitFor();
  await hasPicture(page);
};

describe('playback', () => {
  test('steps one frame on and one back, to the millisecond', async () => {
    const { page } = operator;
    const from = await until('ten seconds of footage', async () => (({ segments, recordedUntil }) => (segments[0] !== undefined && (recordedUntil ?? 0) - segments[0].from > 10_000 ? segments[0].from : null))(await timelineOf(page)));
    await openAt(page, from + 4_000);
    const shown = () => page.locator('.stage-time').innerText();
    const first = await shown();
    await page.keyboard.press('Period');
    await until('another frame', async () => (await shown()) !== first);
    const second = await shown();
    const millis = (text: string) => Number(/(\d\d)\.(\d{3})/.exec(text)?.[1]) * 1_000 + Number(/\.(\d{3})/.exec(text)?.[1]);
    expect((millis(second) - millis(first) + 60_000) % 60_000).toBeLessThanOrEqual(80);
    await page.keyboard.press('Period');
    await until('a third frame', async () => (await shown()) !== second);
    await page.keyboard.press('Comma');
    await until('the second frame again', async () => Math.abs(millis(await shown()) - millis(second)) <= 2);
  });

  test('four cameras play in step, and stand at the same instant when they are stopped', async () => {
    const { page } = operator;
    for (let n = 2; n <= 4; n += 1) {
      await page.locator('.chooser select').nth(1).selectOption({ index: 1 });
      await until(`${String(n)} pictures`, async () => (await page.locator('.stage video').count()) === n);
    }
    const standing = () => page.locator('.stage video').evaluateAll((videos) => videos.map((video) => ({ at: (video as HTMLVideoElement).currentTime, ready: (video as HTMLVideoElement).readyState })));
    const spread = async () => {
      const instants = (await standing()).map(({ at }) => at);
      return Math.max(...instants) - Math.min(...instants);
    };
    await until('all have their picture', async () => (await standing()).every(({ ready }) => ready >= 2));
    const before = (await standing())[0]?.at ?? 0;
    await page.keyboard.press('Space');
    await until('they play', async () => (await standing()).every(({ at }) => at > before + 1));
    await page.keyboard.press('Space');
    await until('one instant', async () => (await spread()) < 0.05);
    for (let n = 0; n < 3; n += 1) await page.locator('.follower .video-button').nth(1).click({ force: true });
  });

  test('axe has nothing to say about playback and snapshots, in both languages and looks; an office screen shows all controls in one row', async () => {
    const found: string[] = [];
    for (const { language, ...look } of [
      { dark: true, language: 'zh-CN' },
      { dark: false, language: 'en' },
    ]) {
      const window = await openWindow(browser, { ...look, width: 1366, height: 768 });
      const { page } = window;
      await signInBy(page, product, 'duty manager');
      await page.evaluate(async (wanted) => {
        await fetch('/api/identity/language', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ language: wanted }) });
      }, language);
      for (const path of ['/playback', '/snapshots']) {
        await page.goto(`${product.address}${path}`);
        await page.locator('h1, .stage').first().waitFor({ state: 'attached' });
        await page.locator('.state-loading').first().waitFor({ state: 'detached' });
        // A button is called by what it does; the key drawn on it is no part of its name.
        const { violations } = await new AxeBuilder({ page }).disableRules(['label-content-name-mismatch']).analyze();
        found.push(...violations.map(({ id, nodes }) => `${path} ${language} ${String(look.dark)} ${id} ${String(nodes[0]?.target)}`));
        const spread = await page.locator('.controls > *').evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().top)).then((tops) => (tops.length === 0 ? 0 : Math.max(...tops) - Math.min(...tops)));
        if (spread > 20) found.push(`${path} ${language}: controls in more than one row`);
      }
      found.push(...window.faults);
      await window.context.close();
    }
    expect(found).toEqual([]);
    expect(operator.faults).toEqual([]);
  });

  test('16× runs at 16× with key frames alone, and stopping shows every frame again', async () => {
    const { page } = operator;
    const from = await until(
      'forty seconds of footage',
      async () => (({ segments, recordedUntil }) => (segments[0] !== undefined && (recordedUntil ?? 0) - segments[0].from > 40_000 ? segments[0].from : null))(await timelineOf(page)),
      90_000,
    );
    await openAt(page, from + 2_000);
    const ranges: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/media')) ranges.push(request.headers()['range'] ?? '');
    });
    await page.getByRole('button', { name: '16×' }).click();
    const [began, start] = [performance.now(), await secondsOf(page)];
    await page.keyboard.press('Space');
    await until('25 seconds have gone by', async () => (await secondsOf(page)) > start + 25, 20_000);
    // 1.6 s at full speed; half of it is far more than a computer reaches that has to decode every frame of a full-HD camera.
    expect(25_000 / (performance.now() - began)).toBeGreaterThan(4);
    expect(ranges.length).toBeGreaterThan(5);
    await page.keyboard.press('Space');
    await hasPicture(page);
    const paused = await secondsOf(page);
    // What is on the screen is what the clock says, and not the last key frame: the next frame is a twenty-fifth of a second away.
    await until('the picture of this instant', () => page.locator('.stage video').evaluate((video) => (video as HTMLVideoElement).buffered.length > 0 && (video as HTMLVideoElement).readyState >= 2));
    await page.waitForFunction(() => document.querySelector('.tile-note') === null);
    await page.keyboard.press('Period');
    const next = await until('the next frame', async () => (({ now }) => (now === paused ? null : now))({ now: await secondsOf(page) }));
    expect(Math.abs(next - paused)).toBeLessThan(0.2);
  });

  test('[COR-2.1.5 RECORDING] a gap is skipped with its reason, and told to those who listen', async () => {
    const { page } = operator;
    const said = readFileSync(join(product.dataFolder, 'logs', 'simulators.log'), 'utf8');
    const control = `http://127.0.0.1:${[...said.matchAll(/"control":(\d+)/g)].at(-1)?.[1] ?? ''}/cameras/gate`;
    await fetch(control, { method: 'PATCH', body: '{"stalled":true}' });
    await until('the gap is known', async () => (await timelineOf(page)).gaps.some(({ until: end, reason }) => end === null && reason === 'camera_silent'));
    await fetch(control, { method: 'PATCH', body: '{"stalled":false}' });
    const gap = await until('the gap is over and footage goes on', async () => {
      const { gaps, recordedUntil } = await timelineOf(page);
      const closed = gaps.find(({ until: end, reason }) => end !== null && reason === 'camera_silent');
      return closed?.until != null && (recordedUntil ?? 0) > closed.until + 5_000 ? closed : null;
    });
    await openAt(page, gap.from - 3_000);
    await page.keyboard.press('Space');
    await page.locator('.stage-note').getByText(/跳过中断.*摄像机没有送来画面/).waitFor({ timeout: 20_000 });
    await until('it plays on behind the gap', async () => Number(await page.getByRole('slider').getAttribute('aria-valuenow')) > 0 && (await page.locator('.stage-none').count()) === 0);
    await page.keyboard.press('Space');
    await page.keyboard.press('PageUp');
    const slider = page.getByRole('slider');
    // The timeline is asked for anew every few seconds: it says so as soon as it knows the footage under the hand.
    await until('the timeline says that there is footage', async () => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d 有录像$/.test((await slider.getAttribute('aria-valuetext')) ?? ''));
    await page.goto(`${product.address}/playback?at=${String(Math.round((gap.from + (gap.until ?? 0)) / 2))}`);
    await page.locator('.stage-none').getByText('摄像机没有送来画面').waitFor();
    await until('the timeline says that there is a gap, and why', async () => ((await slider.getAttribute('aria-valuetext')) ?? '').includes('中断 摄像机没有送来画面'));
  });
});
