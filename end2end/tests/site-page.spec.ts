import { expect, fits, test } from './fixtures.ts';

test.beforeEach(({ owner }) => owner);

test('shows the numbers of four weeks', { tag: '@look' }, async ({ page, full, accessible }) => {
  await page.goto(`${full.origin}/shop.example`);
  const numbers = page.getByRole('navigation', { name: 'Numbers of the period' });
  await expect(numbers.getByRole('link')).toHaveCount(6);
  await expect(numbers.getByRole('link', { name: 'Visitors' })).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('img', { name: /^Visitors by day, .*compared with/ })).toBeVisible();
  for (const panel of ['Sources', 'Pages', 'Devices']) {
    await expect(page.getByRole('region', { name: panel }).getByRole('row').nth(1)).toBeVisible();
  }
  await expect(page.getByText(/^Updated /).filter({ visible: true })).toBeVisible();
  await expect(page.getByText('Europe/Berlin')).toBeVisible();
  await accessible(page);
  await fits(page);
});

test('a headline number shows itself in the chart', async ({ page, full }) => {
  await page.goto(`${full.origin}/shop.example`);
  await page.getByRole('link', { name: 'Bounce rate' }).click();
  await expect(page).toHaveURL(/\/shop\.example\?metric=bounce_rate&period=28d$/);
  await expect(page.getByRole('img', { name: /^Bounce rate by day/ })).toBeVisible();
});

test('a tab shows another list', async ({ page, full }) => {
  await page.goto(`${full.origin}/shop.example`);
  const pages = page.getByRole('region', { name: 'Pages' });
  await pages.getByRole('link', { name: 'Exit' }).click();
  await expect(page).toHaveURL(/\?pages=exit&period=28d#pages$/);
  await expect(pages.getByRole('columnheader', { name: 'Exit page' })).toBeVisible();
});

test('a row filters, and its chip takes the filter away', { tag: '@look' }, async ({ page, full, accessible }) => {
  await page.goto(`${full.origin}/shop.example?sources=sources`);
  const google = page.getByRole('region', { name: 'Sources' }).getByRole('row', { name: /^Google / });
  const visitors = (await google.getByRole('cell').first().innerText()).trim();
  await google.getByRole('link').click();
  await expect(page).toHaveURL(/f=is,source,Google/);
  await expect(page.getByRole('link', { name: /^Visitors/ })).toContainText(visitors);
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: 'Remove the filter Source is Google' }).click();
  await expect(page).toHaveURL(/\/shop\.example\?period=28d&sources=sources$/);
});

test('the table says what the chart shows', { tag: '@look' }, async ({ page, full, accessible }) => {
  await page.goto(`${full.origin}/shop.example?period=7d`);
  await page.locator('.chart').getByText('As a table').click();
  const table = page.getByRole('table', { name: /^Visitors by day/ });
  await expect(table.getByRole('row')).toHaveCount(8);
  await accessible(page);
  await fits(page);
});

test('another spelling of the address leads to the one', async ({ page, full }) => {
  await page.goto(`${full.origin}/shop.example?period=7d&metric=visits&sources=channels&with_imported=true`);
  await expect(page).toHaveURL(`${full.origin}/shop.example?metric=visits&period=7d`);
});

test('a site without hits shows the way', { tag: '@look' }, async ({ page, full, accessible }) => {
  await page.goto(`${full.origin}/quiet.example`);
  await expect(page.getByRole('heading', { name: 'Nobody was here yet' })).toBeVisible();
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: 'Put in the snippet' }).click();
  await expect(page.getByText('Waiting for your first hit…')).toBeVisible();
});

test('the menu leads to the other site', { tag: '@look' }, async ({ page, full, accessible }) => {
  await page.goto(`${full.origin}/shop.example`);
  await page.getByRole('button', { name: 'shop.example' }).click();
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: 'quiet.example' }).click();
  await expect(page).toHaveURL(`${full.origin}/quiet.example`);
});

test('the foot tells the keys', { tag: '@look' }, async ({ page, full, accessible }) => {
  test.skip(page.viewportSize()!.width < 600, 'no keys on a phone');
  await page.goto(`${full.origin}/shop.example`);
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(page.getByRole('heading', { name: 'Keyboard shortcuts' })).toBeVisible();
  await accessible(page);
  await fits(page);
});
