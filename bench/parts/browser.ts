/** Real Chromium without a window, and signing in as a person does. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Product } from './product.ts';

const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

export const openBrowser = (): Promise<Browser> => {
  if (chromiumPath === undefined) throw new Error('缺少 Chromium / Chromium is missing: sudo apt-get install -y chromium');
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
};

/** A new person's window: nothing is cached and nobody is signed in. */
export const openWindow = async (browser: Browser): Promise<{ context: BrowserContext; page: Page }> => {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, colorScheme: 'dark', locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  return { context, page: await context.newPage() };
};

export const fillSignIn = async (page: Page, product: Pick<Product, 'people'>, title: string): Promise<void> => {
  const person = product.people.get(title);
  if (person === undefined) throw new Error(`nobody is ${title}`);
  await page.getByLabel(/账号|Account/).fill(person.account);
  await page.getByLabel(/^(密码|Password)$/).fill(person.password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
};
