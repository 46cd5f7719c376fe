import { HOSTILE_SHOWN } from '../support/lists.ts';
import { expect, fits, test } from './lists-fixture.ts';

test.beforeEach(({ reader }) => reader);

test('all rows of a list, with every metric', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await page.goto(`${lists.origin}/shop.example?period=28d`);
  await page.getByRole('link', { name: 'Details: Pages' }).click();
  await expect(page).toHaveURL(`${lists.origin}/shop.example/details/pages?period=28d`);
  await expect(page.getByRole('heading', { name: 'Pages: Top' })).toBeVisible();
  for (const head of ['Page', 'Visitors', 'Visits', 'Page views', 'Time on page', 'Scroll depth']) {
    await expect(page.getByRole('columnheader', { name: head, exact: true })).toBeAttached();
  }
  await expect(page.getByRole('row')).toHaveCount(101);
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: /Back to all numbers/ }).click();
  await expect(page).toHaveURL(/\/shop\.example\?period=28d#pages$/);
});

test('page by page', async ({ page, lists }) => {
  await page.goto(`${lists.origin}/shop.example/details/pages?period=28d`);
  await expect(page.getByText(/^1 to 100 of 1\d\d$/)).toBeVisible();
  await page.getByRole('link', { name: 'Rows after' }).click();
  await expect(page).toHaveURL(/page=2$/);
  await expect(page.getByText(/^101 to 1\d\d of 1\d\d$/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Rows after' })).toBeHidden();
  await page.getByRole('link', { name: 'Rows before' }).click();
  await expect(page.getByText(/^1 to 100/)).toBeVisible();
});

test('sorted by any column, both ways', async ({ page, lists }) => {
  await page.goto(`${lists.origin}/shop.example/details/sources?period=28d&sources=sources`);
  const column = (at: number) => page.getByRole('row').locator(`td:nth-child(${at})`).allInnerTexts();
  const head = page.getByRole('columnheader', { name: 'Visits', exact: true });
  await head.getByRole('link').click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  const down = (await column(4)).map(Number);
  expect(down).toEqual([...down].sort((a, b) => b - a));
  await head.getByRole('link').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  const up = (await column(4)).map(Number);
  expect(up).toEqual([...up].sort((a, b) => a - b));
});

test('searched by what one sees', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await page.goto(`${lists.origin}/shop.example/details/places?period=28d&places=countries`);
  const search = page.getByRole('searchbox');
  await search.fill('united');
  await search.press('Enter');
  await expect(page).toHaveURL(/q=united/);
  await expect(page.getByRole('rowheader', { name: 'United States' })).toBeVisible();
  await expect(page.getByRole('rowheader', { name: 'Germany' })).toBeHidden();
  await search.fill('<b>nowhere');
  await search.press('Enter');
  await expect(page.getByText('Nothing here has “<b>nowhere” in it.')).toBeVisible();
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: 'Show all' }).click();
  await expect(page.getByRole('rowheader', { name: 'Germany' })).toBeVisible();
});

test('a row filters the site page; a chip goes away in place', async ({ page, lists }) => {
  await page.goto(`${lists.origin}/shop.example/details/pages?f=is,country,DE&period=28d`);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Entry' }).click();
  await expect(page).toHaveURL(/details\/pages\?f=is,country,DE&pages=entry&period=28d$/);
  await page.getByRole('link', { name: 'Remove the filter Country is Germany' }).click();
  await expect(page).toHaveURL(/details\/pages\?pages=entry&period=28d$/);
  await page.getByRole('rowheader').first().getByRole('link').first().click();
  await expect(page).toHaveURL(/\/shop\.example\?f=is,entry_page,/);
});

test('hostile text in the list and in the address is text', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await page.goto(`${lists.origin}/shop.example/details/pages?period=28d&q=script`);
  await expect(page.getByTitle(HOSTILE_SHOWN, { exact: true })).toBeVisible();
  expect(await page.locator('main script, main img').count()).toBe(0);
  await accessible(page);
  await fits(page);
});

test('no such list, no such page', async ({ page, lists }) => {
  expect((await page.goto(`${lists.origin}/shop.example/details/shoes`))?.status()).toBe(404);
  await page.goto(`${lists.origin}/shop.example/details/devices?page=900&period=28d&sort=%00&machine=%FF&q=`);
  await page.getByRole('link', { name: 'To the first' }).click();
  await expect(page.getByRole('rowheader').first()).toBeVisible();
});
