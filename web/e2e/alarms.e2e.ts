/** Alarms in real windows: pushed to everybody, heard and proved, answered with words, rung up the ladder when nobody answers. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openWindow, signInBy, startProduct, until, type Product, type Window } from './testing/product.ts';

let product: Product;
let browser: Browser;
let operator: Window;
let leader: Window;

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
  leader = await openWindow(browser);
  await signInBy(operator.page, product, 'duty operator');
  await signInBy(leader.page, product, 'shift leader');
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

test('sound is off until a tone was heard and confirmed, and stays proved for the session', async () => {
  const { page } = operator;
  const strip = page.getByRole('region', { name: '声音未开启' });
  await strip.waitFor();
  await shoot(page, 'sound-off');
  await strip.getByRole('button', { name: '测试声音' }).click();
  await strip.getByText('听到测试音了吗？').waitFor();
  await strip.getByRole('button', { name: '没听到' }).click();
  await strip.getByText('请检查音箱和音量').waitFor();
  await strip.getByRole('button', { name: '测试声音' }).click();
  await strip.getByRole('button', { name: '听到了', exact: true }).click();
  await strip.waitFor({ state: 'detached' });
  // After a reload the first touch brings the sound back without another question.
  await page.reload();
  await strip.waitFor();
  await page.locator('.brand').click();
  await strip.waitFor({ state: 'detached' });
});

test('one key on the wall makes an alarm with the camera in view, which every window shows at once', async () => {
  const { page } = operator;
  await page.locator('[data-camera][aria-selected="true"]').waitFor();
  // The leader's window has read its list, but its line opens only after the alarm: it must not stay with what it read.
  const line = Promise.withResolvers<undefined>();
  await leader.page.routeWebSocket(/\/api\/live$/, async (socket) => {
    await line.promise;
    socket.connectToServer();
  });
  await leader.page.goto(`${product.address}/alarms`);
  await leader.page.getByText('没有未结束的报警', { exact: false }).first().waitFor();
  await page.keyboard.press('F1');
  await page.getByRole('dialog', { name: '已报警' }).waitFor();
  await page.getByLabel('补充说明').fill('有人倒地');
  await page.getByRole('button', { name: '补充', exact: true }).click();
  line.resolve(undefined);
  const row = leader.page.getByRole('button', { name: /王建国报警：01 东门岗/ });
  await row.waitFor();
  await page.getByRole('region', { name: '待确认的报警' }).getByText(/条报警待确认/).waitFor();
  await shoot(page, 'home-with-alarm');
});

test('an acknowledgement wants words and keeps what was typed; F8 goes there; with words it is quiet, then closed', async () => {
  const { page } = leader;
  await page.keyboard.press('F8');
  const text = page.getByLabel('情况或处理');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.getByRole('button', { name: 'F8 确认' }).click();
  await page.getByText('请写明情况或处理').waitFor();
  await text.fill('已派人到东门');
  await page.getByRole('button', { name: 'F8 确认' }).click();
  await page.getByText(/前未结束会再响/).first().waitFor();
  await page.getByText('已派人到东门').waitFor();
  await shoot(page, 'alarms-page');
  expect(await objections(page)).toEqual([]);
  await text.fill('伤者已送医');
  await page.getByRole('button', { name: '结束', exact: true }).click();
  await page.getByText('没有未结束的报警', { exact: false }).first().waitFor();
});

test('an alarm that nobody answers climbs the ladder and says that nobody could be reached, also to who comes later', async () => {
  const manager = await openWindow(browser, { width: 390, height: 844, dark: false });
  await signInBy(manager.page, product, 'room manager');
  await manager.page.goto(`${product.address}/alarms/matrix`);
  const saved = await manager.page.evaluate(async () => {
    const save = (targets: string[]) =>
      fetch('/api/notifications/matrix', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ kind: 'notifications.operator_panic', severity: 'major', targets, channels: ['console'], answerSeconds: 10, ladder: [['guard_captain']] }) }).then(({ status }) => status);
    return [await save([]), await save(['duty_operator'])];
  });
  expect(saved).toEqual([400, 200]);
  await manager.page.locator('.data-table').waitFor();
  await shoot(manager.page, 'matrix-390');
  expect(await objections(manager.page)).toEqual([]);
  await operator.page.keyboard.press('F1');
  await leader.page.getByText('联系不到任何人').first().waitFor({ timeout: 60_000 });
  await leader.page.getByRole('button', { name: /王建国报警.*联系不到任何人/ }).first().click();
  await leader.page.locator('.trail').getByText('通知保安队长').waitFor();
  await shoot(leader.page, 'unreached');
  const captain = await openWindow(browser, { width: 390, height: 844, dark: false });
  await signInBy(captain.page, product, 'guard captain');
  await captain.page.getByRole('region', { name: '我的通知' }).getByRole('link').click();
  await captain.page.getByRole('button', { name: '签收' }).first().waitFor();
  await shoot(captain.page, 'notices-390');
  expect(await objections(captain.page)).toEqual([]);
  await captain.page.goto(`${product.address}/alarms`);
  await captain.page.getByRole('button', { name: /王建国报警/ }).first().click();
  await captain.page.getByLabel('情况或处理').fill('我去现场');
  await captain.page.getByRole('button', { name: 'F8 确认' }).click();
  await captain.page.getByText(/前未结束会再响/).first().waitFor();
  await shoot(captain.page, 'alarms-390');
  expect([...manager.faults, ...captain.faults]).toEqual([]);
  await manager.context.close();
  await captain.context.close();
});

test('a camera that is lost rings by itself, cannot be closed while it is lost, and is over when it is back', async () => {
  const simulators = product.pidOf('simulators');
  expect(simulators).not.toBeNull();
  const row = leader.page.getByRole('button', { name: /录像中断/ }).first();
  process.kill(simulators!, 'SIGSTOP');
  try {
    await row.waitFor({ timeout: 90_000 });
    await row.click();
    await leader.page.getByText('恢复之前不能结束').first().waitFor({ state: 'attached' });
  } finally {
    process.kill(simulators!, 'SIGCONT');
  }
  await until('it is over', async () => (await leader.page.getByText('已恢复，待确认').count()) > 0, 90_000);
  await leader.page.getByLabel('情况或处理').fill('网络抖动，已恢复');
  await leader.page.getByRole('button', { name: 'F8 确认' }).click();
  expect([...operator.faults, ...leader.faults]).toEqual([]);
});

test('a leader puts an alarm aside with its reason until the end of the shift at most, sees who did, and brings it back', async () => {
  await operator.page.keyboard.press('F1');
  const sent = operator.page.getByRole('dialog', { name: '已报警' });
  await sent.waitFor();
  await sent.getByRole('button', { name: '入侵' }).click();
  const { page } = leader;
  await page.goto(`${product.address}/alarms`);
  await page.getByRole('button', { name: /人工报警：入侵/ }).first().click();
  await page.getByRole('button', { name: '搁置', exact: true }).click();
  await page.getByText('请写明情况或处理').first().waitFor();
  await page.getByLabel('情况或处理').fill('东门施工，保安在场');
  await page.getByRole('button', { name: '搁置', exact: true }).click();
  await page.getByRole('button', { name: /人工报警：入侵.*已搁置至 \d\d:\d\d（陈志强：东门施工，保安在场）/ }).waitFor();
  await shoot(page, 'shelved');
  expect(await objections(page)).toEqual([]);
  await page.getByLabel('情况或处理').fill('施工结束');
  await page.getByRole('button', { name: '取消搁置' }).click();
  await page.getByRole('button', { name: /人工报警：入侵.*待确认/ }).waitFor();
});

test('the record of alarms is found by words and class, opens the trail, and fits a phone in English', async () => {
  const { page } = leader;
  await page.goto(`${product.address}/alarms/history`);
  await page.getByRole('row', { name: /入侵/ }).first().waitFor();
  await page.getByRole('searchbox').fill('东门施工');
  await expect.poll(() => page.locator('main tbody tr').count()).toBe(1);
  await page.getByRole('button', { name: /^全过程/ }).click();
  await page.locator('.trail').getByText('“东门施工，保安在场”').or(page.locator('.trail q').filter({ hasText: '东门施工，保安在场' })).first().waitFor();
  await shoot(page, 'alarm-record');
  expect(await objections(page)).toEqual([]);
  await page.getByLabel('类别').selectOption('device');
  await page.getByText('这个范围内没有报警。').waitFor();
  const phone = await openWindow(browser, { width: 390, height: 844, dark: false, locale: 'en' });
  await signInBy(phone.page, product, 'room manager');
  await phone.page.goto(`${product.address}/account`);
  await phone.page.getByText('English', { exact: true }).click();
  await phone.page.getByRole('heading', { name: 'My account' }).waitFor();
  await phone.page.goto(`${product.address}/alarms/history`);
  await phone.page.getByRole('heading', { name: 'Record of alarms' }).waitFor();
  await phone.page.locator('.state-loading').first().waitFor({ state: 'detached' });
  expect(await objections(phone.page)).toEqual([]);
  expect(phone.faults).toEqual([]);
  await phone.context.close();
});

test('channels are set and tested by the administrator, and a channel of this machine is refused in plain words', async () => {
  const administrator = await openWindow(browser, { dark: false });
  await signInBy(administrator.page, product, 'system administrator');
  await administrator.page.goto(`${product.address}/alarms/channels`);
  await administrator.page.getByLabel('地址', { exact: true }).fill('http://127.0.0.1:9/hook');
  await administrator.page.getByLabel('签名密钥（至少 16 个字符）').fill('a key of sixteen characters');
  await administrator.page.getByRole('button', { name: '保存' }).nth(1).click();
  await administrator.page.getByText('不能使用本机或链路本地地址 127.0.0.1').first().waitFor();
  await shoot(administrator.page, 'channels');
  expect(await objections(administrator.page)).toEqual([]);
  expect(administrator.faults).toEqual([]);
  await administrator.context.close();
});
