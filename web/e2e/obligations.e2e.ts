/** Inspections as people meet them: the form on a phone with its photo, two people at one form, the review, what was found, the register. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openWindow, signInBy, startProduct, type Product, type Window } from './testing/product.ts';

let product: Product;
let browser: Browser;
const windows: Window[] = [];

beforeAll(async () => {
  product = await startProduct({ demonstration: true });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

const open = async (title: string, look: Parameters<typeof openWindow>[1]): Promise<Page> => {
  const window = await openWindow(browser, look);
  windows.push(window);
  await signInBy(window.page, product, title);
  return window.page;
};
const phone = { width: 390, height: 844, dark: true };
const office = { width: 1366, height: 768, dark: false };

const faultsOf = async (page: Page): Promise<string[]> => {
  const found = await new AxeBuilder({ page }).options({ rules: { 'label-content-name-mismatch': { enabled: true } } }).analyze();
  // The page's own part: the frame is looked at with all pages.
  const tooWide = await page.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth);
  return [...found.violations.map(({ id, nodes }) => `${id} ${String(nodes[0]?.target)}`), ...(tooWide > 0 ? [`${tooWide} px too wide`] : [])];
};

/** A small picture that the browser can read, as a camera would hand it over. */
const photo = (page: Page): Promise<Buffer> =>
  page
    .evaluate(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
      const pen = canvas.getContext('2d');
      if (pen === null) throw new Error('no canvas');
      pen.fillStyle = 'teal';
      pen.fillRect(8, 8, 40, 30);
      return canvas.toDataURL('image/png');
    })
    .then((url) => Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));

const openDaily = async (page: Page): Promise<void> => {
  await page.goto(`${product.address}/obligations`);
  await page.getByRole('link', { name: /^填写 日检/ }).click();
  await page.getByRole('button', { name: '签字提交' }).waitFor();
};

/** Every item in order, but the radio weak. */
const fillDaily = async (page: Page): Promise<void> => {
  for (const item of await page.locator('.form-item').all()) {
    const good = item.getByRole('radio', { name: /^(正常|杂音)$/ });
    if ((await good.count()) > 0) await good.first().check();
    const reading = item.getByRole('spinbutton');
    if ((await reading.count()) > 0) await reading.fill('4');
    const camera = item.locator('input[type=file]');
    if ((await camera.count()) > 0) {
      await camera.setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: await photo(page) });
      await item.locator('.photo-list img').waitFor();
    }
  }
};

describe('the daily check', () => {
  test('on a phone: blank items are named, photos are taken, what was typed outlives a reload, and the second person hears who was first', async () => {
    const monitor = await open('monitor', phone);
    await openDaily(monitor);
    expect(await faultsOf(monitor)).toEqual([]);
    await monitor.getByRole('button', { name: '签字提交' }).click();
    await monitor.getByRole('alert').filter({ hasText: '还有 9 项没有填完' }).waitFor();
    await fillDaily(monitor);
    await monitor.getByLabel('情况说明').fill('2 号对讲机有杂音');
    await monitor.reload();
    await monitor.getByText('共 9 项，已填 9 项，异常 1 项').waitFor();
    expect(await monitor.getByLabel('情况说明').inputValue()).toBe('2 号对讲机有杂音');

    const operator = await open('duty operator', office);
    await openDaily(operator);
    await operator.locator('.form-item').first().getByRole('radio', { name: '正常' }).check();

    await monitor.getByRole('button', { name: '签字提交' }).click();
    await monitor.getByText('已提交，记下 1 个问题。').waitFor();
    await operator.getByRole('button', { name: '签字提交' }).click();
    await operator.getByRole('alert').filter({ hasText: '已由刘晓燕于' }).waitFor();
    expect(await operator.locator('.form-item').first().getByRole('radio', { name: '正常' }).isChecked()).toBe(true);
  });

  test('the shift leader sees the photo and agrees; the finding is closed with its result', async () => {
    const leader = await open('shift leader', office);
    await leader.goto(`${product.address}/obligations`);
    await leader.getByRole('link', { name: /^复核 日检/ }).click();
    const picture = leader.locator('.answers .photo-list img').first();
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(64);
    expect(await faultsOf(leader)).toEqual([]);
    await leader.getByRole('button', { name: '同意' }).click();
    await leader.locator('.task-history').getByText('已复核').waitFor();

    await leader.goto(`${product.address}/obligations/findings`);
    await leader.getByRole('button', { name: '处理完毕' }).click();
    await leader.getByLabel('处理方式').selectOption('replaced');
    await leader.getByLabel('处理结果').fill('更换 2 号对讲机电池，试呼清晰');
    await leader.getByRole('dialog').getByRole('button', { name: '处理完毕' }).click();
    await leader.getByText('没有未处理的问题。').waitFor();
  });

  test('the register shows the check line by line; a holiday is entered by who may', async () => {
    const manager = await open('room manager', office);
    await manager.goto(`${product.address}/obligations/register`);
    await manager.getByRole('button', { name: '查阅' }).click();
    await manager.getByRole('cell', { name: '2 号对讲机有杂音' }).waitFor();
    // The weekly check has a line, too, on a Monday.
    expect(await manager.locator('.register tbody tr').filter({ hasText: '刘晓燕' }).count()).toBe(9);
    expect(await faultsOf(manager)).toEqual([]);
    await manager.goto(`${product.address}/obligations/month`);
    await manager.getByLabel('日期').fill(`${new Date().getUTCFullYear()}-12-31`);
    await manager.getByLabel('名称').fill('站庆');
    await manager.getByRole('button', { name: '保存' }).click();
    await manager.locator('.holiday-list').getByText('站庆').waitFor();
    expect(await faultsOf(manager)).toEqual([]);
  });
});

test('an unscheduled check is opened on a phone', async () => {
  const operator = await open('duty operator', phone);
  await operator.goto(`${product.address}/obligations`);
  await operator.getByRole('button', { name: '临时检查' }).click();
  await operator.getByLabel('检查什么').fill('03 候车厅摄像机');
  await operator.getByRole('button', { name: '开始' }).click();
  await operator.getByText('03 候车厅摄像机').first().waitFor();
  await operator.getByRole('button', { name: '签字提交' }).waitFor();
  expect(await faultsOf(operator)).toEqual([]);
});

test('a waiver is asked for with its reason, and the task says so', async () => {
  const manager = await open('room manager', office);
  await manager.goto(`${product.address}/obligations`);
  await manager.locator('.quiet-list').last().getByRole('link', { name: '日检' }).last().click();
  await manager.getByRole('button', { name: '申请免除' }).click();
  await manager.getByLabel('原因').fill('当日停用检修');
  await manager.getByRole('dialog').getByRole('button', { name: '申请免除' }).click();
  await manager.getByText('已申请免除，等待审批。').waitFor();
});

/** A key of the browser that checks its person, with a passkey on it for whoever is signed in. */
const givePasskey = async ({ page, context }: Window): Promise<void> => {
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  const made = await page.evaluate(async () => {
    const post = (path: string, body: unknown): Promise<Response> => fetch(`/api/identity/own-account/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const { passkey } = (await (await post('passkeys/options', {})).json()) as { passkey: PublicKeyCredentialCreationOptionsJSON };
    const credential = (await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(passkey) })) as PublicKeyCredential;
    const { id, rawId, type, response, clientExtensionResults } = credential.toJSON() as RegistrationResponseJSON;
    const { clientDataJSON, attestationObject } = response;
    return (await post('passkeys', { name: '测试', passkey: { id, rawId, type, clientExtensionResults, response: { clientDataJSON, attestationObject } } })).status;
  });
  expect(made).toBe(200);
};

const agree = async (page: Page, what: RegExp): Promise<void> => {
  await page.goto(`${product.address}/approvals`);
  await page.getByRole('link', { name: what }).first().click();
  await page.getByRole('button', { name: '同意', exact: true }).click();
  await page.getByRole('button', { name: '下一步：签名' }).click();
  await page.getByRole('button', { name: '用通行密钥签名' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

const minuteMs = 60_000;
/** 10:15 in the zone of the demonstration. */
const beijingTime = (at: number): string => new Date(at + 8 * 60 * minuteMs).toISOString().slice(11, 16);

describe('how tasks end, in shifts of a minute that the room has set', () => {
  let security: Page;
  test('two shifts of a minute are laid down and agreed to; a check of tomorrow is waived', async () => {
    const manager = await open('room manager', office);
    security = await open('security department', office);
    const ofSecurity = windows.find(({ page }) => page === security);
    if (ofSecurity === undefined) throw new Error('no window of the security department');
    await givePasskey(ofSecurity);
    // The plan follows within a quarter of a minute: the first shift begins a little later.
    const begin = Math.ceil((Date.now() + 75_000) / minuteMs) * minuteMs;
    const value = [0, 1].map((n) => `${beijingTime(begin + n * minuteMs)}-${beijingTime(begin + (n + 1) * minuteMs)}`);
    const asked = await manager.evaluate(
      async (shifts) => (await fetch('/api/parameters/changes', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'shift_windows', value: shifts, roomId: null, from: null, reason: '试行短班' }) })).status,
      value,
    );
    expect(asked).toBe(200);
    await agree(security, /各班起止时间/);
    await agree(security, /免除“日检”/);
    await manager.goto(`${product.address}/obligations/history`);
    await manager.getByLabel('状态').selectOption('waived');
    await manager.getByLabel('到', { exact: true }).fill(new Date(Date.now() + 15 * 24 * 60 * minuteMs).toISOString().slice(0, 10));
    await manager.getByRole('row', { name: /日检.*已免除/ }).waitFor();
  });

  test('the shift that nobody checked is missed, the next one is done late with its reason: on the screen, in the register, on the board', async () => {
    const monitor = await open('monitor', office);
    const missed = monitor.getByRole('row', { name: /班中设备检查.*漏检/ });
    const overdue = monitor.getByRole('row', { name: /班中设备检查.*逾期/ });
    await expect
      .poll(
        async () => {
          await monitor.goto(`${product.address}/obligations/history`);
          await monitor.locator('main tbody tr').first().waitFor();
          return [await missed.count(), await overdue.count()];
        },
        { timeout: 6 * minuteMs, interval: 3_000 },
      )
      .toEqual([1, 1]);
    await overdue.getByRole('link', { name: /^查看/ }).click();
    await monitor.getByRole('button', { name: '签字提交' }).waitFor();
    for (const item of await monitor.locator('.form-item').all()) await item.getByRole('radio', { name: '正常' }).check();
    await monitor.getByRole('button', { name: '签字提交' }).click();
    await monitor.getByRole('alert').filter({ hasText: '请写明原因' }).waitFor();
    await monitor.getByLabel('迟做的原因').fill('处置求助报警');
    await monitor.getByRole('button', { name: '签字提交' }).click();
    await monitor.getByText('已提交。').waitFor();
    await monitor.locator('.task-late').first().waitFor();

    const leader = await open('shift leader', office);
    await leader.goto(`${product.address}/obligations/register`);
    await leader.getByLabel('到', { exact: true }).fill(new Date(Date.now() + 15 * 24 * 60 * minuteMs).toISOString().slice(0, 10));
    await leader.getByRole('button', { name: '查阅' }).click();
    await leader.getByRole('rowheader', { name: /班中设备检查.*漏检/ }).waitFor();
    await leader.getByRole('rowheader', { name: /班中设备检查.*已提交 · 迟做/ }).waitFor();
    await leader.getByRole('rowheader', { name: /日检.*已免除/ }).waitFor();

    await security.goto(`${product.address}/compliance`);
    await security.getByRole('searchbox', { name: '查找条款号或文字' }).fill('BRN-A1.2.3');
    await security.getByRole('link', { name: 'BRN-A1.2.3', exact: true }).click();
    await security.getByRole('heading', { name: '条款 BRN-A1.2.3' }).waitFor();
    await security.getByText('违反').first().waitFor();
    await security.getByText('任务漏做：班中设备检查').first().waitFor();
  }, 8 * minuteMs);
});

test('every page is whole in English, on a phone too, and nothing went wrong in any window', async () => {
  const page = await open('room manager', { ...phone, locale: 'en', dark: false });
  await page.goto(`${product.address}/account`);
  await page.getByText('English', { exact: true }).click();
  await page.getByRole('heading', { name: 'My account' }).waitFor();
  const found: string[] = [];
  for (const path of ['/obligations', '/obligations/month', '/obligations/history', '/obligations/findings', '/obligations/register']) {
    await page.goto(`${product.address}${path}`);
    await page.locator('h1').waitFor();
    await page.locator('.state-loading').waitFor({ state: 'detached' });
    found.push(...(await faultsOf(page)).map((fault) => `${path}: ${fault}`));
    const words = await page.locator('main h1, main h2, main button, main th, main label, main legend, main .sub-nav a, main .task-state').allTextContents();
    found.push(...words.filter((text) => /\p{Script=Han}/u.test(text)).map((text) => `${path}: ${text}`));
  }
  expect(found).toEqual([]);
  expect(windows.flatMap(({ faults }) => faults)).toEqual([]);
});
