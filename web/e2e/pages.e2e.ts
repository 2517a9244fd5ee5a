/** Promises of every page: readable by everybody (axe), whole on a phone, light to load, and honest when the server is away. */
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import jsQR from 'jsqr';
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
  const found = await new AxeBuilder({ page }).options({ rules: { 'label-content-name-mismatch': { enabled: true } } }).analyze();
  // A tile's name is its camera and state; the running age drawn on it, repeated in the name, would be noise to those who listen.
  // Buttons with a title show a sign of a player, no words.
  const isSign = (html: string): boolean => /^<div[^>]* data-camera=|^<button[^>]* title=/.test(html);
  const violations = found.violations
    .map(({ id, nodes }) => ({ id, nodes: id === 'label-content-name-mismatch' ? nodes.filter(({ html }) => !isSign(html)) : nodes }))
    .filter(({ nodes }) => nodes.length > 0);
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [...violations.map(({ id, nodes }) => `${id} ${String(nodes[0]?.target)}`), ...(tooWide > 0 ? [`${tooWide} px too wide`] : [])];
};

const pagesOf = {
  'duty operator': ['/', '/wall', '/playback', '/snapshots', '/cameras', '/account', '/nowhere'],
  'system administrator': ['/', '/cameras', '/cameras/add', '/people', '/people/add', '/people/import', '/people/titles', '/qualifications', '/device-passwords'],
  auditor: ['/ledger', '/ledger/anchor'],
} as const;

/** Goes through the pages of a person and gathers what is wrong with each. */
const walk = async (page: Page, title: string, paths: readonly string[], look: (page: Page) => Promise<string[]>): Promise<string[]> => {
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(`${product.address}${path}`);
    await page.locator('h1').first().waitFor({ state: 'attached' });
    await page.locator('.state-loading').first().waitFor({ state: 'detached' });
    found.push(...(await look(page)).map((fault) => `${title} ${path}: ${fault}`));
  }
  return found;
};

/** Headings, buttons, labels and links that are not in English: names of people, places and cameras apart, and a language in its own writing. */
const notEnglish = (page: Page): Promise<string[]> =>
  page.locator('h1, h2, h3, button:not(.tile), th, label, legend, nav a, .nav-off, option, .banner, .state').evaluateAll((elements) =>
    elements
      .filter((element) => element.closest('[lang], .tile, .ant-segmented, .person')?.matches('html') !== false)
      .map((element) => element.textContent.replace(/\d\d (东门岗|售票大厅|候车厅|停车场)/g, ''))
      .filter((text) => /\p{Script=Han}/u.test(text)),
  );

const chooseLanguage = async (page: Page, language: string, heading: string): Promise<void> => {
  await page.goto(`${product.address}/account`);
  await page.getByText(language, { exact: true }).click();
  await page.getByRole('heading', { name: heading }).waitFor();
};

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
    { dark: false, locale: 'en', width: 390, height: 844 },
  ])('has nothing that axe objects to, fits its window, and is whole in its language: %o', async (look) => {
    const found: string[] = [];
    for (const [title, paths] of Object.entries(pagesOf)) {
      const { page, context, faults } = await openWindow(browser, look);
      await signInBy(page, product, title);
      if (look.locale === 'en') await chooseLanguage(page, 'English', 'My account');
      const looked = async (seen: Page) => [...(await faultsOf(seen)), ...(look.locale === 'en' ? await notEnglish(seen) : [])];
      found.push(...(await walk(page, title, paths, looked)), ...faults);
      if (look.locale === 'en') await chooseLanguage(page, '中文', '我的账户');
      await context.close();
    }
    expect(found).toEqual([]);
  });

  test('comes compressed over the network', async () => {
    const page = await (await fetch(product.address)).text();
    const [, script = ''] = /<script[^>]* src="([^"]+)"/.exec(page) ?? [];
    const answer = await fetch(`${product.address}${script}`, { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    const plain = await fetch(`${product.address}${script}`, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await answer.text()).toBe(await plain.text());
  });

  test('refuses an address of this machine as a camera, in plain words, where nobody has allowed it', async () => {
    const { page, context } = await openWindow(browser);
    await signInBy(page, product, 'system administrator');
    await page.goto(`${product.address}/cameras/add`);
    await page.getByLabel('视频地址').fill('rtsp://127.0.0.1:9/1');
    await page.getByRole('button', { name: '测试', exact: true }).click();
    await page.getByText('不允许本机地址').waitFor();
    await context.close();
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

/** The package's types speak of a default inside of the default; what is there is the function itself. */
const readCode = jsQR as unknown as (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null;

/** What a telephone would read from the picture of the code. */
const decoded = async (page: Page, name: string): Promise<string | undefined> => {
  const side = 500;
  const pixels = await page.getByRole('img', { name }).evaluate((image, size) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
    const pen = canvas.getContext('2d');
    if (pen === null || !(image instanceof HTMLImageElement)) return [];
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, size, size);
    pen.drawImage(image, 25, 25, size - 50, size - 50);
    return [...pen.getImageData(0, 0, size, size).data];
  }, side);
  return readCode(Uint8ClampedArray.from(pixels), side, side)?.data;
};

describe('the ledger on screen and paper', () => {
  test('an anchor prints on one page whose code holds exactly the signed checkpoint', async () => {
    const { page, context, faults } = await openWindow(browser, { dark: false });
    await signInBy(page, product, 'auditor');
    await page.goto(`${product.address}/ledger/anchor`);
    await page.getByRole('button', { name: '制作锚点' }).click();
    const checkpoint = await page.locator('.checkpoint').textContent();
    expect(checkpoint).toMatch(/^vigil\/site_\w+\n\d+\n/);
    expect(await decoded(page, '锚点二维码')).toBe(checkpoint);
    const pages = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g);
    expect(pages).toHaveLength(1);
    expect(faults).toEqual([]);
    await context.close();
  });

  test('a fact is told in field words and site time, its camera can be followed, and nothing is read unless somebody asks', async () => {
    const { page, context } = await openWindow(browser);
    await signInBy(page, product, 'auditor');
    let reads = 0;
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/api/ledger/facts') reads += 1;
    });
    await page.goto(`${product.address}/ledger`);
    await page.locator('.fact').first().waitFor();
    const kind = page.getByLabel('种类');
    await kind.selectOption({ label: '添加摄像机' });
    await page.locator('.fact').filter({ hasText: '东门岗' }).locator('summary').first().click();
    const opened = page.locator('.fact .facts');
    const text = await opened.innerText();
    expect(text).toContain('01 东门岗');
    expect(text).toMatch(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/);
    expect(text).not.toMatch(/cam_|\d{13}|video\./);
    await opened.getByRole('button', { name: '只看此对象' }).click();
    await kind.selectOption({ label: '全部种类' });
    await page.locator('.filters strong').filter({ hasText: '01 东门岗' }).waitFor();
    await page.locator('.fact').filter({ hasText: '添加摄像机' }).waitFor();
    expect(reads).toBe(4);
    await page.getByRole('button', { name: '读取新记录' }).click();
    await until('a fifth reading', () => reads === 5);
    await context.close();
  });
});
