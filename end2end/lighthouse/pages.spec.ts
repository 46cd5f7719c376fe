import lighthouse, { desktopConfig } from 'lighthouse';
import { PORT } from '../lighthouse.config.ts';
import { expect, test } from '../tests/fixtures.ts';

/** The least a page may reach in each of the four, of 100. */
const LEAST = 95;

/** The times behind the first figure, and whether anything jumped. */
const TIMES = ['first-contentful-paint', 'largest-contentful-paint', 'speed-index', 'total-blocking-time', 'cumulative-layout-shift'];

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

/** Every kind of page; of the site's own those with a form open, under a filter, and with what is there right now. */
const PAGES = [
  '/login',
  '/sites',
  '/shop.example?period=28d',
  '/shop.example?filter=page&period=28d',
  '/shop.example?f=is%2Cvisit%3Acountry%2CDE&period=28d',
  '/shop.example?period=realtime',
  '/shop.example/details/pages?period=28d',
  '/shop.example/settings',
  '/shop.example/settings/goals',
  '/shop.example/settings/segments',
  '/account',
];

for (const device of ['phone', 'desktop'] as const) {
  for (const path of PAGES) {
    test(`${path} on a ${device}`, async ({ full, signedIn, browser }) => {
      // Lighthouse opens a window of its own, beside those of the tests.
      const session = await browser.newBrowserCDPSession();
      const cookies = path === '/login' ? [] : signedIn.map(({ name, value }) => ({ name, value, url: full.origin }));
      await session.send('Storage.clearCookies');
      await session.send('Storage.setCookies', { cookies });
      const result = await lighthouse(
        full.origin + path,
        {
          port: PORT,
          onlyCategories: CATEGORIES,
          // Cookies stay, or nobody would be signed in; what an earlier page has loaded does not.
          clearStorageTypes: ['file_systems', 'shader_cache', 'service_workers', 'cache_storage'],
          // Pages about somebody's visitors are not meant for search engines, and say so.
          skipAudits: ['is-crawlable'],
        },
        device === 'desktop' ? desktopConfig : undefined,
      );
      const { categories, audits, finalDisplayedUrl } = result!.lhr;
      expect(new URL(finalDisplayedUrl).pathname, 'no other page stands in').toBe(path.split('?')[0]);
      const scores = Object.fromEntries(Object.values(categories).map(({ id, score }) => [id, Math.round((score ?? 0) * 100)]));
      const times = TIMES.map((id) => `${id} ${audits[id]?.displayValue}`).join(', ');
      console.log(path, device, JSON.stringify(scores), times, 'loaded', audits['total-byte-weight']?.displayValue);
      const lost = Object.values(audits).filter(({ score, scoreDisplayMode }) => score !== null && score < 1 && scoreDisplayMode !== 'informative');
      const why = lost.map(({ id, score, displayValue }) => `${id}: ${score} ${displayValue ?? ''}`).join('\n');
      for (const category of CATEGORIES) expect(scores[category], `${category}\n${why}`).toBeGreaterThanOrEqual(LEAST);
    });
  }
}
