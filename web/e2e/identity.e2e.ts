/** Getting in, as people do it: passkey, one-time code, a first password, a file of people, devices and qualifications. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { Secret, TOTP } from 'otpauth';
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

const signOut = async (page: Page): Promise<void> => {
  await page.locator('.person summary').click();
  await page.getByRole('button', { name: '退出' }).click();
  await page.waitForURL(/\/sign-in/);
};

/** A security key of Chromium's own: checks the person, finds keys by itself. */
const plugInKey = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
};

const shots = process.env['VIGIL_PICTURES'];
const look = async (page: Page, name: string): Promise<string[]> => {
  if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [...violations.map(({ id, nodes }) => `${name}: ${id} ${String(nodes[0]?.target)}`), ...(tooWide > 0 ? [`${name}: ${tooWide} px too wide`] : [])];
};

describe('the second factor', () => {
  test('a passkey is added on the account page, with a warning on localhost, and opens the room without a password', async () => {
    const { page, context, faults } = await openWindow(browser);
    await plugInKey(page);
    await signInBy(page, product, 'shift leader');
    await page.goto(`${product.address}/account`);
    await page.getByText('只在这台电脑上有效').waitFor();
    await page.getByLabel('名称').fill('值班台指纹');
    await page.getByRole('button', { name: '添加通行密钥' }).click();
    await page.getByRole('button', { name: '移除 值班台指纹' }).waitFor();
    expect(await page.getByText('只在这台电脑上有效').count()).toBe(0);
    await signOut(page);
    await page.getByRole('button', { name: '用通行密钥登录' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await page.locator('.person summary').getByText('陈志强').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  test('one-time codes are begun in two steps and asked for at the next sign-in', async () => {
    const { page, context, faults } = await openWindow(browser);
    await signInBy(page, product, 'room manager');
    await page.goto(`${product.address}/account`);
    await page.getByRole('button', { name: '启用动态验证码' }).click();
    await page.getByRole('img', { name: '验证器二维码' }).waitFor();
    const secret = (await page.locator('code.secret').innerText()).replaceAll(' ', '');
    const codes = new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 });
    await page.getByLabel('手机上显示的验证码').fill(codes.generate());
    await page.getByRole('button', { name: '确认启用' }).click();
    await page.getByText('恢复码，只显示这一次').waitFor();
    expect(await page.locator('.recovery-codes li').count()).toBe(10);
    const recovery = await page.locator('.recovery-codes li').first().innerText();
    await page.getByRole('button', { name: '已收好' }).click();
    await signOut(page);
    const person = product.people.get('room manager')!;
    await page.getByLabel('账号').fill(person.account);
    await page.getByLabel('密码', { exact: true }).fill(person.password);
    await page.keyboard.press('Enter');
    await page.getByLabel('动态验证码').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText('动态验证码不正确或已用过').waitFor();
    await page.getByLabel('动态验证码').fill(recovery);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    expect(faults).toEqual([]);
    await context.close();
  });
});

describe('people by file', () => {
  test('good rows come in, wrong ones stay with their reason, first passwords are shown once and must be changed', async () => {
    const { page, context, faults } = await openWindow(browser);
    await signInBy(page, product, 'system administrator');
    await page.goto(`${product.address}/people/titles`);
    await page.getByRole('button', { name: '修改 值班员' }).click();
    await page.getByLabel('中文名称').fill('调度员');
    await page.getByLabel('英文名称').fill('dispatcher');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('调度员').waitFor();
    await page.goto(`${product.address}/people/import`);
    const file = join(product.dataFolder, '人员.csv');
    writeFileSync(file, '\uFEFF姓名,账号,工号,岗位,语言,有效期至\r\n何静,hejing,B101,调度员,中文,2031-12-31\r\n,wrong account,B102,不存在的岗位,,\r\n马超,machao,B103,监控员、技术维护,English,\r\n');
    await page.locator('#people-file').setInputFiles(file);
    await page.getByText('2 行可以导入，1 行有问题').waitFor();
    await page.getByText('没有岗位“不存在的岗位”').waitFor();
    expect(await look(page, 'import-preview')).toEqual([]);
    await page.getByRole('button', { name: '导入 2 人' }).click();
    await page.getByText('初始密码（2 人）').waitFor();
    await page.getByText('0 行可以导入，1 行有问题').waitFor();
    expect(await look(page, 'import-slips')).toEqual([]);
    const password = await page.locator('.slip', { hasText: '何静' }).locator('code').nth(1).innerText();
    await page.goto(`${product.address}/people`);
    await page.getByRole('cell', { name: '调度员' }).first().waitFor();
    await signOut(page);
    await page.getByLabel('账号').fill('hejing');
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/account$/);
    await page.getByRole('heading', { name: '请先修改密码' }).waitFor();
    await page.goto(`${product.address}/wall`);
    await page.waitForURL(/\/account$/);
    await page.getByRole('heading', { name: '请先修改密码' }).waitFor();
    expect(await look(page, 'first-password')).toEqual([]);
    await page.getByLabel('当前密码').fill(password);
    await page.getByLabel('新密码').fill('tieban-louqi-wumang-7731');
    await page.getByRole('button', { name: '修改密码' }).click();
    await page.getByRole('heading', { name: '我的账户' }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });
});

describe('device passwords and qualifications', () => {
  test('a factory password is found and a changed one is no longer; a qualification stands with who has checked it', async () => {
    const { page, context, faults } = await openWindow(browser);
    await signInBy(page, product, 'technician');
    await page.goto(`${product.address}/device-passwords`);
    await page.getByRole('button', { name: '登记密码' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('设备', { exact: true }).fill('接入交换机 1');
    await dialog.getByLabel('责任人').click();
    await page.getByTitle('周鹏 DM1006').click();
    await dialog.getByLabel('密码', { exact: true }).fill('admin123');
    await dialog.getByRole('button', { name: '保存' }).click();
    await page.getByText('出厂密码').waitFor();
    expect(await look(page, 'device-passwords')).toEqual([]);
    await page.getByRole('button', { name: '已更换' }).click();
    await dialog.getByLabel('新密码').fill('tuolan-cheshi-mengpu-5512');
    await dialog.getByRole('button', { name: '保存' }).click();
    await page.getByText('出厂密码').waitFor({ state: 'detached' });
    await signOut(page);
    await signInBy(page, product, 'duty manager');
    await page.goto(`${product.address}/qualifications`);
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await dialog.getByLabel('姓名').click();
    await page.getByTitle('刘晓燕 DM1002').click();
    await dialog.getByLabel('编号').fill('P-2026-7');
    await dialog.getByRole('button', { name: '保存' }).click();
    await page.getByRole('cell', { name: 'P-2026-7' }).waitFor();
    expect(await look(page, 'qualifications')).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });
});

describe('on every screen', () => {
  test('the pages are readable by everybody in both languages, on the desk and on a phone', async () => {
    const found: string[] = [];
    const pages = { 'system administrator': ['/people', '/people/import', '/people/titles', '/account'], 'duty manager': ['/qualifications', '/device-passwords'] } as const;
    for (const [width, height] of [[1920, 1080], [390, 844]] as const) {
      for (const locale of ['zh-CN', 'en'] as const) {
        const { page, context } = await openWindow(browser, { width, height, locale, dark: false });
        for (const [title, paths] of Object.entries(pages)) {
          await context.clearCookies();
          await signInBy(page, product, title);
          for (const path of paths) {
            await page.goto(`${product.address}${path}`);
            await page.locator('h1').first().waitFor();
            if (locale === 'en' && path === paths[0]) {
              await page.request.fetch(`${product.address}/api/identity/language`, { method: 'PUT', data: { language: 'en' } });
              await page.reload();
              await page.locator('h1').first().waitFor();
            }
            await page.locator('.state-loading').first().waitFor({ state: 'detached' });
            found.push(...(await look(page, `${title.replace(' ', '-')}${path.replaceAll('/', '-')}-${width}-${locale}`)));
          }
          await page.request.fetch(`${product.address}/api/identity/language`, { method: 'PUT', data: { language: 'zh-CN' } });
        }
        await context.close();
      }
    }
    expect(found).toEqual([]);
  });
});
