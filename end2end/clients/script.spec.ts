// /js/script.js, ours: page views, pages of single-page apps, custom events.
import { addSite, expect, test } from './fixtures.ts';

declare global {
  interface Window {
    footfall(name: string, options?: unknown): void;
    plausible(name: string, options?: unknown): void;
  }
}

/** The line of docs/tracker.md. */
const tag = (origin: string, site: string, { script = 'script.js', more = '' } = {}) =>
  `<script defer data-domain="${site}" ${more} src="${origin}/js/${script}"></script>`;

test.describe('script', () => {
  test('a hit is in the reports within two seconds', async ({ page, web, house, site, reports }) => {
    web.page('/start', { head: tag(house.footfall.origin, site) });
    const answered = page.waitForResponse('**/api/event');
    await page.goto(web.at(site, '/start'), { referer: 'https://www.google.com/' });
    await answered;
    const since = Date.now();
    await reports.whole('visitors visits pageviews events bounce_rate', [1, 1, 1, 1, 100]);
    expect(Date.now() - since, 'milliseconds from the answer to the report').toBeLessThan(2_000);
    await reports.table('visit:source', 'visitors', { Google: [1] });
    await reports.table('event:hostname', 'visitors', { [site]: [1] });
    await reports.table('visit:os', 'visitors', { 'GNU/Linux': [1] });
  });

  test('pages of the history, calls before it came, calls with options', async ({ page, web, house, site, reports }) => {
    const early = `<script>
      window.plausible = window.plausible || function () { (plausible.q = plausible.q || []).push(arguments) };
      plausible('Early', { props: { when: 'before' } });
    </script>`;
    web.page('/start', { head: early + tag(house.footfall.origin, site) });
    await page.goto(web.at(site, '/start?ref=gazette&utm_term=shoes&utm_content=top'));
    await reports.table('event:name', 'events', { pageview: [1], Early: [1] });
    await reports.stay();

    await page.evaluate(() => history.pushState({}, '', '/second?page=2'));
    await page.evaluate(() => history.replaceState({}, '', '/second?page=3'));
    await page.evaluate(() => history.pushState({}, '', '/second?page=4'));
    await page.evaluate(() => history.go(-2));
    await reports.table('event:page', 'pageviews', { '/start': [2], '/second': [1] });
    const told = await page.evaluate(() => {
      const options = { props: { plan: 'pro', seats: 3, trial: true, list: [1], none: null }, revenue: { amount: 9.9, currency: 'EUR' } };
      return new Promise((callback) => window.footfall('Signup', { ...options, callback }));
    });
    expect(told).toEqual({ status: 202 });
    await page.evaluate(() => window.plausible('Seen', { interactive: false, u: `${location.origin}/third` }));

    await reports.whole('visitors visits pageviews events views_per_visit', [1, 1, 3, 6, 3]);
    await reports.table('event:name', 'visitors events', { pageview: [1, 3], Early: [1, 1], Signup: [1, 1], Seen: [1, 1] });
    await reports.table('event:page', 'pageviews events', { '/start': [2, 4], '/second': [1, 1], '/third': [0, 1] });
    const signup = [['is', 'event:name', ['Signup']]];
    await reports.table('event:props:plan', 'events', { pro: [1] }, signup);
    await reports.table('event:props:seats', 'events', { 3: [1] }, signup);
    await reports.table('event:props:trial', 'events', { true: [1] }, signup);
    await reports.table('event:props:list', 'events', { '(none)': [1] }, signup);
    await reports.table('event:props:when', 'events', { before: [1], '(none)': [5] });
    await reports.table('visit:source', 'visits', { gazette: [1] });
    await reports.table('visit:utm_term', 'visits', { shoes: [1] });
    await reports.table('visit:utm_content', 'visits', { top: [1] });
  });

  test('an event that is not interactive ends no bounce', async ({ page, web, house, site, reports }) => {
    web.page('/start', { head: tag(house.footfall.origin, site) });
    await page.goto(web.at(site, '/start'));
    await page.evaluate(() => window.footfall('Seen', { interactive: false }));
    await reports.whole('visits events bounce_rate', [1, 2, 100]);
    await reports.stay();
    await page.evaluate(() => window.footfall('Signup'));
    await reports.whole('visits events bounce_rate', [1, 3, 0]);
  });

  for (const [how, options] of [
    ['an attribute', { more: 'data-hash' }],
    ['the name', { script: 'script.hash.js' }],
  ] as const) {
    test(`pages in the fragment, by ${how}`, async ({ page, web, house, site, reports }) => {
      web.page('/app', { head: tag(house.footfall.origin, site, options) });
      await page.goto(web.at(site, '/app'));
      await page.evaluate(() => (location.hash = '#/inbox'));
      await page.evaluate(() => (location.hash = '#/sent'));
      await page.evaluate(() => history.back());
      await reports.table('event:page', 'pageviews', { '/app': [1], '/app#/inbox': [2], '/app#/sent': [1] });
    });
  }

  test('without it, a fragment is no page', async ({ page, web, house, site, reports }) => {
    web.page('/app', { head: tag(house.footfall.origin, site) });
    await page.goto(web.at(site, '/app#/inbox'));
    await page.evaluate(() => (location.hash = '#/sent'));
    await page.evaluate(() => window.footfall('Last'));
    await reports.table('event:page', 'pageviews events', { '/app': [1, 2] });
  });

  test('who opted out is not counted', async ({ page, web, house, site, reports, hits, warnings }) => {
    web.page('/quiet', {});
    web.page('/start', { head: tag(house.footfall.origin, site) });
    await page.goto(web.at(site, '/quiet'));
    await page.evaluate(() => (localStorage.footfall_ignore = 'true'));
    await page.goto(web.at(site, '/start'));
    const told = await page.evaluate(
      () => new Promise((told) => window.footfall('Signup', { callback: (...all: unknown[]) => told(all.filter((one) => one !== undefined)) })),
    );
    expect(told, 'nothing').toEqual([]);
    warnings.push('footfall: ignored, opted out', 'footfall: ignored, opted out');
    // The next proves that what came before was not merely late.
    await page.evaluate(() => localStorage.removeItem('footfall_ignore'));
    await page.evaluate(() => window.footfall('Changed my mind'));
    await reports.table('event:name', 'visitors events', { 'Changed my mind': [1, 1] });
    await expect.poll(() => hits.map((hit) => hit.body.n)).toEqual(['Changed my mind']);
  });

  test('one page for two sites', async ({ page, web, house, site, reports }) => {
    await addSite(house, 'group.example');
    web.page('/start', { head: tag(house.footfall.origin, `${site},group.example`) });
    await page.goto(web.at(site, '/start'));
    await reports.whole('visitors pageviews', [1, 1]);
    await reports.of('group.example').whole('visitors pageviews', [1, 1]);
  });
});
