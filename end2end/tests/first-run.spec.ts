import { expect, fits, OWNER, test } from './fixtures.ts';
import { PERSON } from '../support/browser.ts';
import { Shop } from '../support/shop.ts';

test('from an empty server to the first visitor', { tag: '@look' }, async ({ page, context, fresh, accessible, javaScriptEnabled }) => {
  await page.goto(fresh.setup);
  await accessible(page);
  await fits(page);
  await page.getByLabel('E-mail').fill(OWNER.email);
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('at least', { exact: false }).first()).toBeVisible();
  await page.getByLabel('Password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Create account' }).click();

  await expect(page.getByRole('heading', { name: 'No sites yet' })).toBeVisible();
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: 'Add a site' }).click();

  await accessible(page);
  await fits(page);
  await page.getByLabel('Domain').fill('shop.example');
  await page.getByRole('button', { name: 'Add site' }).click();

  await expect(page.getByText('Waiting for your first hit…')).toBeVisible();
  await accessible(page);
  await fits(page);
  const snippet = await page.locator('.snippet code').innerText();

  // Somebody visits the site, with the snippet as it was shown. A visitor has scripts, whatever the owner has.
  const shop = await Shop.open(() => snippet);
  const visitor = await context.browser()!.newContext({ javaScriptEnabled: true, userAgent: PERSON });
  const visit = await visitor.newPage();
  const counted = visit.waitForResponse((response) => response.url().endsWith('/api/event'));
  await visit.goto(`${shop.origin}/hello`);
  expect((await counted).status()).toBe(202);
  expect((await counted).headers()['x-footfall-dropped']).toBeUndefined();

  if (!javaScriptEnabled) {
    await expect(async () => {
      await page.getByRole('link', { name: 'Look again' }).click();
      await expect(page.getByText('Received.')).toBeVisible({ timeout: 1_000 });
    }).toPass();
  }
  await expect(page.getByText('Received.')).toBeVisible();
  await accessible(page);
  await page.getByRole('link', { name: 'See the numbers' }).click();

  await expect(page.getByRole('link', { name: /^Visitors\s*1/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Pages' }).getByRole('row', { name: /^\/hello.* 1\b/ })).toBeVisible();
  await expect(page.locator('.live')).toContainText('1 current visitor');
  await visitor.close();
  await shop.close();

  // The link of the first sign-in has done its work.
  await page.goto(fresh.setup);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Welcome to Footfall' })).toBeHidden();
});
