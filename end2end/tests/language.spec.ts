import type { Page } from '@playwright/test';
import { expect, fits, test } from './fixtures.ts';

test.use({ locale: 'de-AT' });

const lang = (page: Page) => page.locator('html').getAttribute('lang');

test('a German browser is answered in German', { tag: '@look' }, async ({ page, full, accessible }) => {
  await page.goto(`${full.origin}/login`);
  expect(await lang(page)).toBe('de');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Anmelden');
  await page.getByLabel('E-Mail-Adresse').fill('niemand@example.org');
  await page.getByLabel('Passwort').fill('nicht das richtige');
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await expect(page.getByRole('alert')).toHaveText('Adresse und Passwort passen nicht zusammen.');
  await accessible(page);
  await fits(page);
});

for (const [path, heading] of [
  ['/sites', 'Websites'],
  ['/sites/new', 'Website hinzufügen'],
  ['/quiet.example/install', 'quiet.example'],
  ['/shop.example/settings', 'shop.example'],
  ['/shop.example/settings/people', 'shop.example'],
  ['/shop.example/settings/sharing', 'shop.example'],
  ['/shop.example/settings/keys', 'shop.example'],
  ['/shop.example/settings/not-counted', 'shop.example'],
  ['/shop.example/settings/log', 'shop.example'],
  ['/shop.example/settings/danger', 'shop.example'],
  ['/teams', 'Teams'],
  ['/shop.example/settings/goals', 'shop.example'],
  ['/shop.example/settings/properties', 'shop.example'],
  ['/shop.example/settings/segments?f=is,country,DE', 'shop.example'],
  ['/shop.example/details/places?period=28d&places=countries', 'Orte: Länder'],
  ['/shop.example?period=realtime', 'shop.example: Echtzeit'],
  ['/account', 'Konto'],
  ['/nobody.example', 'Hier geht niemand'],
]) {
  test(`in German: ${path}`, { tag: '@look' }, async ({ page, full, owner: _, accessible }) => {
    await page.goto(full.origin + path);
    expect(await lang(page)).toBe('de');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    await accessible(page);
    await fits(page);
  });
}

test('the numbers in German: words, numbers, dates, countries', { tag: '@look' }, async ({ page, full, owner: _, accessible }) => {
  await page.goto(`${full.origin}/shop.example?period=28d`);
  expect(await lang(page)).toBe('de');
  await expect(page.getByRole('link', { name: /^Besucher/ }).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Quellen' })).toBeVisible();
  await accessible(page);
  await fits(page);
});

test('the account may speak another language than the browser', async ({ page, full, owner: _ }) => {
  await page.goto(`${full.origin}/account`);
  await expect(page.getByRole('button', { name: 'Wie der Browser' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account');
  await expect(page.getByRole('button', { name: 'English' })).toHaveAttribute('aria-pressed', 'true');
  await page.goto(`${full.origin}/sites`);
  expect(await lang(page)).toBe('en');
  await page.goto(`${full.origin}/account`);
  await page.getByRole('button', { name: 'As the browser says' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Konto');
});
