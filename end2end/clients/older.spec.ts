// npm plausible-tracker 0.3.9: short names, properties as a JSON text, XMLHttpRequest.
import { expect, test } from './fixtures.ts';

const module = (site: string, apiHost: string, more = '') => `
  import Plausible from 'plausible-tracker';
  const { enableAutoPageviews, enableAutoOutboundTracking, trackEvent } = Plausible({ domain: '${site}', apiHost: '${apiHost}', ${more} });
  window.answers = [];
  window.track = (name, options) => trackEvent(name, { ...options, callback: () => window.answers.push('answered') });
  enableAutoPageviews();
  enableAutoOutboundTracking();`;

test.describe('older', () => {
  test('page views, an event with properties, an outbound link', async ({ page, web, house, site, reports, hits }) => {
    const partner = web.at('partner.example', '/partner?from=us');
    web.page('/partner', {});
    web.page('/start', { head: await web.module('/older.js', module(site, house.footfall.origin)), body: `<a href="${partner}">partner</a>` });
    web.page('/story', { body: `<a href="${web.at(site, '/start')}">read</a>` });

    // A link from a page of somebody else, which is the source.
    await page.goto(web.at('gazette.example', '/story'));
    await page.getByRole('link', { name: 'read' }).click();
    await page.waitForURL('**/start');
    await page.evaluate(() => history.pushState({}, '', '/second'));
    await page.evaluate(() => window.track('Signup', { props: { plan: 'pro', seats: 3, trial: true } }));
    await expect.poll(() => page.evaluate(() => window.answers)).toEqual(['answered']);
    await page.getByRole('link', { name: 'partner' }).click();
    await page.waitForURL(partner);

    await reports.whole('visitors visits pageviews events bounce_rate', [1, 1, 2, 4, 0]);
    await reports.table('event:name', 'events', { pageview: [2], Signup: [1], 'Outbound Link: Click': [1] });
    await reports.table('event:page', 'pageviews', { '/start': [1], '/second': [1] });
    await reports.table('event:props:plan', 'events', { pro: [1], '(none)': [3] });
    await reports.table('event:props:seats', 'events', { 3: [1] }, [['is', 'event:name', ['Signup']]]);
    await reports.table('event:props:trial', 'events', { true: [1] }, [['is', 'event:name', ['Signup']]]);
    await reports.table('event:props:url', 'events', { [partner]: [1] }, [['is', 'event:name', ['Outbound Link: Click']]]);
    await reports.table('visit:source', 'visits', { 'gazette.example': [1] });
    await expect.poll(() => hits.find((hit) => hit.body.n === 'Signup')?.body.p, 'a text').toBe('{"plan":"pro","seats":3,"trial":true}');
  });

  test('pages in the fragment', async ({ page, web, house, site, reports }) => {
    web.page('/app', { head: await web.module('/older.js', module(site, house.footfall.origin, 'hashMode: true')) });
    await page.goto(web.at(site, '/app#/inbox'));
    await page.evaluate(() => (location.hash = '#/sent'));
    // It hears of a new fragment by two events, and sends a page view for each.
    await reports.table('event:page', 'visitors pageviews', { '/app#/inbox': [1, 1], '/app#/sent': [1, 2] });
  });
});
