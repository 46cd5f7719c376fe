import { expect, test } from './fixtures.ts';

test.beforeEach(({ owner }) => owner);

test('the period chosen last is shown by an address that names none', async ({ page, full }) => {
  await page.goto(`${full.origin}/shop.example`);
  await expect(page.getByRole('button', { name: 'Period: Last 28 days' })).toBeVisible();
  await page.goto(`${full.origin}/shop.example?period=7d`);
  await page.goto(`${full.origin}/shop.example?pages=exit`);
  await expect(page.getByRole('button', { name: 'Period: Last 7 days' })).toBeVisible();
  // Its links name it, so that they mean the same to everybody.
  await expect(page.getByRole('link', { name: /^Visits/ })).toHaveAttribute('href', /period=7d/);
});

test('days that pass are not remembered', async ({ page, full }) => {
  await page.goto(`${full.origin}/shop.example?period=day&date=2026-01-05`);
  await page.goto(`${full.origin}/shop.example`);
  await expect(page.getByRole('button', { name: 'Period: Last 28 days' })).toBeVisible();
});

test('whoever is sent a link sees what its sender saw', async ({ page, full, context }) => {
  await context.addCookies([{ name: 'period', value: '7d', url: full.origin }]);
  await page.goto(`${full.origin}/shop.example?period=28d`);
  await expect(page.getByRole('button', { name: 'Period: Last 28 days' })).toBeVisible();
});
