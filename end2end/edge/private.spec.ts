import { FRESH, type Edge, ask, close, counted, expect, hit, open, test, until, zoneAtNoon } from './fixtures.ts';

const OPEN = '/shop.example';
const CLOSED = '/shop.example?period=yesterday';

/** A server of its own: what it shows is taken away. */
async function opened(): Promise<Edge> {
  const edge = await open({});
  await edge.footfall.command(['site', 'add', 'shop.example', '--timezone', zoneAtNoon()]);
  await edge.footfall.command(['site', 'public', 'shop.example', 'on']);
  expect((await hit(edge.cache.origin, '/')).status).toBe(202);
  return edge;
}

test('made private: gone at once where the cache is told, with its age where it is not', async () => {
  const edge = await opened();
  try {
    for (const { origin } of [edge.cache, edge.deaf]) {
      for (const path of [OPEN, CLOSED]) expect((await ask(origin + path)).status, path).toBe(200);
      expect((await ask(origin + CLOSED)).cache).toBe('hit');
    }
    await edge.footfall.command(['site', 'public', 'shop.example', 'off']);

    // A page of closed days would stay for an hour: only the purge takes it away.
    await until(edge.cache.origin + CLOSED, ({ status }) => status !== 200, 10_000);
    await until(edge.cache.origin + OPEN, ({ status }) => status !== 200, 10_000);
    expect((await ask(edge.deaf.origin + CLOSED)).cache, 'nobody told this one').toBe('hit');

    const answers = await until(edge.deaf.origin + OPEN, ({ status }) => status !== 200);
    expect(Math.max(...answers.map(({ age }) => age)), 'nothing older was shown').toBeLessThanOrEqual(FRESH);
    expect(await counted(edge.footfall, 'footfall_purge_requests_total', 'kind="varnish"', 'outcome="done"')).toBeGreaterThan(0);

    // What is private now does not come back when the server goes away.
    await edge.footfall.end();
    for (const { origin } of [edge.cache, edge.deaf]) expect((await ask(origin + OPEN)).status, origin).not.toBe(200);
  } finally {
    await close(edge);
  }
});

test('removed and emptied: gone at once', async () => {
  const edge = await opened();
  try {
    const url = edge.cache.origin + CLOSED;
    const before = await ask(url);
    expect(before.status).toBe(200);
    await edge.footfall.command(['site', 'reset', 'shop.example', '--yes']);
    await until(url, ({ headers }) => headers.etag !== before.headers.etag, 10_000);
    expect((await ask(url)).status).toBe(200);
    await edge.footfall.command(['site', 'remove', 'shop.example', '--yes']);
    await until(url, ({ status }) => status !== 200, 10_000);
  } finally {
    await close(edge);
  }
});

test('while the server is away the last page is shown', async () => {
  const edge = await opened();
  try {
    const url = edge.cache.origin + OPEN;
    const last = await ask(url);
    expect(last.status).toBe(200);
    await edge.footfall.end();
    const answers = await until(url, ({ age }) => age > FRESH + 1);
    for (const { status, body } of answers) expect([status, body === last.body]).toEqual([200, true]);
    expect(answers.at(-1)!.cache).toBe('stale');
    expect((await ask(`${edge.cache.origin}/never-seen.example`)).status, 'and nothing is made up').toBe(503);
    expect((await hit(edge.cache.origin, '/lost')).status, 'a hit that is not kept is not said to be').toBe(503);
  } finally {
    await close(edge);
  }
});
