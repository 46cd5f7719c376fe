import type { Browser, Page } from '@playwright/test';
import { signIn } from '../tests/fixtures.ts';
import { ask, expect, shared, test, until } from './fixtures.ts';

/** A window of somebody else. */
const stranger = async (browser: Browser): Promise<Page> => (await browser.newContext()).newPage();

test('a shared link is carried, and gone at once when it is removed', async ({ page, browser, edge }) => {
  await signIn(page, edge.footfall);
  const link = await shared(page, edge, 'Board');
  const reader = await stranger(browser);
  await reader.goto(link);
  await expect(reader.getByRole('heading', { level: 1 })).toContainText('quiet.example');
  expect(await reader.context().cookies()).toEqual([]);
  await ask(link);
  expect((await ask(link)).cache).toBe('hit');
  // Whoever knows the site and not the secret, or another one, sees what there is without a site.
  const none = `${edge.cache.origin}/share/unheard-of.example?auth=x`;
  expect((await ask(`${link}x`)).status).toBe((await ask(none)).status);

  await page.getByRole('button', { name: 'Remove the link Board' }).click();
  await expect(page.getByLabel('Address of the link Board')).toHaveCount(0);
  await until(link, ({ status }) => status !== 200, 10_000);
  await reader.context().close();
});

test('behind a password nothing is kept, for nobody else to see', async ({ page, browser, edge }) => {
  await signIn(page, edge.footfall);
  const link = await shared(page, edge, 'Locked', 'battery staple');
  const reader = await stranger(browser);
  await reader.goto(link);
  await reader.getByLabel('Password').fill('battery staple');
  await reader.getByRole('button').last().click();
  await expect(reader.getByRole('heading', { level: 1 })).toContainText('quiet.example');
  const again = (await reader.reload())!;
  expect([again.status(), again.headers()['x-cache']]).toEqual([200, 'pass']);
  expect(again.headers()['cache-control']).toMatch(/no-store/);
  const other = await stranger(browser);
  await other.goto(link);
  await expect(other.getByLabel('Password')).toBeVisible();
  await reader.context().close();
  await other.context().close();
});
