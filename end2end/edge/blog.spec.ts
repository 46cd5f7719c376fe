// Somebody else's blog with four widgets, read through the cache.
import AxeBuilder from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from '@playwright/test';
import { Blog, FOUR, frames, heights, inside, sticksOut } from '../support/blog.ts';
import { PERSON } from '../support/browser.ts';
import { signIn } from '../tests/fixtures.ts';
import { type Edge, expect, test } from './fixtures.ts';

/** What goes to and comes from the cache while a page is read. */
interface Traffic {
  /** Addresses that were asked for, or answered, with a cookie. */
  cookies: string[];
  /** What the cache said of each widget: `hit`, `stale`, `miss` or `pass`. */
  widgets: string[];
}

/** Listens from now on; what it heard is whole when the page has asked for nothing more. */
function listen(page: Page, { cache }: Edge): () => Promise<Traffic> {
  const heard: Promise<void>[] = [];
  const traffic: Traffic = { cookies: [], widgets: [] };
  page.on('response', (response) => {
    const request = response.request();
    if (!request.url().startsWith(cache.origin)) return;
    heard.push(
      Promise.all([request.allHeaders(), response.allHeaders()]).then(([sent, got]) => {
        if (sent.cookie || got['set-cookie']) traffic.cookies.push(`${request.url()}: ${sent.cookie ?? ''} ${got['set-cookie'] ?? ''}`);
        if (response.status() === 200 && request.url().includes('/embed/shop.example/')) traffic.widgets.push(got['x-cache']);
      }),
    );
  });
  return async () => {
    await page.waitForLoadState('networkidle');
    await Promise.all(heard);
    return traffic;
  };
}

const open = (edge: Edge) => Blog.open(() => frames(edge.cache.origin, 'shop.example', FOUR), () => heights(edge.cache));

/** The numbers are there. */
async function read(page: Page): Promise<void> {
  await expect(inside(page, 'visitors?theme=auto').locator('.value b')).toHaveText(/^\d[\d,]*$/);
  await expect(inside(page, 'chart').getByRole('img', { name: /^Visitors by day, .*, compared with/ })).toBeVisible();
  await expect(inside(page, 'sources?limit=5').getByRole('row')).toHaveCount(6);
  await expect(inside(page, 'live').getByText(/visitors? now/)).toBeVisible();
}

for (const width of [390, 1280]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const javaScriptEnabled of [true, false]) {
      const name = `${width}-${colorScheme}-${javaScriptEnabled ? 'scripts' : 'plain'}`;
      test(`a blog shows four widgets: ${name}`, async ({ browser, edge }, info) => {
        const phone = width < 600;
        const reader: BrowserContextOptions = { javaScriptEnabled, colorScheme, viewport: { width, height: phone ? 844 : 900 }, hasTouch: phone, locale: 'en-GB', userAgent: PERSON };
        const page = await (await browser.newContext(reader)).newPage();
        const blog = await open(edge);
        try {
          const traffic = listen(page, edge);
          await page.goto(blog.origin);
          await read(page);
          const { cookies, widgets } = await traffic();
          expect([cookies, await page.context().cookies()], 'no cookie').toEqual([[], []]);
          expect(widgets).toHaveLength(FOUR.length);
          expect(widgets).not.toContain('pass');
          if (javaScriptEnabled) {
            await expect.poll(() => sticksOut(page)).toEqual(FOUR.map(() => [0, 0]));
            const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
            expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)).toEqual([]);
          } else {
            expect((await sticksOut(page)).map(([sideways]) => sideways)).toEqual(FOUR.map(() => 0));
          }
          // Frames of others are painted only where they are in the window.
          await page.setViewportSize({ width, height: await page.locator('html').evaluate(({ scrollHeight }) => scrollHeight) });
          await page.locator('h1').scrollIntoViewIfNeeded();
          await page.screenshot({ path: info.outputPath(`blog-${name}.png`) });
        } finally {
          await page.context().close();
          await blog.close();
        }
      });
    }
  }
}

test('who is signed in is nobody in a frame, and stays signed in', async ({ page, edge }) => {
  await signIn(page, edge.cache);
  const before = await page.context().cookies();
  expect(before.map(({ name }) => name)).toContain('footfall');
  const blog = await open(edge);
  const tab = await page.context().newPage();
  try {
    const traffic = listen(tab, edge);
    await tab.goto(blog.origin);
    await read(tab);
    const { cookies, widgets } = await traffic();
    expect(cookies).toEqual([]);
    expect(widgets).not.toContain('pass');
    for (const frame of tab.frames().slice(1)) expect(await frame.evaluate(() => document.cookie)).toBe('');
    expect(await page.context().cookies()).toEqual(before);
  } finally {
    await tab.close();
    await blog.close();
  }
});
