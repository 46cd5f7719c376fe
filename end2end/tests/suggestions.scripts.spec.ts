import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** The islands are awake once the age of the numbers counts. */
const awake = (page: Page) => expect(page.locator('.ago').first()).toHaveText(/^just now$|ago$/);

test.beforeEach(({ owner }) => owner);

test('values come in while one types', async ({ page, full }) => {
  await page.goto(`${full.origin}/shop.example?filter=page&period=28d`);
  await awake(page);
  const options = page.locator('#sheet-values option');
  await expect(options).not.toHaveCount(0);
  await page.getByLabel('Value').pressSequentially('REPLAY');
  await expect(options).toHaveCount(1);
  await expect(options).toHaveAttribute('value', '/docs/replay');
});

test('countries are found by what they are called', async ({ page, full }) => {
  await page.goto(`${full.origin}/shop.example?filter=country&period=28d`);
  await awake(page);
  await page.getByLabel('Value').pressSequentially('germ');
  const options = page.locator('#sheet-values option');
  await expect(options).toHaveCount(1);
  await expect(options).toHaveAttribute('value', 'Germany');
  await page.getByLabel('Value').fill('Germany');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/\?f=is,country,DE&period=28d$/);
});

test('a form works although nothing can be asked', async ({ page, full }) => {
  await page.route('**/suggestions/**', (route) => route.fulfill({ status: 200, json: [] }));
  await page.goto(`${full.origin}/shop.example?filter=source&period=28d`);
  await awake(page);
  await page.getByLabel('Value').pressSequentially('Google');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\?f=is,source,Google&period=28d$/);
});
