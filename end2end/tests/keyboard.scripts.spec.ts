import type { Page } from '@playwright/test';
import { expect, fits, test } from './fixtures.ts';

/** The islands are awake once the age of the numbers counts. */
const awake = (page: Page) => expect(page.locator('.ago').first()).toHaveText(/^just now$|ago$/);

test.beforeEach(async ({ page, full, owner: _ }) => {
  await page.goto(`${full.origin}/shop.example?period=28d`);
  await awake(page);
});

for (const [key, name] of [
  ['d', 'day'],
  ['e', 'yesterday'],
  ['r', 'realtime'],
  ['h', '24h'],
  ['w', '7d'],
  ['f', '28d'],
  ['t', '30d'],
  ['n', '91d'],
  ['m', 'month'],
  ['p', 'last_month'],
  ['y', 'year'],
  ['s', '6mo'],
  ['l', '12mo'],
  ['a', 'all'],
]) {
  test(`${key} is period=${name}`, async ({ page }) => {
    await page.keyboard.press(key);
    await expect(page).toHaveURL(new RegExp(`period=${name}$`));
  });
}

test('arrows, interval and comparison', async ({ page }) => {
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL(/date=[-\d]+&period=28d$/);
  await awake(page);
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/\?period=28d$/);
  await awake(page);
  await page.keyboard.press('i');
  await expect(page).toHaveURL(/interval=week&period=28d$/);
  await awake(page);
  await page.keyboard.press('x');
  await expect(page).toHaveURL(/comparison=off&interval=week&period=28d$/);
  await awake(page);
  await page.keyboard.press('x');
  await expect(page).toHaveURL(/\?interval=week&period=28d$/);
});

test('c leads to the dates', async ({ page }) => {
  await page.keyboard.press('c');
  await expect(page.getByRole('form', { name: 'Custom period' }).getByLabel('From')).toBeFocused();
});

test('? opens the list of keys, Escape closes it', { tag: '@look' }, async ({ page, accessible }) => {
  await page.keyboard.press('?');
  const list = page.locator('#keys');
  await expect(list.getByRole('heading', { name: 'Keyboard shortcuts' })).toBeVisible();
  await accessible(page);
  await fits(page);
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
});

test('Escape closes the form, then takes the filters away', async ({ page, full }) => {
  await page.goto(`${full.origin}/shop.example?f=is,source,Google&filter=page&period=28d`);
  await awake(page);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\?f=is,source,Google&period=28d$/);
  await awake(page);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\?period=28d$/);
});

test('keys in a field belong to the field', async ({ page, full }) => {
  await page.goto(`${full.origin}/shop.example?filter=page&period=28d`);
  await awake(page);
  await page.getByLabel('Value').pressSequentially('dew');
  await expect(page.getByLabel('Value')).toHaveValue('dew');
  await expect(page).toHaveURL(/filter=page/);
});

test('sites by number, by search, and all of them', async ({ page, full }) => {
  await page.keyboard.press('1');
  await expect(page).toHaveURL(`${full.origin}/quiet.example`);
  await awake(page);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Find a site' })).toBeFocused();
  await page.keyboard.type('shop');
  await expect(page.getByRole('link', { name: /quiet\.example/ })).toBeHidden();
  await expect(page.getByRole('link', { name: /shop\.example/ })).toBeVisible();
  // Once for the words, once for the menu.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('searchbox', { name: 'Find a site' })).toBeHidden();
  await expect(page.locator(':focus')).toHaveCount(0);
  await page.keyboard.press('0');
  await expect(page).toHaveURL(`${full.origin}/sites`);
});
