import { expect, fits, test } from './fixtures.ts';

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

test.beforeEach(async ({ page, full, owner: _ }) => {
  await page.goto(`${full.origin}/shop.example?period=30d`);
  await page.getByRole('button', { name: /^vs/ }).click();
});

test('with days of one’s own', { tag: '@look' }, async ({ page, accessible }) => {
  await accessible(page);
  await fits(page);
  const form = page.getByRole('form', { name: 'other days' });
  await form.getByLabel('From').fill(day(50));
  await form.getByLabel('to', { exact: true }).fill(day(40));
  await form.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(new RegExp(`compare_from=${day(50)}&compare_to=${day(40)}&comparison=custom&period=30d$`));
  await expect(page.getByRole('img', { name: /^Visitors by day/ })).toHaveAccessibleName(/compared with/);
});

test('with the same days of the week', async ({ page }) => {
  const before = await page.locator('.key--before').innerText();
  await page.getByRole('link', { name: 'Same days of the week' }).click();
  await expect(page).toHaveURL(/\?match_day_of_week=true&period=30d$/);
  await expect(page.locator('.key--before')).not.toHaveText(before);
});

test('with the year before, and with nothing', async ({ page }) => {
  await page.getByRole('link', { name: 'a year before' }).click();
  await expect(page).toHaveURL(/\?comparison=year_over_year&period=30d$/);
  await page.getByRole('button', { name: /^vs/ }).click();
  await page.getByRole('navigation', { name: 'Compare with' }).getByRole('link', { name: 'nothing' }).click();
  await expect(page).toHaveURL(/\?comparison=off&period=30d$/);
  await expect(page.getByRole('img', { name: /^Visitors by day/ })).not.toHaveAccessibleName(/compared with/);
});
