import { ask, test } from '../edge/fixtures.ts';
import { DEVICES, audit } from './audit.ts';

/** What strangers see, as a cache in front shows it. */
const PAGES = ['/shop.example', '/shop.example?theme=dark', '/shop.example/details/pages'];

for (const device of DEVICES) {
  for (const path of PAGES) {
    test(`${path} of a public site through the cache on a ${device}`, async ({ edge, browser }) => {
      const session = await browser.newBrowserCDPSession();
      await session.send('Storage.clearCookies');
      const url = new URL(edge.cache.origin + path);
      // Somebody was there before.
      await ask(url.href);
      await audit(url, device);
    });
  }
}
