// /js/script.full.js, ours: what it counts by itself.
import { expect, leave, scroll, test } from './fixtures.ts';

const tag = (origin: string, site: string, more = '') => `<script defer data-domain="${site}" ${more} src="${origin}/js/script.full.js"></script>`;

test.describe('full', () => {
  test('how long and how far', async ({ page, web, house, site, reports }) => {
    web.page('/second', { head: tag(house.footfall.origin, site, 'event-author="Jo"') });
    web.page('/start', { head: tag(house.footfall.origin, site, 'event-author="Ann"'), body: '<a href="/second">next</a>' });
    await page.goto(web.at(site, '/start'));
    await scroll(page, 900);
    await scroll(page, 0);
    await page.waitForTimeout(1_000);
    // Left by a link, the real way: the page says its last while it goes.
    await page.getByRole('link', { name: 'next' }).click();
    await page.waitForURL('**/second');
    await scroll(page, 2_700);
    await page.waitForTimeout(600);
    await leave(page, web);

    await reports.table('event:page', 'pageviews scroll_depth', { '/start': [1, 50], '/second': [1, 100] });
    const seconds = await reports.seconds();
    for (const path of ['/start', '/second']) {
      expect(seconds[path], path).toBeGreaterThanOrEqual(1);
      expect(seconds[path], path).toBeLessThan(10);
    }
    await reports.whole('visitors visits pageviews events bounce_rate', [1, 1, 2, 2, 0]);
    await reports.table('event:name', 'events', { pageview: [2] });
    await reports.table('event:props:author', 'pageviews', { Ann: [1], Jo: [1] });
    await reports.table('visit:exit_page', 'visits', { '/second': [1] });
  });

  test('outbound links, downloads, forms and marked elements', async ({ page, web, house, site, reports }) => {
    web.page('/thanks', {});
    web.page('/partner', {});
    web.file('/plan.pdf');
    web.page('/start', {
      head: tag(house.footfall.origin, site),
      body: `<a id="out" href="${web.at('partner.example', '/partner?from=us#top')}" target="_blank">partner</a>
        <a id="in" href="#here">here</a> <a id="file" href="/plan.pdf?v=2">plan</a>
        <button class="footfall-event-name=Add+to+cart plausible-event-size=XL">Add</button>
        <form action="/thanks"><button>Send</button></form>`,
    });
    await page.goto(web.at(site, '/start'));
    const shown = page.waitForEvent('popup');
    await page.locator('#out').click();
    await (await shown).close();
    await page.locator('#in').click();
    const saved = page.waitForEvent('download');
    await page.locator('#file').click();
    await (await saved).cancel();
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.waitForURL('**/thanks?');

    await reports.table('event:name', 'visitors events', {
      pageview: [1, 1],
      'Outbound Link: Click': [1, 1],
      'File Download': [1, 1],
      'Add to cart': [1, 1],
      'Form: Submission': [1, 1],
    });
    await reports.table('event:props:url', 'events', {
      [web.at('partner.example', '/partner')]: [1],
      [web.at(site, '/plan.pdf')]: [1],
      '(none)': [3],
    });
    await reports.table('event:props:size', 'events', { XL: [1], '(none)': [4] });
    await reports.whole('visitors visits pageviews events bounce_rate', [1, 1, 1, 5, 0]);
  });

  test('a missing page', async ({ page, web, house, site, reports, warnings }) => {
    web.page('/gone', { head: tag(house.footfall.origin, site), status: 404 });
    await page.goto(web.at(site, '/gone?from=mail'));
    // The browser's own word about the page.
    warnings.push('Failed to load resource: the server responded with a status of 404 (Not Found)');
    await reports.table('event:name', 'visitors events', { pageview: [1, 1], 404: [1, 1] });
    await reports.table('event:props:path', 'events', { '/gone': [1] }, [['is', 'event:name', ['404']]]);
    await reports.whole('visits pageviews events bounce_rate', [1, 1, 2, 100]);
  });
});
