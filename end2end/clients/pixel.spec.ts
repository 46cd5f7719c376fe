// /pixel.gif: pages without scripts, in a browser without scripts.
import { expect, test } from './fixtures.ts';

test.use({ javaScriptEnabled: false });

test.describe('pixel', () => {
  test('a page view, and an event of its own', async ({ page, web, house, site, reports }) => {
    const pixel = `${house.footfall.origin}/pixel.gif?d=${site}`;
    const picture = (query: string) => `<img src="${pixel}${query}" alt="" referrerpolicy="no-referrer-when-downgrade">`;
    web.page('/second', { body: picture('') });
    const props = encodeURIComponent(JSON.stringify({ issue: 12 }));
    web.page('/letter', { body: `${picture('&r=https%3A%2F%2Fnews.ycombinator.com%2Fitem')}${picture(`&n=Opened&i=false&p=${props}`)}<a href="/second">next</a>` });
    const answered = page.waitForResponse((response) => response.url().includes('n=Opened'));
    await page.goto(web.at(site, '/letter?utm_medium=email'));
    const response = await answered;
    expect([response.status(), response.headers()['content-type'], (await response.body()).length]).toEqual([200, 'image/gif', 43]);
    expect(response.headers()['x-footfall-dropped']).toBeUndefined();
    await reports.whole('visits pageviews events bounce_rate', [1, 1, 2, 100]);
    await reports.stay();

    await page.getByRole('link', { name: 'next' }).click();
    await reports.whole('visitors visits pageviews events bounce_rate', [1, 1, 2, 3, 0]);
    await reports.table('event:name', 'events', { pageview: [2], Opened: [1] });
    await reports.table('event:page', 'pageviews', { '/letter': [1], '/second': [1] });
    await reports.table('event:hostname', 'pageviews', { [site]: [2] });
    await reports.table('event:props:issue', 'events', { 12: [1], '(none)': [2] });
    await reports.table('visit:utm_medium', 'visits', { email: [1] });
  });
});
