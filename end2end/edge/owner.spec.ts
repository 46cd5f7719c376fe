// An owner lets others see a site, and takes it back: all of it through the cache.
import type { Browser, Page } from '@playwright/test';
import { PERSON } from '../support/browser.ts';
import { signIn } from '../tests/fixtures.ts';
import { FRESH, ask, expect, hit, test, until, zoneAtNoon } from './fixtures.ts';

const SITE = 'diary.example';

/** A window of somebody else. */
const somebody = async (browser: Browser): Promise<Page> => (await browser.newContext({ locale: 'en-GB', userAgent: PERSON, viewport: { width: 1280, height: 900 } })).newPage();

/** What a box to copy from holds. */
const boxed = async (page: Page, name: string) => (await page.getByLabel(name, { exact: true }).innerText()).trim();

test('an owner invites a viewer, shares with a password, and makes it private again', async ({ page, browser, edge, accessible }, info) => {
  const origin = edge.cache.origin;
  const picture = (page: Page, name: string) => page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });
  await edge.footfall.command(['site', 'add', SITE, '--timezone', zoneAtNoon()]);
  for (const path of ['/', '/monday', '/monday']) expect((await hit(origin, path, {}, SITE)).status).toBe(202);
  const settings = `${origin}/${SITE}/settings`;
  const [open, closed] = [`/${SITE}`, `/${SITE}?period=yesterday`];

  await signIn(page, edge.cache);
  await page.goto(`${settings}/people`);
  await page.getByLabel('Role', { exact: true }).selectOption('viewer');
  await page.getByRole('button', { name: 'Make a link' }).click();
  await expect(page.getByRole('status')).toContainText('Invitation as Viewer');
  await accessible(page);
  const invitation = await boxed(page, 'Link of the invitation');
  expect(new URL(invitation).origin, 'the link leads to where the owner is').toBe(origin);

  const vera = await somebody(browser);
  await vera.goto(invitation);
  await expect(vera.getByRole('heading', { level: 1 })).toHaveText(`Join ${SITE}`);
  await accessible(vera);
  await picture(vera, 'join');
  await vera.getByLabel('E-mail').fill('vera@example.org');
  await vera.getByLabel('Password').fill('a meadow of her own');
  await vera.getByRole('button', { name: 'Create account and join' }).click();
  await expect(vera).toHaveURL(origin + open);
  await expect(vera.getByRole('navigation', { name: 'Numbers of the period' }).getByText('Visitors')).toBeVisible();
  const hers = (await vera.reload())!;
  expect([hers.status(), hers.headers()['x-cache']]).toEqual([200, 'pass']);
  await accessible(vera);

  await page.goto(`${settings}/sharing`);
  await page.getByRole('button', { name: 'Make public' }).click();
  await expect(page.getByText('Public: anybody sees the numbers at')).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('Board');
  await page.getByLabel('Password (optional)').fill('battery staple');
  await page.getByRole('button', { name: 'Make a link' }).click();
  await expect(page.getByText('with password').first()).toBeVisible();
  await accessible(page);
  await picture(page, 'sharing');
  const link = await boxed(page, 'Address of the link Board');

  const stranger = await somebody(browser);
  await stranger.goto(origin + open);
  await expect(stranger.getByRole('navigation', { name: 'Numbers of the period' }).getByText('Visitors')).toBeVisible();
  await accessible(stranger);
  await picture(stranger, 'public');
  expect(await stranger.context().cookies()).toEqual([]);
  await stranger.goto(link);
  await accessible(stranger);
  await picture(stranger, 'password');
  await stranger.getByLabel('Password').fill('a guess');
  await stranger.getByRole('button').last().click();
  await expect(stranger.getByLabel('Password')).toBeVisible();
  await accessible(stranger);
  await stranger.getByLabel('Password').fill('battery staple');
  await stranger.getByRole('button').last().click();
  await expect(stranger.getByRole('heading', { level: 1 })).toContainText(SITE);
  await accessible(stranger);
  await picture(stranger, 'shared');

  for (const cache of [edge.cache, edge.deaf]) {
    for (const path of [open, closed]) expect((await ask(cache.origin + path)).status, path).toBe(200);
    expect((await ask(cache.origin + closed)).cache).toBe('hit');
  }
  await page.getByRole('button', { name: 'Make private' }).click();
  await expect(page.getByText('Private: only people with a role see the numbers.')).toBeVisible();
  // Told: at once. A page of closed days would have stayed for an hour.
  for (const path of [open, closed]) await until(origin + path, ({ status }) => status !== 200, 10_000);
  // Not told: when its time is over.
  expect((await ask(edge.deaf.origin + closed)).cache, 'nobody told this one').toBe('hit');
  const answers = await until(edge.deaf.origin + open, ({ status }) => status !== 200);
  expect(Math.max(...answers.map(({ age }) => age)), 'nothing older was shown').toBeLessThanOrEqual(FRESH);

  const another = await somebody(browser);
  await another.goto(origin + open);
  await expect(another.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await accessible(another);
  await picture(another, 'private');
  // Who was let in stays in: the viewer, and who has the password of the link.
  expect((await vera.reload())!.status()).toBe(200);
  expect((await stranger.reload())!.status()).toBe(200);
  await page.getByRole('button', { name: 'Remove the link Board' }).click();
  await expect(page.getByText('No links yet.')).toBeVisible();
  expect((await stranger.reload())!.status()).toBe(404);
  await Promise.all([vera, stranger, another].map((page) => page.context().close()));
});
