import { ask, expect, hit, test } from './fixtures.ts';

/** A question about today, answered from the data folder's own server. */
async function report(edge: { footfall: { command(args: string[], input: string): Promise<string> } }, question: object): Promise<{ dimensions: string[]; metrics: number[] }[]> {
  const answer = await edge.footfall.command(['query', '-'], JSON.stringify({ site_id: 'quiet.example', date_range: 'day', ...question }));
  return JSON.parse(answer).results;
}

const visitors = (path: string) => ({ metrics: ['visitors', 'pageviews'], filters: [['is', 'event:page', [path]]] });

test('the script is carried', async ({ edge }) => {
  await ask(`${edge.cache.origin}/js/script.js`);
  const second = await ask(`${edge.cache.origin}/js/script.js`);
  expect([second.status, second.cache]).toEqual([200, 'hit']);
  expect(second.body.length).toBeGreaterThan(500);
});

test('hits are not: each reaches the server', async ({ edge }) => {
  for (let n = 0; n < 3; n++) {
    const answer = await hit(edge.cache.origin, '/each', {}, 'quiet.example');
    expect([answer.status, answer.cache]).toEqual([202, 'pass']);
    const pixel = `${edge.cache.origin}/pixel.gif?${new URLSearchParams({ d: 'quiet.example', u: 'https://quiet.example/pixel' })}`;
    const picture = await ask(pixel, { headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0' } });
    expect([picture.status, picture.cache]).toEqual([200, 'pass']);
  }
  await expect.poll(async () => (await report(edge, visitors('/each')))[0]?.metrics).toEqual([1, 3]);
});

test('a CDN in front says who the visitor is; the visitor does not', async ({ edge }) => {
  for (const address of ['203.0.113.7', '203.0.113.8']) {
    await hit(edge.deaf.origin, '/told', { 'x-forwarded-for': address }, 'quiet.example');
    // What the visitor wrote comes before what the CDN adds.
    await hit(edge.deaf.origin, '/forged-before', { 'x-forwarded-for': `${address}, 198.51.100.1` }, 'quiet.example');
    await hit(edge.cache.origin, '/forged', { 'x-forwarded-for': address, 'cf-connecting-ip': address }, 'quiet.example');
    await hit(edge.cache.origin, '/forged', { forwarded: `for=${address}`, 'cloudfront-viewer-address': `${address}:7` }, 'quiet.example');
  }
  await expect.poll(async () => (await report(edge, visitors('/told')))[0]?.metrics).toEqual([2, 2]);
  await expect.poll(async () => (await report(edge, visitors('/forged-before')))[0]?.metrics).toEqual([1, 2]);
  await expect.poll(async () => (await report(edge, visitors('/forged')))[0]?.metrics).toEqual([1, 4]);
});

test('the country arrives from the CDN, and from nobody else', async ({ edge }) => {
  const from = { 'x-forwarded-for': '203.0.113.9' };
  await hit(edge.deaf.origin, '/country', { ...from, 'cloudfront-viewer-country': 'BR' }, 'quiet.example');
  await hit(edge.deaf.origin, '/country', { 'x-forwarded-for': '203.0.113.10', 'cf-ipcountry': 'JP' }, 'quiet.example');
  await hit(edge.cache.origin, '/country', { 'cloudfront-viewer-country': 'DE', 'cf-ipcountry': 'DE' }, 'quiet.example');
  const countries = { metrics: ['visitors'], dimensions: ['visit:country'], filters: [['is', 'event:page', ['/country']]] };
  const known = async () => (await report(edge, countries)).map(({ dimensions }) => dimensions[0]).filter((code) => /^(BR|JP|DE)$/.test(code));
  await expect.poll(async () => (await known()).sort()).toEqual(['BR', 'JP']);
  await expect.poll(async () => (await report(edge, visitors('/country')))[0]?.metrics[0]).toBe(3);
});
