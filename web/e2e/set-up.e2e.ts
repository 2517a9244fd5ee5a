/** The first visit to a new machine: the code from the terminal, a room, two people, and the way to the first camera. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openWindow, startProduct, type Product, type Window } from './testing/product.ts';

let product: Product;
let browser: Browser;
let visitor: Window;
const administrator = { account: 'guanliyuan', name: '王守正', password: 'qiao-shan-yu-deng-7719' };
const operator = { account: '李建国', name: '李建国', password: 'lan-tian-mu-chuan-4402' };

beforeAll(async () => {
  product = await startProduct({ demonstration: false });
  browser = await openBrowser();
  visitor = await openWindow(browser);
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

const codeIn = (terminal: string): string => /One-time set-up code: ([\d ]+)/.exec(terminal)?.[1]?.trim() ?? '';
const fillPerson = async (page: Page, legend: string, person: typeof operator): Promise<void> => {
  const fields = page.getByRole('group', { name: legend });
  await fields.getByLabel('姓名').fill(person.name);
  await fields.getByLabel('账号').fill(person.account);
  await fields.getByLabel('密码', { exact: true }).fill(person.password);
};
const signIn = async (page: Page, person: typeof operator): Promise<void> => {
  await page.getByLabel('账号').fill(person.account);
  await page.getByLabel('密码', { exact: true }).fill(person.password);
  await page.keyboard.press('Enter');
};
const signOut = async (page: Page): Promise<void> => {
  await page.locator('.person summary').click();
  await page.getByRole('button', { name: '退出' }).click();
  await page.waitForURL(/\/sign-in/);
};

describe('first set-up', () => {
  test('a new machine leads to the set-up, judges a password while it is typed, and keeps all that was typed when the code is wrong', async () => {
    const { page } = visitor;
    await page.goto(product.address);
    await page.waitForURL(/\/set-up$/);
    await page.getByLabel('单位名称').fill('东门客运站');
    await page.getByLabel('监控室名称').fill('一号监控室');
    await fillPerson(page, '系统管理员', { ...administrator, password: 'woaini1314' });
    await page.getByText('还不能使用').waitFor();
    await fillPerson(page, '系统管理员', administrator);
    await page.getByText('还不能使用').waitFor({ state: 'detached' });
    await fillPerson(page, '第一位值班员', operator);
    await page.getByLabel('一次性设置码').fill('0000 0000');
    await page.getByRole('button', { name: '完成设置' }).click();
    await page.getByText('设置码不正确').first().waitFor();
    expect(await page.getByLabel('单位名称').inputValue()).toBe('东门客运站');
    expect(await page.getByRole('group', { name: '第一位值班员' }).getByLabel('账号').inputValue()).toBe('李建国');
  });

  test('with the code from the terminal it ends at the first camera, signed in as the administrator who may test an address', async () => {
    const { page } = visitor;
    await page.getByLabel('一次性设置码').fill(codeIn(product.terminal()));
    await page.getByRole('button', { name: '完成设置' }).click();
    await page.waitForURL(/\/cameras\/add/);
    await page.getByLabel('视频地址').fill('rtsp://admin:very-secret@127.0.0.1:9/1');
    expect(await page.getByLabel('视频地址').inputValue()).toBe('rtsp://127.0.0.1:9/1');
    expect(await page.getByLabel('用户名').inputValue()).toBe('admin');
    await page.getByRole('button', { name: '测试', exact: true }).click();
    await page.getByText('不允许本机地址').waitFor();
  });

  test('the administrator sees no pictures and is told why; acts without the right stay visible with their reason', async () => {
    const { page } = visitor;
    await page.goto(product.address);
    await page.getByText(/只有.*可以观看实时画面/).first().waitFor();
    const wall = page.getByRole('link', { name: /实时画面/ });
    expect(await wall.getAttribute('aria-disabled')).toBe('true');
    await page.goto(`${product.address}/wall`);
    await page.getByRole('heading', { name: '您不能使用此页' }).waitFor();
  });

  test('the duty operator signs in by a Chinese account, after a wrong try that keeps the account, and returns to the page that was wanted', async () => {
    const { page } = visitor;
    await signOut(page);
    await page.goto(`${product.address}/account`);
    await page.waitForURL(/\/sign-in\?back=/);
    await signIn(page, { ...operator, password: 'not it' });
    await page.getByText('账号或密码不正确').waitFor();
    expect(await page.getByLabel('账号').inputValue()).toBe('李建国');
    await signIn(page, operator);
    await page.waitForURL(/\/account$/);
    await page.goto(`${product.address}/people`);
    await page.getByRole('heading', { name: '您不能使用此页' }).waitFor();
  });

  test('a machine that was set up is not set up again, and no page had a fault', async () => {
    const { page, faults } = visitor;
    await signOut(page);
    await page.goto(`${product.address}/set-up`);
    await page.getByText('这台机器已完成设置').waitFor();
    expect(faults).toEqual([]);
  });
});
