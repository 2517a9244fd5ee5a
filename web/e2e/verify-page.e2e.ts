/** verify.html as its reader has it: opened from a file, without any server, given an honest package and altered ones. */
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planBundle, writeBundle } from '../../formats/evidence-bundle/index.ts';
import { nodeBundleCrypto } from '../../formats/evidence-bundle/node.ts';
import { gather, makeSample } from '../../formats/evidence-bundle/testing/sample.ts';
import { openBrowser } from './testing/product.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil-page-'));
const pageFile = join(import.meta.dirname, '..', '..', 'dist', 'verify-page', 'verify.html');
const shots = process.env['VIGIL_E2E_SHOTS'];
let browser: Browser;
let context: BrowserContext;
let page: Page;
let zip: Buffer;
let fingerprint: string;
let anchor: string;
const faults: string[] = [];

const open = async (options: Parameters<Browser['newContext']>[0] = {}): Promise<void> => {
  context = await browser.newContext({ locale: 'zh-CN', offline: true, viewport: { width: 1920, height: 1080 }, ...options });
  page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => (message.type() === 'error' ? faults.push(message.text()) : undefined));
  page.on('request', (request) => (/^https?:/.test(request.url()) ? faults.push(request.url()) : undefined));
  await page.goto(pathToFileURL(pageFile).href);
};
const objections = async (): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [...violations.map(({ id, nodes }) => `${id} ${String(nodes[0]?.target)} ${nodes[0]?.failureSummary ?? ''}`), ...(tooWide > 0 ? [`${tooWide} px too wide`] : [])];
};
const shoot = async (name: string): Promise<void> => {
  if (shots !== undefined) await page.screenshot({ path: `${shots}/verify-${name}.png`, fullPage: true });
};
/** As the hand does it: a file let go over the page. */
const drop = async (name: string, bytes: Buffer): Promise<void> => {
  const transfer = await page.evaluateHandle(
    ({ name: fileName, encoded }) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0))], fileName));
      return data;
    },
    { name, encoded: bytes.toString('base64') },
  );
  await page.locator('.drop, .result').first().dispatchEvent('drop', { dataTransfer: transfer });
};

beforeAll(async () => {
  const made = makeSample({ seed: 77, cameras: 2, segments: 5, fragments: 12, hole: (n) => (n === 3 ? 42_000 : 0), verifierPage: readFileSync(pageFile) });
  const writing = writeBundle(nodeBundleCrypto, await planBundle(made.input), made.input);
  zip = await gather(writing.bytes);
  ({ fingerprint } = writing.summary());
  ({ anchor } = made);
  writeFileSync(join(folder, 'honest.zip'), zip);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

test('an honest package dropped on it is intact, with the fingerprint to compare and what was not checked', async () => {
  await open();
  await shoot('waiting');
  expect(await objections()).toEqual([]);
  await drop('honest.zip', zip);
  await page.getByRole('status').getByText('完整，但没有独立锚点').waitFor();
  expect(await page.locator('.fingerprint').textContent()).toBe(fingerprint);
  await page.getByText('密钥是否属于该监控室').waitFor();
  await page.getByText('摄像机断线 camera lost').first().waitFor();
  await page.getByText(hash('sha256', readFileSync(pageFile))).waitFor();
  await page.getByRole('button', { name: /整包 SHA-256/ }).click();
  await page.getByText(hash('sha256', zip)).waitFor();
  expect(await objections()).toEqual([]);
  await shoot('honest');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('status').getByText('intact, not independently anchored').waitFor();
  await shoot('honest-en');
  await context.close();
});

test('with the fingerprint and the anchor of the reader it is anchored; with another fingerprint it is not believed', async () => {
  await open({ colorScheme: 'dark', viewport: { width: 390, height: 844 } });
  await page.getByLabel('已知的密钥指纹').fill(fingerprint);
  await page.getByLabel('已知的账本锚点').fill(anchor);
  await page.locator('input[type=file]').setInputFiles(join(folder, 'honest.zip'));
  await page.getByRole('status').getByText('完整，且有独立锚点').waitFor();
  await page.getByText('与您填写的指纹一致').waitFor();
  expect(await objections()).toEqual([]);
  await shoot('anchored-phone-dark');
  await page.getByRole('button', { name: '核验另一个' }).click();
  // What was typed is still there.
  expect(await page.getByLabel('已知的账本锚点').inputValue()).toBe(anchor);
  await page.getByLabel('已知的密钥指纹').fill(fingerprint.replaceAll(/[0-9]/g, '7'));
  await page.locator('input[type=file]').setInputFiles(join(folder, 'honest.zip'));
  await page.getByRole('status').getByText('被改动或不完整').waitFor();
  await page.getByText('签名密钥不是所给的可信密钥').waitFor();
  await context.close();
});

test('a package with one byte of film changed, and one that was cut off, are told with the file', async () => {
  await open({ colorScheme: 'dark' });
  const altered = Buffer.from(zip);
  altered[zip.indexOf('mdat') + 2_000]! ^= 1;
  await drop('altered.zip', altered);
  await page.getByRole('status').getByText('被改动或不完整').waitFor();
  await page.locator('.findings .fault').filter({ hasText: 'data/video/CAM07_' }).first().waitFor();
  expect(await objections()).toEqual([]);
  await shoot('altered-dark');
  await drop('cut.zip', zip.subarray(0, zip.length - 100));
  await page.locator('.findings .fault').filter({ hasText: 'ZIP 文件不是值守写出的原样' }).waitFor();
  await context.close();
});

test('any other file dropped on it is hashed: so the page itself can be compared', async () => {
  await open();
  await drop('verify.html', readFileSync(pageFile));
  await page.getByText(hash('sha256', readFileSync(pageFile))).waitFor();
  await context.close();
  expect(faults).toEqual([]);
});
