import { createServer } from 'node:http';
import { eventually, freePort } from '../support/footfall.ts';
import { Varnish } from '../support/varnish.ts';
import { ask, expect, test, until } from './fixtures.ts';

test('an origin that hangs is left alone, and the last page is shown', async () => {
  const asked: string[] = [];
  let hangs = false;
  const origin = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (hangs) return;
    response.setHeader('cache-control', 'public, max-age=0, s-maxage=1, stale-if-error=600');
    response.end('a page');
  });
  const [port, door] = [await freePort(), await freePort()];
  await new Promise<void>((done) => origin.listen(port, '127.0.0.1', done));
  // The same, only sooner.
  const changes: [string, string][] = [['.interval = 2s;', '.interval = 200ms;'], ['.timeout = 5s;', '.timeout = 300ms;']];
  const cache = await Varnish.start({ port: door, behind: `http://127.0.0.1:${port}`, changes });
  try {
    const page = `${cache.origin}/shop.example`;
    expect((await ask(page)).body).toBe('a page');
    await until(page, ({ age }) => age === 0);
    hangs = true;
    asked.length = 0;
    // Three attempts that failed; the fifth has begun.
    await eventually(async () => asked.filter((line) => line === 'GET /healthz').length >= 5);
    await new Promise((done) => setTimeout(done, 1_100));
    const answer = await ask(page);
    expect([answer.status, answer.cache, answer.body]).toEqual([200, 'stale', 'a page']);
    expect((await ask(`${cache.origin}/api/event`, { method: 'POST', body: '{}' })).status, 'a hit that is not kept is not said to be').toBe(503);
    expect(asked.filter((line) => line !== 'GET /healthz')).toEqual([]);
    hangs = false;
    await until(page, ({ cache }) => cache === 'miss', 10_000);
  } finally {
    await cache.stop();
    origin.closeAllConnections();
    origin.close();
  }
});
