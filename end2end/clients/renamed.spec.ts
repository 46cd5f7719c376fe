// Paths of the operator's own (docs/configuration.md): blockers know the usual ones.
import { expect, open, test as base } from './fixtures.ts';

const test = base.extend({
  house: [
    async ({}, use) => {
      const house = await open({
        FOOTFALL_INGEST_SCRIPT_PATH: '/shop/small.js',
        FOOTFALL_INGEST_FULL_SCRIPT_PATH: '/shop/reading.js',
        FOOTFALL_INGEST_EVENT_PATH: '/shop/cart',
        FOOTFALL_INGEST_PIXEL_PATH: '/shop/dot.gif',
      });
      await use(house);
      await house.footfall.stop();
    },
    { scope: 'worker' },
  ],
});

test.describe('renamed', () => {
  test('small, full and picture', async ({ page, web, house, site, reports, hits }) => {
    const { origin } = house.footfall;
    const tag = (script: string) => `<script defer data-domain="${site}" src="${origin}/shop/${script}"></script>`;
    web.page('/small', { head: tag('small.js') });
    web.page('/full', { head: tag('reading.js'), body: `<form onsubmit="return false"><button>Send</button></form>` });
    web.page('/still', { body: `<img src="${origin}/shop/dot.gif?d=${site}" alt="" referrerpolicy="no-referrer-when-downgrade">` });
    await page.goto(web.at(site, '/small'));
    await reports.whole('pageviews', [1]);
    await reports.stay();
    await page.goto(web.at(site, '/full'));
    await page.getByRole('button', { name: 'Send' }).click();
    await reports.table('event:name', 'events', { pageview: [2], 'Form: Submission': [1] });
    await reports.stay();
    await page.goto(web.at(site, '/still'));

    await reports.table('event:page', 'pageviews scroll_depth', { '/small': [1, null], '/full': [1, 25], '/still': [1, null] });
    await reports.table('event:name', 'events', { pageview: [3], 'Form: Submission': [1] });
    await reports.whole('visitors visits pageviews events', [1, 1, 3, 4]);
    await expect.poll(() => [...new Set(hits.map((hit) => hit.path))]).toEqual(['/shop/cart']);
  });

  test('other clients keep their path', async ({ page, web, house, site, reports, hits }) => {
    const module = `import { init } from '@plausible-analytics/tracker';
      init({ domain: '${site}', endpoint: '${house.footfall.origin}/api/event', captureOnLocalhost: true });`;
    web.page('/start', { head: await web.module('/official.js', module) });
    await page.goto(web.at(site, '/start'));
    await reports.whole('visitors pageviews', [1, 1]);
    await expect.poll(() => hits.map((hit) => hit.path)).toEqual(['/api/event']);
    const usual = await fetch(`${house.footfall.origin}/pixel.gif?d=${site}`);
    expect(usual.headers.get('content-type'), 'no picture').not.toBe('image/gif');
  });
});
