/**
 * A request for footage as people meet it: asked on a phone, agreed with a passkey, looked at in the room, written back, read by who asked; then
 * the copy: asked for apart, agreed, exported, verified by the command and by the page inside, handed over; the registers.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf, givePasskey, picture } from './testing/hands.ts';
import { openBrowser, openWindow, signInBy, startProduct, until, type Product, type Window } from './testing/product.ts';

let product: Product;
let browser: Browser;
let asker: Window;
let operator: Window;
let folder: string;
/** "DY-2026-000001" */
let number = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-footage-'));
  product = await startProduct({ demonstration: true });
  browser = await openBrowser();
  asker = await openWindow(browser, { width: 390, height: 844, dark: false });
  await signInBy(asker.page, product, 'requester');
  operator = await openWindow(browser, { dark: true });
  await signInBy(operator.page, product, 'duty operator');
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The leader, on a phone, with a passkey, having read what was asked. */
const leaderAgrees = async (what: RegExp, words: string): Promise<void> => {
  const leader = await openWindow(browser, { width: 390, height: 844, dark: true });
  await signInBy(leader.page, product, 'leader');
  await givePasskey(leader);
  await leader.page.goto(`${product.address}/approvals`);
  await leader.page.getByRole('link', { name: what }).first().click();
  await leader.page.getByText(words).first().waitFor();
  await leader.page.getByText('01 东门岗：录像完整').or(leader.page.getByText(/01 东门岗：有/)).first().waitFor();
  await picture(leader.page, 'footage-approve', true);
  expect(await faultsOf(leader.page)).toEqual([]);
  await leader.page.getByRole('button', { name: '同意', exact: true }).click();
  await leader.page.getByRole('button', { name: '下一步：签名' }).click();
  await leader.page.getByRole('button', { name: '用通行密钥签名' }).click();
  await leader.page.getByRole('dialog').waitFor({ state: 'detached' });
  await leader.page.locator('.approval-detail .approval-approved').waitFor();
  await leader.context.close();
};

const minuteMs = 60_000;
/** 2026-11-22T16:05 on the clock of the site. */
const siteMinute = (at: number): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(at).replace(' ', 'T');

interface Exists {
  something: boolean;
}
/** The first minute of a camera is closed about a minute after the start. */
const spanWithFootage = async (page: Page): Promise<{ from: number; until: number }> =>
  until('a recorded minute', async () => {
    const end = Math.floor(Date.now() / minuteMs) * minuteMs;
    const span = { from: end - minuteMs, until: end };
    const exists = await page.evaluate(async ({ from, until: last }) => {
      const form = (await (await fetch('/api/evidence/form')).json()) as { cameras: { cameraId: string }[] };
      const answer = await fetch('/api/evidence/existing', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ cameraIds: [form.cameras[0]?.cameraId], from, until: last }) });
      return (await answer.json()) as Exists;
    }, span);
    return exists.something ? span : null;
  }, 180_000);

test('on a phone the form says at once that there is nothing, and what there is; the request waits for the leader', async () => {
  const { page } = asker;
  const span = await spanWithFootage(page);
  await page.goto(`${product.address}/footage`);
  await page.getByRole('link', { name: '申请调阅或拷贝' }).click();
  await page.getByRole('checkbox', { name: '01 东门岗' }).check();
  await page.getByLabel('开始').fill(siteMinute(span.from - 30 * 24 * 60 * minuteMs));
  await page.getByLabel('结束', { exact: true }).fill(siteMinute(span.until - 30 * 24 * 60 * minuteMs));
  await page.getByText('所选时间没有任何录像').waitFor();
  await picture(page, 'footage-nothing', true);
  expect(await faultsOf(page)).toEqual([]);
  await page.getByLabel('开始').fill(siteMinute(span.from));
  await page.getByLabel('结束', { exact: true }).fill(siteMinute(span.until));
  await page.locator('.footage-there').first().waitFor();
  await page.getByLabel('部门', { exact: true }).fill('行包部');
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.getByText('请填写').first().waitFor();
  await page.getByLabel('事由', { exact: true }).fill('核对三号门货物交接');
  await picture(page, 'footage-ask', true);
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.getByRole('heading', { name: /^调阅 DY-/ }).waitFor();
  number = (await page.getByRole('heading', { name: /^调阅 DY-/ }).innerText()).replace('调阅 ', '');
  await picture(page, 'footage-asked', true);
  expect(await faultsOf(page)).toEqual([]);
  expect(asker.faults).toEqual([]);
}, 300_000);

test('before it is approved the operator cannot look; the leader agrees on a phone with a passkey, reading what was asked', async () => {
  await operator.page.goto(`${product.address}/footage?list=all`);
  await operator.page.getByRole('link', { name: number }).click();
  await operator.page.getByText('等待审批人').waitFor();
  expect(await operator.page.getByRole('button', { name: '开始调阅' }).count()).toBe(0);

  await leaderAgrees(/行包部/, '核对三号门货物交接');
});

test('the operator looks, writes back within the shift, and the applicant reads the result', async () => {
  const { page } = operator;
  await page.goto(`${product.address}/footage?list=room`);
  await picture(page, 'footage-room');
  await page.getByRole('link', { name: number }).click();
  await page.getByLabel('陪同人').fill('吴大勇');
  await page.getByRole('button', { name: '开始调阅' }).click();
  await page.getByRole('link', { name: '播放 01 东门岗' }).waitFor();
  await picture(page, 'footage-viewing', true);
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('link', { name: '播放 01 东门岗' }).click();
  await page.waitForURL(/\/playback/);
  await page.goBack();
  await page.getByRole('button', { name: '结束调阅' }).click();
  await page.getByRole('button', { name: '结束调阅' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '保存结果' }).click();
  await page.getByText('请填写', { exact: true }).first().waitFor();
  await page.getByText('查到', { exact: true }).click();
  await page.getByLabel('看到的情况').fill('二号推车进入三号门，货物三件');
  await page.getByRole('button', { name: '保存结果' }).click();
  await page.getByText('已送达 韩明华').waitFor();
  await picture(page, 'footage-written', true);
  expect(await faultsOf(page)).toEqual([]);

  await asker.page.goto(`${product.address}/footage`);
  await asker.page.getByRole('link', { name: number }).click();
  await asker.page.getByText('二号推车进入三号门，货物三件').first().waitFor();
  await asker.page.getByRole('link', { name: '申请拷贝这段录像' }).waitFor();
  await picture(asker.page, 'footage-result-phone', true);
  expect(await faultsOf(asker.page)).toEqual([]);
});

test('the register holds the row with the columns of the paper', async () => {
  const manager = await openWindow(browser, { dark: false });
  await signInBy(manager.page, product, 'room manager');
  await manager.page.goto(`${product.address}/footage/register`);
  await manager.page.getByRole('button', { name: '查阅' }).click();
  const row = manager.page.getByRole('row').filter({ hasText: number });
  await row.waitFor();
  for (const words of ['杨丽萍', '韩明华', '王建国', '吴大勇', '查到', '郑静']) expect(await row.innerText()).toContain(words);
  await picture(manager.page, 'footage-register', true);
  expect(await faultsOf(manager.page)).toEqual([]);
  expect(manager.faults).toEqual([]);
  await manager.context.close();
});

test('a copy is asked for apart and agreed to apart', async () => {
  const { page } = asker;
  await page.getByRole('link', { name: '申请拷贝这段录像' }).click();
  await page.getByLabel('拷贝用途').fill('交保险公司理赔');
  await page.getByLabel('接收人').fill('李警官');
  await page.getByLabel('事由', { exact: true }).fill('货物赔付');
  await picture(page, 'copy-ask', true);
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.getByRole('heading', { name: /^拷贝 DY-/ }).waitFor();
  number = (await page.getByRole('heading', { name: /^拷贝 DY-/ }).innerText()).replace('拷贝 ', '');
  await leaderAgrees(/货物赔付|行包部/, '交保险公司理赔');
});

test('the operator exports, and the package is found intact by the command and by the page inside it; one changed byte is found', async () => {
  const { page } = operator;
  await page.goto(`${product.address}/footage?list=room`);
  await page.getByRole('link', { name: number }).click();
  await page.getByRole('button', { name: '导出一份拷贝' }).click();
  await page.getByRole('checkbox', { name: /加密/ }).uncheck();
  await page.getByLabel('在场人').fill('吴大勇');
  await picture(page, 'copy-make');
  const link = page.getByRole('link', { name: '取文件' });
  // The minute that is being written is waited for, and the page says so.
  await until('the copy', async () => {
    if (await page.getByRole('dialog').isVisible()) await page.getByRole('button', { name: '开始导出' }).click();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    return link.isVisible();
  }, 150_000);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await picture(page, 'copy-made', true);
  expect(await faultsOf(page)).toEqual([]);
  const coming = page.waitForEvent('download');
  await link.click();
  const download = await coming;
  const file = join(folder, download.suggestedFilename());
  await download.saveAs(file);
  const command = product.vigil('verify', file);
  expect(command.said).toContain('完整');
  expect(command.code).toBe(0);

  execFileSync('python3', ['-m', 'zipfile', '-e', file, folder]);
  const reader = await browser.newContext({ offline: true });
  const inside = await reader.newPage();
  const opened = `file://${join(folder, download.suggestedFilename().replace('.zip', ''), 'verify.html')}`;
  const verdictOf = async (path: string): Promise<string> => {
    await inside.goto(opened);
    await inside.locator('input[type=file]').setInputFiles(path);
    await inside.locator('.verdict').waitFor({ timeout: 120_000 });
    return (await inside.locator('.verdict').getAttribute('class')) ?? '';
  };
  expect(await verdictOf(file)).toContain('intact_not_anchored');
  await picture(inside, 'copy-verified', true);
  const bent = readFileSync(file);
  const at = Math.floor(bent.length / 2);
  bent[at] = (bent[at] ?? 0) ^ 1;
  const other = join(folder, 'bent.zip');
  writeFileSync(other, bent);
  expect(await verdictOf(other)).toContain('altered_or_incomplete');
  expect(product.vigil('verify', other).code).toBe(1);
  await reader.close();
}, 300_000);

test('handed over with the receiver’s drawn signature; the note prints, the register has the row', async () => {
  const { page } = operator;
  await page.getByRole('button', { name: '交付' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.getByText('请填写').first().waitFor();
  await dialog.getByLabel('接收人', { exact: true }).fill('李警官');
  await dialog.getByLabel('介质编号').fill('U-07');
  const box = await dialog.locator('canvas').boundingBox();
  if (box === null) throw new Error('no box to sign in');
  await page.mouse.move(box.x + 40, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 90, { steps: 5 });
  await page.mouse.up();
  await picture(page, 'copy-hand-over');
  expect(await faultsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('已签字').waitFor();
  await picture(page, 'copy-custody', true);
  await page.getByRole('link', { name: '移交单' }).click();
  await page.getByText('怎样核验').waitFor();
  await page.emulateMedia({ media: 'print' });
  await picture(page, 'copy-note', true);
  await page.emulateMedia({ media: 'screen' });
  expect(await faultsOf(page)).toEqual([]);

  const manager = await openWindow(browser, { dark: false, locale: 'en', width: 390, height: 844 });
  await signInBy(manager.page, product, 'room manager');
  await manager.page.goto(`${product.address}/footage/copies`);
  await manager.page.getByRole('button', { name: /^(Read|查阅)$/ }).click();
  const row = manager.page.getByRole('row').filter({ hasText: number });
  await row.waitFor();
  for (const words of ['李警官', 'U-07', '王建国']) expect(await row.innerText()).toContain(words);
  await picture(manager.page, 'copy-register', true);
  expect(await faultsOf(manager.page)).toEqual([]);
  await manager.context.close();
  expect(operator.faults).toEqual([]);
});
