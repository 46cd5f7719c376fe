import { expect, fits, test } from './fixtures.ts';

test.beforeEach(async ({ page, full, owner: _ }) => {
  await page.goto(`${full.origin}/shop.example`);
});

test('the menu of periods', { tag: '@look' }, async ({ page, accessible }) => {
  await page.getByRole('button', { name: /^Period/ }).click();
  await expect(page.getByRole('form', { name: 'Custom period' }).getByLabel('From')).toBeVisible();
  await accessible(page);
  await fits(page);
});

test('every period of the menu is a page', async ({ page }) => {
  const menu = page.getByRole('navigation', { name: 'Period', exact: true });
  await page.getByRole('button', { name: /^Period/ }).click();
  const names = await menu.getByRole('link').locator('span').allInnerTexts();
  expect(names).toHaveLength(14);
  // The last half hour is another page.
  for (const name of names.filter((name) => name !== 'Realtime')) {
    await menu.getByRole('link', { name }).first().click();
    await expect(page.getByRole('button', { name: `Period: ${name}` })).toBeVisible();
    await expect(page.getByRole('img', { name: /^Visitors by/ })).toBeVisible();
    await page.getByRole('button', { name: /^Period/ }).click();
  }
});

test('arrows go to the period before and back', async ({ page }) => {
  await expect(page.getByRole('link', { name: 'Later' })).toBeHidden();
  await page.getByRole('link', { name: 'Earlier' }).click();
  await expect(page).toHaveURL(/\?date=\d{4}-\d\d-\d\d&period=28d$/);
  await page.getByRole('link', { name: 'Later' }).click();
  await expect(page).toHaveURL(/\/shop\.example\?period=28d$/);
});

test('two dates of one’s own', async ({ page }) => {
  const menu = page.getByRole('form', { name: 'Custom period' });
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  await page.getByRole('button', { name: /^Period/ }).click();
  await menu.getByLabel('From').fill(day(9));
  await menu.getByLabel('to', { exact: true }).fill(day(3));
  await menu.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(`${page.url().split('?')[0]}?from=${day(9)}&period=custom&to=${day(3)}`);
  await page.locator('.chart').getByText('As a table').click();
  await expect(page.getByRole('table', { name: /^Visitors by day/ }).getByRole('row')).toHaveCount(8);
});

test('compared with nothing', async ({ page }) => {
  await page.getByRole('button', { name: /the period before/ }).click();
  await page.getByRole('link', { name: 'nothing', exact: true }).click();
  await expect(page).toHaveURL(/\?comparison=off&period=28d$/);
  await expect(page.getByRole('img', { name: /^Visitors by day/ })).not.toHaveAccessibleName(/compared with/);
});
