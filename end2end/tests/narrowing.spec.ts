// A list in full is narrowed where it is; what a segment asks can be opened and changed.
import { expect, fits, test } from './lists-fixture.ts';

test.beforeEach(({ reader }) => reader);

test('a list keeps its search and its order when days and filters change', { tag: '@look' }, async ({ page, lists, accessible }) => {
  const details = `${lists.origin}/shop.example/details/pages`;
  await page.goto(`${details}?period=28d&q=article&sort=visits,asc`);
  await page.getByRole('button', { name: /^Period: / }).click();
  await page.getByRole('link', { name: 'Last 91 days' }).click();
  await expect(page).toHaveURL(`${details}?period=91d&q=article&sort=visits,asc`);
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('navigation', { name: 'Filter by' }).getByRole('link', { name: 'Browser', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'Filter by Browser' });
  await form.getByRole('combobox', { name: 'Value' }).fill('Chrome');
  await accessible(page);
  await fits(page);
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(`${details}?f=is,browser,Chrome&period=91d&q=article&sort=visits,asc`);
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: 'Change the filter Browser is Chrome' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Cancel' }).click();
  await page.getByRole('link', { name: 'Remove the filter Browser is Chrome' }).click();
  await expect(page).toHaveURL(`${details}?period=91d&q=article&sort=visits,asc`);
});

test('what an address says and nobody understands is said', async ({ page, lists }) => {
  await page.goto(`${lists.origin}/shop.example?compare=off&period=7d`);
  await expect(page.getByText('is left out: compare=off')).toBeVisible();
  await page.goto(`${lists.origin}/shop.example?utm_source=mail&fbclid=1&l=DE,Germany&with_imported=true&period=7d`);
  await expect(page).toHaveURL(`${lists.origin}/shop.example?period=7d`);
});

test('a segment is opened into its filters, changed, and kept again', { tag: '@look' }, async ({ page, lists, accessible }) => {
  const name = `Worker ${test.info().workerIndex} ${test.info().project.name}`;
  await page.goto(`${lists.origin}/shop.example?f=is,browser,Chrome&period=28d`);
  await page.getByRole('link', { name: 'Save as a segment' }).click();
  await page.getByLabel('Name').first().fill(name);
  await page.getByRole('button', { name: 'Save' }).first().click();
  await page.getByRole('link', { name: `Change the filter Segment is ${name}` }).click();
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: 'Show these filters instead' }).click();
  await expect(page).toHaveURL(`${lists.origin}/shop.example?f=is,browser,Chrome&period=28d`);
  await page.getByRole('link', { name: 'Change the filter Browser is Chrome' }).click();
  const form = page.getByRole('dialog', { name: 'Filter by Browser' });
  await form.getByRole('combobox', { name: 'Value' }).fill('Firefox');
  await form.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('link', { name: 'Save as a segment' }).click();
  await accessible(page);
  await fits(page);
  await page.getByLabel('Segment', { exact: true }).selectOption(name);
  await page.getByRole('button', { name: 'Put in its place' }).click();
  await page.getByRole('link', { name: `Change the filter Segment is ${name}` }).click();
  await expect(page.getByRole('dialog').getByText('Browser is Firefox')).toBeVisible();
  await page.goto(`${lists.origin}/shop.example/settings/segments`);
  await page.getByRole('button', { name: `Remove the segment ${name}` }).click();
  await expect(page.getByRole('button', { name: `Remove the segment ${name}` })).toBeHidden();
});
