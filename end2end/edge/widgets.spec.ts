import { signIn } from '../tests/fixtures.ts';
import { FRESH, ask, expect, renders, test, until } from './fixtures.ts';

const WIDGETS = ['visitors', 'chart', 'pages', 'live'].map((name) => `/embed/shop.example/${name}`);

test('widgets and what is for them are carried', async ({ edge }) => {
  for (const path of [...WIDGETS, '/embed/height.js', '/counter/shop.example/TOTAL.json', '/api/sites/shop.example/current']) {
    const first = await ask(edge.cache.origin + path);
    expect(first.status, path).toBe(200);
    const second = await ask(edge.cache.origin + path);
    expect(['hit', 'stale'], path).toContain(second.cache);
    expect(second.age, path).toBeLessThanOrEqual(FRESH);
    expect(second.headers['set-cookie'], path).toBeUndefined();
    expect(second.headers['x-frame-options'], path).toBeUndefined();
  }
});

test('in a widget nobody is signed in: one copy for all, also for members', async ({ page, edge }) => {
  await signIn(page, edge.footfall);
  const [{ name, value }] = (await page.context().cookies()).filter((cookie) => cookie.name === 'footfall');
  const url = edge.cache.origin + WIDGETS[0];
  const plain = (await until(url, ({ age }) => age === 0)).at(-1)!;
  const before = await renders(edge.footfall);
  const member = await ask(url, { headers: { cookie: `${name}=${value}; theme=dark; lang=de` } });
  expect([member.cache, member.headers.etag]).toEqual(['hit', plain.headers.etag]);
  expect(await renders(edge.footfall)).toBe(before);
});

test('an odd spelling leads to the one, and no copy is kept under it', async ({ edge }) => {
  for (const path of ['/shop.example?period=28d', '/shop.example?utm_source=x', '/shop.example/?metric=visitors', '/shop.example?PERIOD=7d']) {
    const answer = await ask(edge.cache.origin + path);
    expect([301, 308], path).toContain(answer.status);
    expect(new URL(answer.headers.location, edge.cache.origin).pathname, path).toBe('/shop.example');
  }
});
