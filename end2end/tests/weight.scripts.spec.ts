import { request } from 'node:http';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test.beforeEach(({ owner }) => owner);

/** What everything a page loads may weigh, compressed, the page included. */
const MOST_BYTES = 150_000;

const PAGES = ['/shop.example?period=28d', '/sites', '/shop.example/settings'];

/** What travels for an address when it is asked for as browsers ask over https. */
function weight(url: string, cookie: string): Promise<number> {
  return new Promise((done, failed) => {
    request(url, { headers: { 'accept-encoding': 'br', cookie } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => (answer.statusCode === 200 ? done(bytes) : failed(new Error(`${url}: ${answer.statusCode}`))));
    })
      .on('error', failed)
      .end();
  });
}

async function loaded(page: Page, url: string): Promise<string[]> {
  await page.goto(url);
  await page.waitForLoadState('networkidle');
  return page.evaluate(() => [location.href, ...performance.getEntriesByType('resource').map((entry) => entry.name)]);
}

for (const path of PAGES) {
  test(`everything that is loaded for ${path} is light`, async ({ page, full }) => {
    const all = new Set(await loaded(page, full.origin + path));
    const islands = await page.locator('leptos-island').count();
    expect([...all].some((url) => url.endsWith('.wasm')), 'islands have woken where there are some').toBe(islands > 0);
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const weights = await Promise.all([...all].map(async (url) => [new URL(url).pathname, await weight(url, cookie)] as const));
    const sum = weights.reduce((sum, [, bytes]) => sum + bytes, 0);
    expect(sum, weights.map(([path, bytes]) => `${path}: ${bytes}`).join('\n')).toBeLessThanOrEqual(MOST_BYTES);
    for (const url of all) expect(new URL(url).origin, 'nothing comes from elsewhere').toBe(full.origin);
  });

  test(`nothing jumps on ${path} when islands wake`, async ({ page, full }) => {
    await page.addInitScript(() => {
      const moved: string[] = [];
      Object.assign(globalThis, { moved });
      interface Shift extends PerformanceEntry {
        value: number;
        sources: { node?: Node }[];
      }
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as Shift[]) {
          const what = entry.sources.map(({ node }) => (node instanceof Element ? node.outerHTML : node?.textContent)?.slice(0, 80));
          moved.push(`${entry.value.toFixed(4)}: ${what.join(' | ')}`);
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(full.origin + path);
    await page.waitForLoadState('networkidle');
    // Two frames after the last island has said what it says.
    await page.waitForTimeout(1_500);
    expect(await page.evaluate(() => (globalThis as unknown as { moved: string[] }).moved)).toEqual([]);
  });
}

test('the content is there before any script', async ({ page, full }) => {
  // Scripts that never come: the page does not wait for them.
  await page.route('**/*.js', () => {});
  await page.goto(`${full.origin}/shop.example?period=28d`, { waitUntil: 'commit' });
  await expect(page.getByRole('link', { name: /^Visitors/ }).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Pages' })).toBeVisible();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});
