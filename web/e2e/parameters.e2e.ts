/** Rules as people meet them: two regulations that contradict each other are adopted, a parameter is changed by two persons, a faulty pack is told its line. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf, givePasskey, picture } from './testing/hands.ts';
import { openBrowser, openWindow, signInBy, startProduct, type Product, type Window } from './testing/product.ts';

let product: Product;
let browser: Browser;
let leader: Window;
let security: Window;
let manager: Window;

const open = async (title: string): Promise<Window> => {
  const window = await openWindow(browser, { dark: false });
  await signInBy(window.page, product, title);
  await givePasskey(window);
  return window;
};

const agree = async ({ page }: Window, what: RegExp): Promise<void> => {
  await page.goto(`${product.address}/approvals`);
  await page.getByRole('link', { name: what }).first().click();
  await page.getByRole('button', { name: '同意', exact: true }).click();
  await page.getByRole('button', { name: '下一步：签名' }).click();
  await page.getByRole('button', { name: '用通行密钥签名' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

beforeAll(async () => {
  product = await startProduct({ demonstration: true });
  browser = await openBrowser();
  leader = await open('leader');
  security = await open('security department');
  manager = await open('room manager');
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

test('two regulations that contradict each other are adopted once every conflict is settled and every open value decided', async () => {
  const { page } = leader;
  await page.goto(`${product.address}/parameters/adopt`);
  await page.getByText('请先选择制度').waitFor();
  const choice = page.getByRole('combobox', { name: '一、选择制度' });
  for (const id of ['bus@1', 'sch@1']) {
    await choice.fill(id);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Escape');
  await page.getByRole('group', { name: '机关调取录像' }).waitFor();
  expect(await page.getByText('冲突“机关调取录像”尚未裁定。').isVisible()).toBe(true);
  await page.getByRole('textbox', { name: '理由' }).fill('客运站与学校共用场地');
  await picture(page, 'parameters-adopt', true);
  expect(await faultsOf(page)).toEqual([]);
  for (const group of await page.locator('.rule-list > [role=group]').all()) await group.getByRole('radio').first().check();
  await page.getByRole('button', { name: '确认全部建议值' }).click();
  await page.getByText('可以提交审批。').waitFor();
  await page.getByRole('button', { name: '提交审批' }).click();
  await page.getByText('已提交审批').waitFor();
  await agree(security, /采用 2 份制度/);
  await page.goto(`${product.address}/parameters`);
  await page.getByText('视频监控管理规定（第1版）', { exact: false }).first().waitFor();
  expect(await page.getByText('学校监控室管理制度（第1版）', { exact: false }).first().isVisible()).toBe(true);
});

test('a parameter is changed by two persons, below its law it is not, and the minute before still answers as it was', async () => {
  const { page } = manager;
  await page.goto(`${product.address}/parameters`);
  await page.getByRole('searchbox').fill('ack_limit_fire');
  await page.getByRole('button', { name: '修改 火警确认时限' }).click();
  await page.getByRole('spinbutton', { name: '新值' }).fill('400');
  await page.getByLabel('理由').fill('缩短确认时间');
  await page.getByRole('button', { name: '提交审批' }).click();
  await page.getByText('不得高于 180 秒').first().waitFor();
  await picture(page, 'parameters-change', true);
  await page.getByRole('spinbutton', { name: '新值' }).fill('20');
  await page.getByRole('button', { name: '提交审批' }).click();
  await page.getByText('批准后生效').waitFor();
  await agree(security, /火警确认时限/);
  await page.goto(`${product.address}/parameters`);
  await page.getByRole('searchbox').fill('ack_limit_fire');
  await page.getByRole('cell', { name: '30 秒', exact: true }).waitFor();
  await agree(leader, /火警确认时限/);
  await page.reload();
  await page.getByRole('searchbox').fill('ack_limit_fire');
  await page.getByRole('cell', { name: '20 秒', exact: true }).waitFor();
  await page.getByLabel('查看这一时刻的规则').fill('2026-01-01T08:00');
  await page.getByRole('cell', { name: '30 秒', exact: true }).waitFor();
  await page.getByRole('button', { name: '回到现在' }).click();
  await page.getByRole('button', { name: '历史 火警确认时限' }).click();
  await page.getByText('设为 20 秒').waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test('a pack with a fault is told its line, and what was given stays', async () => {
  const { page } = leader;
  await page.goto(`${product.address}/parameters/packs`);
  const text = page.getByLabel('制度包内容（YAML）');
  await text.fill('format: 1\nid: own\nprefix: OWN\nkind: rumour\n');
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await page.getByText('第 4 行').first().waitFor();
  expect(await text.inputValue()).toContain('kind: rumour');
  await picture(page, 'parameters-packs', true);
  expect(await faultsOf(page)).toEqual([]);
});

test('a clause is found by a value, the profile and the room rules are read; at a desk and on a phone', async () => {
  const { page } = security;
  await page.goto(`${product.address}/parameters/clauses`);
  await page.getByLabel('按编号、文字、参数或数值查找').fill('机要重地');
  await page.getByText('BRN 3.1').first().waitFor();
  for (const path of ['', '/clauses', '/house-rules', '/profile']) {
    await page.goto(`${product.address}/parameters${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText('正在读取…').waitFor({ state: 'detached' });
    expect(await faultsOf(page), path).toEqual([]);
    await picture(page, `parameters${path.replace('/', '-')}`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['', '/clauses', '/packs', '/conflicts', '/house-rules', '/profile']) {
    await page.goto(`${product.address}/parameters${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText('正在读取…').waitFor({ state: 'detached' });
    expect(await faultsOf(page), `${path} on a phone`).toEqual([]);
  }
  expect([...leader.faults, ...manager.faults, ...security.faults]).toEqual([]);
});
