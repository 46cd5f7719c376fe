import { FRESH, ask, counted, expect, hit, renders, test, until } from './fixtures.ts';

const PAGE = '/shop.example';

test('a stranger sees the numbers; who comes next costs the origin nothing', async ({ page, edge, accessible }) => {
  await page.goto(edge.cache.origin + PAGE);
  await expect(page.getByRole('navigation', { name: 'Numbers of the period' }).getByText('Visitors')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Pages' }).getByRole('row').nth(1)).toBeVisible();
  await accessible(page);
  expect(await page.context().cookies(), 'no cookie is set').toEqual([]);

  await until(edge.cache.origin + PAGE, ({ age }) => age === 0);
  const before = await renders(edge.footfall);
  const second = await ask(edge.cache.origin + PAGE);
  expect(second.cache).toBe('hit');
  expect(second.headers['set-cookie']).toBeUndefined();
  expect(second.headers.vary?.toLowerCase() ?? '').not.toContain('cookie');
  expect(await renders(edge.footfall)).toBe(before);
});

test('a thousand viewers cost the origin one render in each period', async ({ edge }) => {
  const before = await renders(edge.footfall);
  const begin = Date.now();
  const ages: number[] = [];
  const viewer = async (of: number) => {
    for (let n = 0; n < 1_000 / of; n++) {
      const answer = await ask(edge.cache.origin + PAGE);
      expect(answer.status).toBe(200);
      ages.push(answer.age);
      // Hits come in meanwhile: without caches each viewer would be shown something new.
      if (n % 10 === 0) await hit(edge.cache.origin, `/thousand/${n}`);
    }
  };
  await Promise.all(Array.from({ length: 20 }, () => viewer(20)));
  // A page is asked for again when s-maxage has passed (FRESH less the time for revalidating), so at most so often:
  const periods = Math.ceil((Date.now() - begin) / 1_000 / (FRESH - 1)) + 1;
  expect(ages).toHaveLength(1_000);
  expect(Math.max(...ages), 'nothing older was shown').toBeLessThanOrEqual(FRESH);
  expect((await renders(edge.footfall)) - before).toBeLessThanOrEqual(periods);
});

test('a new hit shows when the page is as old as it may be', async ({ edge }) => {
  const path = `/new/${Date.now()}`;
  const filtered = `${edge.cache.origin}${PAGE}?f=is,page,${encodeURIComponent(path).replaceAll('%2F', '/')}&period=day`;
  const url = (await ask(filtered)).headers.location ? new URL((await ask(filtered)).headers.location, filtered).href : filtered;
  const first = await ask(url);
  expect(first.status).toBe(200);
  expect((await hit(edge.cache.origin, path)).status).toBe(202);
  const answers = await until(url, ({ body }) => body !== first.body);
  expect(Math.max(...answers.map(({ age }) => age)), 'nothing older was shown').toBeLessThanOrEqual(FRESH);
});

test('who has a page already is told so by the cache, and the origin renders nothing for a 304', async ({ edge }) => {
  const [cached, own] = [edge.cache.origin, edge.footfall.origin].map((origin) => `${origin}${PAGE}?period=yesterday`);
  const counts = async () => [await renders(edge.footfall), await counted(edge.footfall, 'footfall_page_not_modified_total')];
  for (const coding of ['br', 'gzip', 'identity']) {
    const headers = { 'accept-encoding': coding };
    const seen = await ask(cached, { headers });
    expect((await ask(cached, { headers: { ...headers, 'if-none-match': seen.headers.etag } })).status, coding).toBe(304);
    const made = await ask(own, { headers });
    const [rendered, same] = await counts();
    expect((await ask(own, { headers: { ...headers, 'if-none-match': made.headers.etag } })).status, coding).toBe(304);
    expect(await counts(), coding).toEqual([rendered, same + 1]);
  }
});

test('brotli and gzip are kept beside each other', async ({ edge }) => {
  const url = edge.cache.origin + PAGE;
  for (const coding of ['br', 'gzip']) {
    await ask(url, { headers: { 'accept-encoding': coding } });
    const answer = await ask(url, { headers: { 'accept-encoding': coding } });
    expect([answer.headers['content-encoding'], answer.cache]).toEqual([coding, 'hit']);
  }
  expect((await ask(url)).headers['content-encoding']).toBeUndefined();
});

test('browsers keep a page for a minute at most', async ({ edge }) => {
  for (const path of [PAGE, `${PAGE}?period=yesterday`, `${PAGE}/details/pages`, `${PAGE}/chart.svg`]) {
    const { status, headers } = await ask(edge.cache.origin + path);
    expect(status, path).toBe(200);
    const seconds = (name: string) => Number(new RegExp(`(?:^|[ ,])${name}=(\\d+)`).exec(headers['cache-control'])?.[1] ?? 0);
    expect(headers['cache-control'], path).toMatch(/^public, /);
    // Some browsers show an old page while they fetch the new one, so both count.
    expect(seconds('max-age') + seconds('stale-while-revalidate'), path).toBeLessThanOrEqual(60);
  }
});

test('cookies of strangers change nothing', async ({ edge }) => {
  const url = edge.cache.origin + PAGE;
  const plain = (await until(url, ({ age }) => age === 0)).at(-1)!;
  for (const cookie of ['theme=dark', 'lang=de', 'period=7d; theme=dark', 'xfootfall=1; _ga=2', '__Host-footfall-form=x']) {
    const answer = await ask(url, { headers: { cookie, 'accept-language': 'de' } });
    expect([answer.cache, answer.headers.etag], cookie).toEqual(['hit', plain.headers.etag]);
    expect((await ask(edge.footfall.origin + PAGE, { headers: { cookie, 'accept-language': 'de' } })).body, cookie).toBe(
      (await ask(edge.footfall.origin + PAGE)).body,
    );
  }
});
