import { type Browser, type Page, test } from '@playwright/test';
import { resolve } from 'node:path';
import { browser as settings } from '../support/browser.ts';
import { Footfall } from '../support/footfall.ts';
import { traffic } from '../support/traffic.ts';
import { OWNER, signIn } from '../tests/fixtures.ts';

const FOLDER = resolve('../docs/screenshots');

/** The pages that are shown, and how to get there from the site page. */
const PICTURES: { name: string; path: string; act?: (page: Page) => Promise<void>; whole?: boolean }[] = [
  { name: 'site', path: '/shop.example', whole: true },
  { name: 'today', path: '/shop.example?period=day', act: async (page) => point(page) },
  { name: 'filtered', path: '/shop.example?f=is,visit:source,Google&metric=pageviews&pages=entry' },
  { name: 'sites', path: '/sites' },
  { name: 'waiting', path: '/new.example/install' },
  { name: 'settings', path: '/shop.example/settings' },
];

async function point(page: Page) {
  const box = (await page.locator('.chart__plot').boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.35, box.y + 60);
  await page.locator('.tip__box').waitFor();
}

async function take(browser: Browser, footfall: Footfall, scheme: 'light' | 'dark', width: number) {
  const context = await browser.newContext({ ...settings({ scripts: true, scheme, width }), deviceScaleFactor: width < 600 ? 2 : 1 });
  const page = await context.newPage();
  await signIn(page, footfall);
  for (const { name, path, act, whole } of PICTURES) {
    await page.goto(footfall.origin + path);
    await page.waitForLoadState('networkidle');
    await act?.(page);
    const device = width < 600 ? 'phone' : 'desktop';
    await page.screenshot({ path: `${FOLDER}/${name}-${scheme}-${device}.png`, fullPage: whole && width > 600 });
  }
  await context.close();
}

test('pictures', async ({ browser }) => {
  const footfall = await Footfall.start();
  await footfall.command(['user', 'add', OWNER.email, '--password-stdin'], OWNER.password + '\n');
  for (const [domain, days, visitors] of [['shop.example', 60, 160], ['blog.example', 40, 30], ['docs.example', 56, 70]] as const) {
    await footfall.command(['site', 'add', domain, '--timezone', 'Europe/Berlin']);
    await footfall.command(['import', '--site', domain, '--format', 'hits', '-'], traffic({ now: Date.now(), days, visitors }));
  }
  await footfall.command(['site', 'add', 'new.example', '--timezone', 'Europe/Berlin']);
  // A few people who are here at this moment.
  for (let n = 0; n < 14; n++) {
    await fetch(`${footfall.origin}/api/event`, {
      method: 'POST',
      headers: { 'user-agent': settings({ scripts: true, scheme: 'light', width: 1280 }).userAgent, 'x-forwarded-for': `91.64.7.${n + 1}` },
      body: JSON.stringify({ n: 'pageview', u: 'https://shop.example/pricing', d: 'shop.example', w: 1440 }),
    });
  }
  await new Promise((done) => setTimeout(done, 2_500));
  for (const scheme of ['light', 'dark'] as const) for (const width of [1280, 390]) await take(browser, footfall, scheme, width);
  await footfall.stop();
});
