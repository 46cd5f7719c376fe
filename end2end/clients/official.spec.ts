// npm @plausible-analytics/tracker, as its readme says, with nothing changed but the endpoint.
import { expect, leave, scroll, test } from './fixtures.ts';

declare global {
  interface Window {
    track(name: string, options?: unknown): void;
    answers: unknown[];
  }
}

/** A page's module that begins to count; `answers` gets what callbacks are told. */
const module = (site: string, endpoint: string, more = '') => `
  import { init, track } from '@plausible-analytics/tracker';
  window.answers = [];
  window.track = (name, options) => track(name, { ...options, callback: (answer) => window.answers.push(answer) });
  init({ domain: '${site}', endpoint: '${endpoint}', captureOnLocalhost: true, ${more} });`;

test.describe('official', () => {
  test('everything it can do, on localhost', async ({ page, web, house, site, reports }) => {
    const features = "outboundLinks: true, fileDownloads: true, formSubmissions: true, customProperties: { edition: 'print' }";
    const head = await web.module('/official.js', module(site, `${house.footfall.origin}/api/event`, features));
    web.page('/partner', {});
    web.file('/plan.pdf');
    const partner = web.at('partner.example', '/partner?from=us');
    web.page('/start', {
      head,
      body: `<a id="out" href="${partner}" target="_blank">partner</a> <a id="file" href="/plan.pdf?v=2">plan</a>
        <form onsubmit="return false"><button>Send</button></form>`,
    });

    await page.goto(web.at('127.0.0.1', '/start?utm_source=newsletter&utm_medium=email&utm_campaign=autumn'));
    await scroll(page, 900);
    await page.waitForTimeout(1_000);
    await page.evaluate(() => {
      window.track('Signup', { props: { plan: 'pro' }, revenue: { amount: '12.50', currency: 'EUR' } });
      window.track('Seen', { interactive: false });
    });
    await expect.poll(() => page.evaluate(() => window.answers)).toEqual([{ status: 202 }, { status: 202 }]);
    const shown = page.waitForEvent('popup');
    await page.locator('#out').click();
    await (await shown).close();
    const saved = page.waitForEvent('download');
    await page.locator('#file').click();
    await (await saved).cancel();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.evaluate(() => history.pushState({}, '', '/second'));
    await scroll(page, 2_700);
    await scroll(page, 0);
    await page.evaluate(() => history.back());
    await reports.table('event:page', 'pageviews', { '/start': [2], '/second': [1] });
    await leave(page, web);

    await reports.whole('visitors visits pageviews events views_per_visit bounce_rate', [1, 1, 3, 8, 3, 0]);
    await reports.table('event:name', 'visitors events', {
      pageview: [1, 3],
      Signup: [1, 1],
      Seen: [1, 1],
      'Outbound Link: Click': [1, 1],
      'File Download': [1, 1],
      'Form: Submission': [1, 1],
    });
    await reports.table('event:page', 'pageviews scroll_depth', { '/start': [2, 50], '/second': [1, 100] });
    const seconds = await reports.seconds();
    expect(seconds['/start']).toBeGreaterThanOrEqual(1);
    expect(seconds['/start']).toBeLessThan(10);

    await reports.table('event:props:plan', 'events', { pro: [1], '(none)': [7] });
    await reports.table('event:props:edition', 'events', { print: [8] });
    await reports.table('event:props:url', 'events', { [partner]: [1] }, [['is', 'event:name', ['Outbound Link: Click']]]);
    await reports.table('event:props:url', 'events', { [web.at('127.0.0.1', '/plan.pdf')]: [1] }, [['is', 'event:name', ['File Download']]]);
    await reports.table('visit:source', 'visits', { newsletter: [1] });
    await reports.table('visit:utm_medium', 'visits', { email: [1] });
    await reports.table('visit:utm_campaign', 'visits', { autumn: [1] });
    await reports.table('event:hostname', 'pageviews', { '127.0.0.1': [3] });
    await reports.table('visit:browser', 'visitors', { Chrome: [1] });
  });

  test('an event that is not interactive ends no bounce', async ({ page, web, house, site, reports }) => {
    web.page('/one', { head: await web.module('/official.js', module(site, `${house.footfall.origin}/api/event`)) });
    await page.goto(web.at(site, '/one'), { referer: 'https://duckduckgo.com/' });
    await page.evaluate(() => window.track('Seen', { interactive: false }));
    await reports.whole('visits pageviews events bounce_rate', [1, 1, 2, 100]);
    await reports.stay();
    await page.evaluate(() => window.track('Signup'));
    await reports.table('event:name', 'events', { pageview: [1], Seen: [1], Signup: [1] });
    await reports.table('visit:source', 'visits bounce_rate', { DuckDuckGo: [1, 0] });
  });

  test('pages in the fragment', async ({ page, web, house, site, reports }) => {
    web.page('/app', { head: await web.module('/official.js', module(site, `${house.footfall.origin}/api/event`, 'hashBasedRouting: true')) });
    await page.goto(web.at(site, '/app#/inbox'));
    await page.evaluate(() => (location.hash = '#/sent'));
    await reports.table('event:page', 'pageviews', { '/app#/inbox': [1], '/app#/sent': [1] });
    await leave(page, web);
    await reports.table('event:page', 'pageviews scroll_depth', { '/app#/inbox': [1, 25], '/app#/sent': [1, 25] });
  });
});
