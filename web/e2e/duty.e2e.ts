/** A shift in a real window: on post, the line, what was late and corrected, what is missing, the signing, the register on A4. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openWindow, signInBy, startProduct, type Product, type Window } from './testing/product.ts';

let product: Product;
let browser: Browser;
let operator: Window;

const shots = process.env['VIGIL_E2E_SHOTS'];
const shoot = async (page: Page, name: string): Promise<void> => {
  if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png` });
};
const objections = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).exclude('.tile').analyze();
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [...violations.map(({ id, nodes }) => `${id} ${String(nodes[0]?.target)} ${nodes[0]?.failureSummary ?? ''}`), ...(tooWide > 0 ? [`${tooWide} px too wide`] : [])];
};

beforeAll(async () => {
  product = await startProduct({ demonstration: true });
  browser = await openBrowser();
  operator = await openWindow(browser);
  await signInBy(operator.page, product, 'duty operator');
  await operator.page.goto(`${product.address}/duty`);
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

test('whoever signs on is seen on post with a running clock', async () => {
  const { page } = operator;
  await page.getByRole('button', { name: '到岗' }).click();
  await page.locator('.duty-post time').waitFor();
  await page.getByRole('button', { name: '签退' }).click();
  await page.getByText('监控室不得无人').waitFor();
});

test('the line has the focus, Enter saves it, F2 changes its type, and what is late is marked', async () => {
  const { page } = operator;
  await page.reload();
  await page.locator('.duty-log').waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === '记一条');
  await page.keyboard.type('巡查一遍，画面正常');
  await page.keyboard.press('Enter');
  await page.locator('.entry').filter({ hasText: '巡查一遍，画面正常' }).waitFor();
  await page.keyboard.press('F2');
  await page.keyboard.type('东门有人翻墙');
  await page.getByLabel('发生时间').fill('40');
  await page.getByRole('button', { name: '保存' }).click();
  await page.locator('.entry').filter({ hasText: '东门有人翻墙' }).getByText(/迟记 40 分钟/).waitFor();
  await page.locator('.entry').filter({ hasText: '东门有人翻墙' }).getByText(/报警/).waitFor();
});

test('a correction leaves the old line readable and struck', async () => {
  const { page } = operator;
  await page.getByRole('button', { name: '更正第 1 条' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('更正：巡查两遍');
  await page.getByRole('dialog').getByRole('button', { name: '更正' }).click();
  await page.locator('.entry-struck s').filter({ hasText: '巡查一遍' }).waitFor();
  await page.locator('.entry').filter({ hasText: '更正第 1 条' }).waitFor();
});

test('what is missing is named until it is done; then the shift is signed and the next one is open', async () => {
  const { page } = operator;
  await page.getByText('还差 4 项：').waitFor();
  await page.locator('.missing').getByText('栏目“监控设备状态”空白').waitFor();
  await shoot(page, 'duty-page');
  expect(await objections(page)).toEqual([]);
  for (const name of ['监控室运行情况', '监控设备状态', '火灾报警系统状态', '内部安全检查']) {
    const section = page.locator('.duty-section').filter({ hasText: name });
    await section.locator('summary').click();
    for (const yes of await section.getByLabel('是', { exact: true }).all()) await yes.check();
    await section.getByRole('button', { name: '确认', exact: true }).click();
    await section.getByText(/王建国 \d\d:\d\d 确认/).waitFor();
  }
  await page.getByRole('button', { name: '签字结束本班' }).click();
  await page.getByRole('heading', { name: '移交下一班的事项' }).waitFor();
  await page.locator('.carried').getByText(/任务未完成.*班中设备检查/).waitFor();
  await page.getByLabel('交班说明（可空）').fill('键盘已报修');
  await page.getByRole('dialog').getByRole('button', { name: '签字结束本班' }).click();
  await page.getByText(/本班已签字，校验值/).waitFor();
  await page.getByText(/第 2 班/).waitFor();
});

test('the register prints the signed shift on A4, in both languages and on a phone', async () => {
  const leader = await openWindow(browser, { dark: false });
  const { page } = leader;
  await signInBy(page, product, 'shift leader');
  await page.goto(`${product.address}/duty`);
  await page.getByRole('button', { name: '审阅', exact: true }).click();
  await page.getByLabel('审阅意见（可空）').fill('键盘今日更换');
  await page.getByRole('dialog').getByRole('button', { name: '审阅', exact: true }).click();
  await page.getByRole('button', { name: '审阅', exact: true }).waitFor({ state: 'detached' });
  await page.goto(`${product.address}/duty/register`);
  await page.getByRole('button', { name: '查阅' }).click();
  const sheet = page.locator('.sheet').first();
  await sheet.getByText(/签字：王建国/).waitFor();
  await sheet.getByText(/领导审阅：陈志强/).waitFor();
  await sheet.getByText('交班说明：键盘已报修').waitFor();
  await sheet.getByText('审阅意见：键盘今日更换').waitFor();
  await sheet.getByText(/移交下一班：任务未完成/).first().waitFor();
  await shoot(page, 'register');
  expect(await objections(page)).toEqual([]);
  const pages = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g);
  expect(pages?.length).toBeGreaterThanOrEqual(1);
  await page.goto(`${product.address}/account`);
  await page.getByText('English', { exact: true }).click();
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['/duty', '/alarms', '/notices']) {
    await page.goto(`${product.address}${path}`);
    await page.locator('.page h1').waitFor();
    await page.locator('.state-loading').first().waitFor({ state: 'detached' });
    await shoot(page, `english-390${path.replaceAll('/', '-')}`);
    expect(await objections(page), path).toEqual([]);
  }
  expect([...leader.faults, ...operator.faults]).toEqual([]);
  await leader.context.close();
});
