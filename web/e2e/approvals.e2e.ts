/** A request from asking to the grant, as people meet it: asked at a desk, agreed on a phone with a passkey, then by the leader; and what stands in the way. */
import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf, givePasskey, picture } from './testing/hands.ts';
import { openBrowser, openWindow, signInBy, startProduct, type Product, type Window } from './testing/product.ts';

let product: Product;
let browser: Browser;
let asker: Window;

beforeAll(async () => {
  product = await startProduct({ demonstration: true });
  browser = await openBrowser();
  asker = await openWindow(browser, { dark: false });
  await signInBy(asker.page, product, 'duty operator');
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

/** Without them the signing says that they must be enabled, and asks for none. */
const enableCodes = async (page: Page): Promise<void> => {
  await page.goto(`${product.address}/account`);
  await page.getByRole('button', { name: '启用动态验证码' }).click();
  const secret = (await page.locator('code.secret').innerText()).replaceAll(' ', '');
  await page.getByLabel('手机上显示的验证码').fill(new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 }).generate());
  await page.getByLabel('手机上显示的验证码').press('Enter');
  await page.locator('.recovery-codes li').first().waitFor();
};

const chooseClause = async (page: Page, clause: string): Promise<void> => {
  await page.getByLabel('豁免条款').fill(clause);
  await page.locator('.ant-select-item-option').first().click();
};

const ask = async (page: Page, clause: string): Promise<void> => {
  await page.goto(`${product.address}/approvals/ask`);
  await chooseClause(page, clause);
  await page.getByLabel('开始').fill('2030-01-01T08:00');
  await page.getByLabel('结束').fill('2030-01-03T08:00');
  await page.getByLabel('替代措施').fill('门口由保安队长替班，巡看加倍');
  await page.getByLabel('理由').fill('值班员怀孕，医生建议减少夜班');
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByRole('heading', { name: '豁免申请' }).waitFor();
};

const seesWaiting = async (page: Page): Promise<void> => {
  await page.goto(`${product.address}/approvals`);
  await page.getByRole('link', { name: /豁免申请/ }).first().click();
  await page.getByRole('heading', { name: '批准的内容' }).waitFor();
};

const agreeByPasskey = async (page: Page, comment: string): Promise<void> => {
  await page.getByRole('button', { name: '同意', exact: true }).click();
  await page.getByLabel('意见').fill(comment);
  await page.getByRole('button', { name: '下一步：签名' }).click();
  await page.getByRole('heading', { name: '您将签署' }).waitFor();
  await picture(page, 'approvals-sign');
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: '用通行密钥签名' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

test('an exemption is asked for at a desk; a fault of the form stands at its field and what was typed is kept', async () => {
  const { page } = asker;
  await page.goto(`${product.address}/approvals/ask`);
  await chooseClause(page, 'BRN-9.1');
  await page.getByLabel('开始').fill('2030-01-03T08:00');
  await page.getByLabel('结束').fill('2030-01-01T08:00');
  await page.getByLabel('替代措施').fill('替班');
  await page.getByLabel('理由').fill('因为');
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByText('豁免必须有将来的结束时间').waitFor();
  await page.locator('.ant-select', { hasText: 'BRN-9.1' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await ask(page, 'BRN-9.1');
  await picture(page, 'approvals-asked');
  expect(await page.getByRole('button', { name: '撤回' }).isVisible()).toBe(true);
  expect(await page.getByRole('button', { name: '同意', exact: true }).count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
});

test('the room manager agrees on a phone with a passkey, then the leader at a desk: granted, each signature checked', async () => {
  const phone = await openWindow(browser, { width: 390, height: 844, dark: false });
  await signInBy(phone.page, product, 'room manager');
  await givePasskey(phone);
  await phone.page.goto(`${product.address}/approvals`);
  await phone.page.getByRole('link', { name: /豁免申请/ }).first().waitFor();
  await picture(phone.page, 'approvals-phone-list');
  expect(await faultsOf(phone.page)).toEqual([]);
  await seesWaiting(phone.page);
  await picture(phone.page, 'approvals-phone-one');
  expect(await faultsOf(phone.page)).toEqual([]);
  await agreeByPasskey(phone.page, '同意，注意交接');
  await phone.page.getByText('签名已核对').waitFor();
  await phone.context.close();

  const desk = await openWindow(browser, { dark: false });
  await signInBy(desk.page, product, 'leader');
  await givePasskey(desk);
  await seesWaiting(desk.page);
  await picture(desk.page, 'approvals-desk');
  expect(await desk.page.getByRole('navigation').getByText('1 项等您审批').count()).toBe(1);
  await agreeByPasskey(desk.page, '');
  await desk.page.locator('.approval-detail .approval-in_use').waitFor();
  expect(await desk.page.getByText('签名已核对').count()).toBe(2);
  await desk.page.getByRole('button', { name: '撤销' }).waitFor();
  await picture(desk.page, 'approvals-granted');
  expect(await faultsOf(desk.page)).toEqual([]);
  expect(desk.faults).toEqual([]);
  await desk.context.close();
});

test('a refusal without words is not sent; a wrong code stays in the form; what one decided the other hears', async () => {
  await ask(asker.page, 'BRN-9.2');
  const manager = await openWindow(browser, { dark: true });
  await signInBy(manager.page, product, 'room manager');
  await enableCodes(manager.page);
  await seesWaiting(manager.page);
  await manager.page.getByRole('button', { name: '拒绝', exact: true }).click();
  await manager.page.getByRole('button', { name: '下一步：签名' }).click();
  await manager.page.getByText('拒绝必须写明理由').waitFor();
  await manager.page.getByLabel('意见').fill('时间太长');
  await manager.page.getByRole('button', { name: '下一步：签名' }).click();
  await manager.page.getByLabel('登录密码').fill('not the password');
  await manager.page.getByRole('textbox', { name: '动态验证码' }).fill('123456');
  await manager.page.getByRole('button', { name: '用密码和动态验证码签名' }).click();
  await manager.page.getByRole('alert').waitFor();
  expect(await manager.page.getByLabel('登录密码').inputValue()).toBe('not the password');
  await picture(manager.page, 'approvals-refused-code');
  expect(await faultsOf(manager.page)).toEqual([]);
  // Meanwhile the applicant takes it back.
  await asker.page.getByRole('button', { name: '撤回' }).click();
  await asker.page.getByRole('dialog').getByRole('textbox').fill('不需要了');
  await asker.page.getByRole('dialog').getByRole('button', { name: '撤回' }).click();
  await asker.page.locator('.approval-detail .approval-withdrawn').waitFor();
  await manager.page.getByRole('button', { name: '用密码和动态验证码签名' }).click();
  await manager.page.getByText('已由王建国处理（撤回）').waitFor();
  await manager.context.close();
  expect(asker.faults).toEqual([]);
});

test('a deputy is named and ended; every page stands in English too', async () => {
  const manager = await openWindow(browser, { dark: false, locale: 'en' });
  const { page } = manager;
  await signInBy(page, product, 'leader');
  await page.evaluate(() => localStorage.setItem('vigil.language', 'en'));
  for (const path of ['/approvals', '/approvals/ask', '/approvals/deputies']) {
    await page.goto(`${product.address}${path}`);
    await page.locator('h1').waitFor();
    await page.locator('.state-loading').first().waitFor({ state: 'detached' });
    expect(await faultsOf(page)).toEqual([]);
  }
  await page.getByRole('combobox').fill('冯国');
  await page.locator('.ant-select-item-option', { hasText: '冯国栋' }).click();
  await page.getByLabel(/原因|Reason/).fill('出差');
  await page.getByRole('button', { name: /^(指定|Name)$/ }).click();
  await page.getByRole('cell', { name: '冯国栋' }).waitFor();
  await picture(page, 'approvals-deputies');
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: /^(结束|End)$/ }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: /^(结束|End)$/ }).click();
  await page.getByRole('cell', { name: '冯国栋' }).waitFor({ state: 'detached' });
  await manager.context.close();
});
