import { OWNER } from '../tests/fixtures.ts';
import { ask, expect, test } from './fixtures.ts';

test('a member sees a private site through the cache, which keeps none of it', async ({ page, edge }) => {
  await page.goto(`${edge.cache.origin}/login`);
  await page.getByLabel('E-mail').fill(OWNER.email);
  await page.getByLabel('Password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Sites' })).toBeVisible();

  for (let n = 0; n < 2; n++) {
    const answer = (await page.goto(`${edge.cache.origin}/quiet.example`))!;
    expect(answer.status()).toBe(200);
    expect(answer.headers()['x-cache']).toBe('pass');
    expect(answer.headers()['cache-control']).toMatch(/no-store/);
    expect(answer.headers()['surrogate-key']).toBeUndefined();
  }
  const stranger = await ask(`${edge.cache.origin}/quiet.example`);
  expect(stranger.status).not.toBe(200);
  expect(stranger.headers['cache-control']).toMatch(/no-store/);

  // Nor does a member's page of a public site become everybody's, nor everybody's the member's.
  const theirs = (await page.goto(`${edge.cache.origin}/shop.example`))!;
  expect(theirs.headers()['x-cache']).toBe('pass');
  const settings = page.locator('a[href="/shop.example/settings"]');
  await expect(settings.first()).toBeAttached();
  expect((await ask(`${edge.cache.origin}/shop.example`)).body).not.toContain('/shop.example/settings');
  await page.goto(`${edge.cache.origin}/shop.example`);
  await expect(settings.first()).toBeAttached();
});

test('a form to sign in is good whatever else its browser asks meanwhile', async ({ page, edge }) => {
  await page.goto(`${edge.cache.origin}/login`);
  const given = async () => (await page.context().cookies()).filter(({ name }) => name.endsWith('footfall-form')).map(({ value }) => value);
  const before = await given();
  expect(before).toHaveLength(1);
  // What a browser fetches by itself, and a tab that is restored: nothing there, a private site, another form.
  const tab = await page.context().newPage();
  for (const path of ['/apple-touch-icon.png', '/nothing/is/here', '/quiet.example', '/shop.example', '/login']) {
    await tab.goto(edge.cache.origin + path);
    expect(await given(), path).toEqual(before);
  }
  await page.getByLabel('E-mail').fill(OWNER.email);
  await page.getByLabel('Password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Sites' })).toBeVisible();
});

test('who is not signed in sees the same of a private site as of none', async ({ edge }) => {
  const [known, unknown] = [await ask(`${edge.cache.origin}/quiet.example`), await ask(`${edge.cache.origin}/unheard-of.example`)];
  expect(known.status).toBe(unknown.status);
  expect(known.headers['cache-control']).toBe(unknown.headers['cache-control']);
  for (const { headers } of [known, unknown]) expect(headers['surrogate-key']).toBeUndefined();
});
