import { createServer, type IncomingMessage } from 'node:http';
import { eventually, Footfall, freePort } from '../support/footfall.ts';
import type { Varnish } from '../support/varnish.ts';
import { ask, counted, expect, test } from './fixtures.ts';

test('a ban comes from the server alone', async ({ edge }) => {
  const ban = (cache: Varnish, from: string, headers: Record<string, string> = {}) =>
    ask(cache.origin, { method: 'BAN', from, headers: { 'surrogate-key': 'site-1', ...headers } });
  // Also where the address it comes from may say who a visitor is: a terminator on the same machine, say.
  for (const cache of [edge.cache, edge.deaf]) {
    expect((await ban(cache, '127.0.0.9')).status, 'another address').toBe(405);
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'cloudfront-viewer-address', 'cf-connecting-ip']) {
      expect((await ban(cache, '127.0.0.1', { [name]: '203.0.113.7' })).status, `a visitor, through a proxy: ${name}`).toBe(405);
    }
    expect((await ban(cache, '127.0.0.1', { 'surrogate-key': 'site-1)||(.' })).status, 'an expression').toBe(400);
    expect((await ban(cache, '127.0.0.1')).status).toBe(200);
  }
});

test('visitors add no bans', async ({ edge }) => {
  const bans = () => edge.deaf.counted('MAIN.bans_added');
  const known = { 'if-none-match': '"x"' };
  const before = await bans();
  for (let n = 0; n < 5; n++) {
    // Passed on, whatever the answer says: somebody signed in, what is somebody's own, a program, a hit.
    for (const path of ['/quiet.example', '/shop.example']) await ask(edge.deaf.origin + path, { headers: { ...known, cookie: 'footfall=x' } });
    await ask(`${edge.deaf.origin}/login`, { headers: known });
    await ask(`${edge.deaf.origin}/shop.example`, { headers: { ...known, authorization: 'Bearer x' } });
    await ask(`${edge.deaf.origin}/pixel.gif?d=nowhere.example&u=https%3A%2F%2Fnowhere.example%2F`, { headers: known });
    // Not there, for strangers, and never the same twice.
    for (const path of ['/quiet.example', `/never-${n}.example`, `/embed/quiet.example/pages?limit=${n + 1}`]) {
      expect((await ask(edge.deaf.origin + path, { headers: known })).headers['cache-control'], path).toMatch(/no-store/);
    }
  }
  expect(await bans()).toBe(before);
});

test('a ban takes one site and no other', async ({ edge }) => {
  const url = `${edge.cache.origin}/shop.example?period=yesterday`;
  const key = (await ask(url)).headers['surrogate-key'];
  expect(key).toMatch(/^site-\d+$/);
  await ask(url);
  await ask(edge.cache.origin, { method: 'BAN', headers: { 'surrogate-key': `${key}0` } });
  expect((await ask(url)).cache).toBe('hit');
  await ask(edge.cache.origin, { method: 'BAN', headers: { 'surrogate-key': `site-999 ${key}` } });
  expect((await ask(url)).cache).toBe('miss');
});

test('a receiver of addresses gets them, though it fails at first', async () => {
  const got: { request: IncomingMessage; body: string }[] = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      got.push({ request, body });
      response.writeHead(got.length === 1 ? 503 : 204).end();
    });
  });
  const port = await freePort();
  await new Promise<void>((done) => receiver.listen(port, '127.0.0.1', done));
  const settings = { FOOTFALL_CDN_PURGE: `urls:http://127.0.0.1:${port}/purge?token=t0ken`, FOOTFALL_PUBLIC_URL: 'https://stats.example' };
  const footfall = await Footfall.start(settings);
  try {
    await footfall.command(['site', 'add', 'shop.example']);
    await footfall.command(['site', 'remove', 'shop.example', '--yes']);
    await eventually(async () => got.length >= 2);
    expect(got[1].request.method).toBe('POST');
    expect(got[1].request.url).toBe('/purge?token=t0ken');
    expect(got[1].request.headers['surrogate-key']).toMatch(/^site-\d+$/);
    expect(got[1].body.split('\n')).toEqual([
      ...['', 'share/'].map((top) => `https://stats.example/${top}shop.example*`),
      ...['embed', 'counter', 'api/sites', 'api/stats'].map((top) => `https://stats.example/${top}/shop.example/*`),
      '',
    ]);
    const outcomes = ['done', 'failed', 'given_up'].map((outcome) => counted(footfall, 'footfall_purge_requests_total', 'kind="urls"', outcome));
    expect((await Promise.all(outcomes)).map((count) => count > 0)).toEqual([true, true, false]);
  } finally {
    await footfall.stop();
    receiver.close();
  }
});
