/** The clause board, the figures and the acts of the room as people meet them: found, opened, printed, asked; readable by everybody, on a wall and on a phone. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openWindow, signInBy, startProduct, type Product } from './testing/product.ts';

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

const paths = ['/compliance', '/compliance/clause?id=BRN-1', '/compliance/figures', '/compliance/evidence?id=BRN-1', '/audit', '/audit/reviews', '/audit/trace'];

const faultsOf = async (page: Page, path: string): Promise<string[]> => {
  const found = await new AxeBuilder({ page }).analyze();
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [...found.violations.map(({ id, nodes }) => `${path}: ${id} ${String(nodes[0]?.target)}`), ...(tooWide > 0 ? [`${path}: ${tooWide} px too wide`] : [])];
};

describe('board and acts', () => {
  test.each([
    { dark: true, width: 1920, height: 1080 },
    { dark: false, width: 390, height: 844 },
  ])('have nothing that axe objects to and fit their window: %o', async (look) => {
    const { page, context, faults } = await openWindow(browser, look);
    await signInBy(page, product, 'room manager');
    const found: string[] = [];
    for (const path of paths) {
      await page.goto(`${product.address}${path}`);
      await page.locator('h1').first().waitFor();
      await page.locator('.state-loading').first().waitFor({ state: 'detached' });
      found.push(...(await faultsOf(page, path)));
    }
    expect([...found, ...faults]).toEqual([]);
    await context.close();
  });

  test('a clause is found by its words, shows its state, and its evidence is made as a sheet with the ledger’s signature', async () => {
    const { page, context } = await openWindow(browser);
    await signInBy(page, product, 'room manager');
    await page.goto(`${product.address}/compliance`);
    await page.getByRole('searchbox', { name: '查找条款号或文字' }).fill('BRN-11');
    await page.getByRole('link', { name: 'BRN-11', exact: true }).click();
    await page.getByRole('heading', { name: '条款 BRN-11' }).waitFor();
    await page.getByText('brn@1#BRN-11').waitFor();
    await page.getByRole('button', { name: '打印证据' }).click();
    await page.getByRole('button', { name: '制作证据' }).click();
    expect(await page.locator('.sheet pre').innerText()).toContain('vigil/');
    await context.close();
  });

  test('the usual question shows who watched; the question is itself on record', async () => {
    const { page, context } = await openWindow(browser);
    await signInBy(page, product, 'auditor');
    await page.goto(`${product.address}/audit`);
    await page.getByRole('button', { name: '今天改了什么' }).click();
    await page.getByRole('list', { name: '操作记录，新的在前' }).waitFor();
    await page.getByLabel('哪类操作').selectOption('readings');
    await page.getByLabel('从', { exact: true }).fill('');
    await page.getByRole('button', { name: '查询', exact: true }).click();
    await page.getByText(/查询操作记录，看到 \d+ 条/).first().waitFor();
    await page.getByRole('checkbox', { name: /有来访者在场/ }).check();
    await page.getByText('姓名和内容已隐去。').waitFor();
    expect(await page.locator('.fact-list').innerText()).not.toContain('徐慧芳');
    await context.close();
  });
});
