import { visit } from '../support/lists.ts';
import { expect, fits, test } from './lists-fixture.ts';

test.beforeEach(({ reader }) => reader);

test('the last half hour, minute by minute', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await visit(lists, 5);
  await expect(async () => {
    await page.goto(`${lists.origin}/shop.example?period=realtime`);
    await expect(page.locator('.headline').filter({ hasText: 'Current visitors' }).locator('.headline__value')).toHaveText(/^([5-9]|\d\d)$/, { timeout: 500 });
  }).toPass();
  await expect(page.getByRole('img', { name: 'Page views by minute' }).locator('rect')).toHaveCount(30);
  await expect(page.getByRole('region', { name: 'Pages' }).getByRole('link', { name: '/pricing', exact: true })).toBeVisible();
  await page.getByText('As a table').first().click();
  await expect(page.getByRole('table').first().getByRole('row')).toHaveCount(31);
  await accessible(page);
  await fits(page);
});

test('rows filter here too', async ({ page, lists }) => {
  await visit(lists, 2);
  await expect(async () => {
    await page.goto(`${lists.origin}/shop.example?period=realtime`);
    await page.getByRole('region', { name: 'Pages' }).getByRole('link', { name: '/pricing', exact: true }).click({ timeout: 500 });
  }).toPass();
  await expect(page).toHaveURL(/\?f=is,page,\/pricing&period=realtime$/);
});
