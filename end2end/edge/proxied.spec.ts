import { Footfall, freePort } from '../support/footfall.ts';
import { Varnish } from '../support/varnish.ts';
import { type Asked, ask, counted, expect, hit, test, until, zoneAtNoon } from './fixtures.ts';

// As docs/cdn.md has it: visitors come through a terminator that speaks the PROXY protocol, purges by a door of their own.
test('visitors come by the PROXY protocol, and purges by another door', async () => {
  const [plain, proxied] = [await freePort(), await freePort()];
  const footfall = await Footfall.start({ FOOTFALL_CDN_PURGE: `varnish:http://127.0.0.1:${plain}` });
  const cache = await Varnish.start({ port: plain, proxied, behind: footfall.origin });
  const origin = `http://127.0.0.1:${proxied}`;
  const as = (visitor: string): Asked => ({ proxied: visitor });
  try {
    await footfall.command(['site', 'add', 'shop.example', '--timezone', zoneAtNoon()]);
    await footfall.command(['site', 'public', 'shop.example', 'on']);

    // Who they are and where they live is what the terminator says, whatever they say themselves.
    for (const visitor of ['8.8.8.8', '193.99.144.80']) {
      for (const claim of ['8.8.4.4', '193.99.144.85']) {
        const answer = await hit(origin, '/', { 'x-forwarded-for': claim, forwarded: `for=${claim}` }, 'shop.example', as(visitor));
        expect([answer.status, answer.cache]).toEqual([202, 'pass']);
      }
    }
    const question = { site_id: 'shop.example', date_range: 'day', metrics: ['visitors', 'pageviews'], dimensions: ['visit:country'] };
    const seen = async () => JSON.parse(await footfall.command(['query', '-'], JSON.stringify(question))).results;
    const countries = ['DE', 'US'].map((code) => ({ dimensions: [code], metrics: [1, 2] }));
    await expect.poll(async () => (await seen()).sort((a: { dimensions: string[] }, b: { dimensions: string[] }) => a.dimensions[0].localeCompare(b.dimensions[0]))).toEqual(countries);

    const page = `${origin}/shop.example?period=yesterday`;
    for (const cache of ['miss', 'hit']) {
      const answer = await ask(page, as('8.8.8.8'));
      expect([answer.status, answer.cache]).toEqual([200, cache]);
    }
    const ban = { method: 'BAN', headers: { 'surrogate-key': 'site-1' } };
    expect((await ask(origin, { ...ban, ...as('8.8.8.8') })).status, 'a visitor').toBe(405);
    await footfall.command(['site', 'public', 'shop.example', 'off']);
    await until(page, ({ status }) => status !== 200, 10_000, as('8.8.8.8'));
    const outcome = (name: string) => counted(footfall, 'footfall_purge_requests_total', 'kind="varnish"', `outcome="${name}"`);
    expect([(await outcome('done')) > 0, await outcome('failed')]).toEqual([true, 0]);
  } finally {
    await cache.stop();
    await footfall.stop();
  }
});
