import { test } from '../tests/fixtures.ts';
import { DEVICES, audit } from './audit.ts';

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

for (const device of DEVICES) {
  for (const path of PAGES) {
    test(`${path} on a ${device}`, async ({ full, signedIn, browser }) => {
      // Lighthouse opens a window of its own, beside those of the tests.
      const session = await browser.newBrowserCDPSession();
      const cookies = path === '/login' ? [] : signedIn.map(({ name, value }) => ({ name, value, url: full.origin }));
      await session.send('Storage.clearCookies');
      await session.send('Storage.setCookies', { cookies });
      await audit(new URL(full.origin + path), device);
    });
  }
}
