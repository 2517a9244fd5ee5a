/** Promises of every page: readable by everybody (axe), whole on a phone, light to load, and honest when the server is away. */
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openWindow, signInBy, startProduct, until, type Product } from './testing/product.ts';

let product: Product;
let browser: Browser;

beforeAll(async () => {
  product = await startProduct({ demonstration: true });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

const scriptLimitBytes = 450_000;

/** What axe objects to, and whether the page is wider than the window. */
const faultsOf = async (page: Page): Promise<string[]> => {
  // A tile's name is its camera and state; the running age drawn on it, repeated in the name, would be noise to those who listen.
  const { violations } = await new AxeBuilder({ page }).disableRules(['label-content-name-mismatch']).analyze();
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [...violations.map(({ id, nodes }) => `${id} ${String(nodes[0]?.target)}`), ...(tooWide > 0 ? [`${tooWide} px too wide`] : [])];
};

const pagesOf = {
  'duty operator': ['/', '/wall', '/playback', '/snapshots', '/cameras', '/account', '/nowhere'],
  'system administrator': ['/', '/cameras', '/cameras/add', '/people', '/people/add'],
  auditor: ['/ledger', '/ledger/anchor'],
} as const;

describe('every page', () => {
  test('loads at most 450 kB of script, gzipped, up to the console', async () => {
    const { page, context } = await openWindow(browser);
    const bodies: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (new URL(response.url()).pathname.endsWith('.js')) bodies.push(response.body());
    });
    await signInBy(page, product, 'duty operator');
    await page.locator('.console .tile').first().waitFor();
    const sizeBytes = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
    expect(bodies.length).toBeGreaterThan(3);
    expect(sizeBytes).toBeLessThan(scriptLimitBytes);
    await context.close();
  });

  test.each([
    { dark: true, locale: 'zh-CN', width: 1920, height: 1080 },
    { dark: false, locale: 'zh-CN', width: 390, height: 844 },
  ])('has nothing that axe objects to and fits its window: %o', async (look) => {
    const found: string[] = [];
    for (const [title, paths] of Object.entries(pagesOf)) {
      const { page, context, faults } = await openWindow(browser, look);
      await signInBy(page, product, title);
      for (const path of paths) {
        await page.goto(`${product.address}${path}`);
        await page.locator('h1').first().waitFor({ state: 'attached' });
        await page.locator('.state-loading').first().waitFor({ state: 'detached' });
        found.push(...(await faultsOf(page)).map((fault) => `${title} ${path}: ${fault}`));
      }
      found.push(...faults);
      await context.close();
    }
    expect(found).toEqual([]);
  });

  test('says that the server is away and that recording goes on, and comes back by itself', async () => {
    const { page, context } = await openWindow(browser);
    await signInBy(page, product, 'duty operator');
    await page.locator('.console').waitFor();
    const before = product.pidOf('server');
    // Killed until the silence lasts longer than a quick restart, which alarms nobody.
    const bar = page.getByRole('alert').filter({ hasText: '连不上值守服务' });
    await until('the bar is shown', async () => {
      const pid = product.pidOf('server');
      if (pid !== null) process.kill(pid, 'SIGKILL');
      return bar.isVisible();
    });
    expect(await bar.innerText()).toContain('录像由录像服务继续');
    await bar.waitFor({ state: 'detached', timeout: 60_000 });
    expect(product.pidOf('server')).not.toBe(before);
    await context.close();
  });
});
