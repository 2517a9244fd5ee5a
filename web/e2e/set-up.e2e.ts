/** The first visit to a new machine: the code from the terminal, a room, two people, the first camera with its wrong and right password, more people. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLockedCamera, type LockedCamera } from './testing/camera.ts';
import { openBrowser, openWindow, startProduct, type Product, type Window } from './testing/product.ts';

let product: Product;
let browser: Browser;
let visitor: Window;
let camera: LockedCamera;
const administrator = { account: 'guanliyuan', name: '王守正', password: 'qiao-shan-yu-deng-7719' };
const operator = { account: '李建国', name: '李建国', password: 'lan-tian-mu-chuan-4402' };

beforeAll(async () => {
  product = await startProduct({ demonstration: false, allowLocalCameras: true });
  camera = await startLockedCamera();
  browser = await openBrowser();
  visitor = await openWindow(browser);
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  camera.stop();
});

const auditor = { account: 'zhoumin', name: '周敏', password: 'ping-guo-che-tai-3391' };

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
const tryAddress = (page: Page): Promise<void> => page.getByRole('button', { name: '测试', exact: true }).click();
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
    expect(await page.getByText('设置码不正确').count()).toBe(1);
    expect(await page.getByLabel('一次性设置码').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('单位名称').inputValue()).toBe('东门客运站');
    expect(await page.getByRole('group', { name: '第一位值班员' }).getByLabel('账号').inputValue()).toBe('李建国');
  });

  test('with the code from the terminal it ends at the first camera, signed in as the administrator who may test an address', async () => {
    const { page } = visitor;
    await page.getByLabel('一次性设置码').fill(codeIn(product.terminal()));
    await page.getByRole('button', { name: '完成设置' }).click();
    await page.waitForURL(/\/cameras\/add\?first=yes$/);
    await page.getByLabel('视频地址').fill(camera.url.replace('//', '//admin:very-secret@'));
    expect(await page.getByLabel('视频地址').inputValue()).toBe(camera.url);
    expect(await page.getByLabel('用户名').inputValue()).toBe('admin');
    await tryAddress(page);
    await page.getByText('用户名或密码不对').waitFor();
  });

  test('with the right password the test shows a picture, the answer to the wrong one goes, and the camera is recorded', async () => {
    const { page } = visitor;
    await page.getByLabel('密码', { exact: true }).fill(camera.password);
    await page.getByText('用户名或密码不对').waitFor({ state: 'detached' });
    await tryAddress(page);
    await page.getByRole('img', { name: '测试画面' }).waitFor();
    await page.getByLabel('名称').fill('东门岗');
    await page.getByRole('button', { name: '添加并开始录像' }).click();
    await page.waitForURL(`${product.address}/`);
    await page.getByText('1 / 1 路').waitFor();
  });

  test('a change never turns what was typed into something else, tests with the stored password, and is seen in the list', async () => {
    const { page } = visitor;
    await page.goto(`${product.address}/cameras`);
    await page.getByRole('button', { name: '修改' }).click();
    await page.getByLabel('保存天数').fill('3');
    await page.getByLabel('墙上的编号').fill('0');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('请填 1 到 9999 之间的整数').waitFor();
    expect(await page.getByLabel('保存天数').inputValue()).toBe('3');
    expect(await page.getByLabel('密码', { exact: true }).inputValue()).toBe('');
    await tryAddress(page);
    await page.getByText('连接正常').waitFor();
    await page.getByLabel('保存天数').fill('45');
    await page.getByLabel('墙上的编号').fill('7');
    await page.getByRole('button', { name: '保存' }).click();
    const row = page.getByRole('row').filter({ hasText: '东门岗' });
    await row.filter({ hasText: '45 天' }).waitFor();
    expect(await row.getByRole('cell').first().innerText()).toBe('07');
  });

  test('a person is added after a weak password and a taken account, keeps what was typed, and is shut out when deactivated', async () => {
    const { page } = visitor;
    await page.goto(`${product.address}/people`);
    await page.getByRole('button', { name: '添加人员' }).click();
    await page.getByLabel('姓名').fill('周敏');
    await page.getByLabel('账号').fill(administrator.account);
    await page.getByLabel('审计员').check();
    await page.getByLabel('初始密码').fill('password123');
    await page.getByText('还不能使用').waitFor();
    await page.getByLabel('初始密码').fill(auditor.password);
    await page.getByRole('button', { name: '添加人员' }).click();
    await page.getByText(/账号.*已/).first().waitFor();
    expect(await page.getByLabel('姓名').inputValue()).toBe('周敏');
    await page.getByLabel('账号').fill(auditor.account);
    await page.getByRole('button', { name: '添加人员' }).click();
    const row = page.getByRole('row').filter({ hasText: '周敏' });
    await row.filter({ hasText: '在用' }).waitFor();
    const theirs = await openWindow(browser);
    await theirs.page.goto(product.address);
    await signIn(theirs.page, auditor);
    // The first password is somebody else's: it is changed before anything else.
    await theirs.page.getByRole('heading', { name: '请先修改密码' }).waitFor();
    await theirs.page.getByLabel('当前密码').fill(auditor.password);
    await theirs.page.getByLabel('新密码').fill('tieban-louqi-wumang-7731');
    await theirs.page.getByRole('button', { name: '修改密码' }).click();
    await theirs.page.getByText('台账', { exact: true }).first().click();
    await theirs.page.getByRole('link', { name: '账本' }).first().waitFor();
    await row.getByRole('button', { name: '修改' }).click();
    await page.getByRole('button', { name: '停用' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
    await theirs.page.waitForURL(/\/sign-in/);
    await signIn(theirs.page, auditor);
    await theirs.page.getByRole('alert').waitFor();
    expect(new URL(theirs.page.url()).pathname).toBe('/sign-in');
    await theirs.context.close();
  });

  test('a camera is retired with a reason only, and leaves the list', async () => {
    const { page } = visitor;
    await page.goto(`${product.address}/cameras`);
    await page.getByRole('button', { name: '撤除' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '撤除' }).click();
    await dialog.getByText('请写明原因').waitFor();
    await dialog.getByLabel('原因').fill('改造拆除');
    await dialog.getByRole('button', { name: '撤除' }).click();
    await page.getByText('还没有摄像机').waitFor();
  });

  test('the administrator sees no pictures and is told why; acts without the right stay visible with their reason', async () => {
    const { page } = visitor;
    await page.goto(product.address);
    await page.getByText(/只有.*可以观看实时画面/).first().waitFor();
    expect(await page.locator('.home-panels h2').first().innerText()).toBe('您可以使用');
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
