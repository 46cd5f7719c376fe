import { expect, fits, test } from './fixtures.ts';

test.beforeEach(({ owner }) => owner);

test('a filter is made by the form', { tag: '@look' }, async ({ page, full, accessible }) => {
  await page.goto(`${full.origin}/shop.example?period=7d`);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const menu = page.getByRole('navigation', { name: 'Filter by' });
  await expect(menu.getByRole('link', { name: 'Campaign', exact: true })).toBeVisible();
  await accessible(page);
  await fits(page);
  await menu.getByRole('link', { name: 'Page', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'Filter by Page' });
  await expect(form).toBeVisible();
  await accessible(page);
  await fits(page);
  await form.getByLabel('How').selectOption('contains');
  await form.getByLabel('Value').fill('/docs');
  await form.getByLabel('or').first().fill('/blog');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/\?f=contains,page,\/blog,\/docs&period=7d$/);
  await expect(page.getByRole('link', { name: 'Change the filter Page contains /blog or /docs' })).toBeVisible();
  // Pages have numbers of their own.
  await expect(page.getByRole('link', { name: /^Scroll depth/ })).toBeVisible();
  await fits(page);
});

test('a chip is changed', async ({ page, full }) => {
  await page.goto(`${full.origin}/shop.example?f=is,source,Google&period=7d&metric=visits`);
  await page.getByRole('link', { name: 'Change the filter Source is Google' }).click();
  const form = page.getByRole('dialog', { name: 'Filter by Source' });
  await form.getByLabel('How').selectOption('is not');
  await form.getByLabel('Upper and lower case alike').check();
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/\?f=~is_not,source,Google&metric=visits&period=7d$/);
});

test('the form is left without a trace', async ({ page, full }) => {
  await page.goto(`${full.origin}/shop.example?filter=country&period=7d`);
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page).toHaveURL(`${full.origin}/shop.example?period=7d`);
  await page.goBack();
  await expect(page.getByRole('dialog', { name: 'Filter by Country' })).toBeVisible();
});

test('the most frequent values are offered', async ({ page, full }) => {
  await page.goto(`${full.origin}/shop.example?filter=country&period=28d`);
  const options = page.locator('#sheet-values option');
  await expect(page.locator('#sheet-values option[value="Germany"]')).toHaveCount(1);
  expect(await options.count()).toBeGreaterThan(3);
  await page.getByLabel('Value').fill('germany');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('link', { name: 'Change the filter Country is Germany' })).toBeVisible();
});

test('filters add up, and go one by one or all at once', async ({ page, full }) => {
  await page.goto(`${full.origin}/shop.example?f=is,source,Google&f=is,country,DE&period=28d`);
  const chips = page.getByRole('list', { name: 'Filters' });
  await expect(chips.getByRole('link', { name: /^Change the filter/ })).toHaveCount(2);
  await chips.getByRole('link', { name: 'Remove the filter Country is Germany' }).click();
  await expect(page).toHaveURL(/\?f=is,source,Google&period=28d$/);
  await page.getByRole('link', { name: 'Clear all', exact: true }).click();
  await expect(page).toHaveURL(/\/shop\.example\?period=28d$/);
  await page.goBack();
  await expect(chips).toBeVisible();
});

test('nobody passes: the way on is shown', { tag: '@look' }, async ({ page, full, accessible }) => {
  await page.goto(`${full.origin}/shop.example?f=is,page,/nowhere&period=7d`);
  await expect(page.getByText('Nobody in this period passes the filters.')).toBeVisible();
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: 'Clear all filters' }).click();
  await expect(page).toHaveURL(/\/shop\.example\?period=7d$/);
});

test('an address nobody understands still shows a page, and says what was left out', { tag: '@look' }, async ({ page, full, accessible }) => {
  await page.goto(`${full.origin}/shop.example?period=fortnight&f=is,shoe,9&metric=visits`);
  await expect(page.getByText('is left out: f=is,shoe,9, period=fortnight')).toBeVisible();
  await expect(page.getByRole('link', { name: /^Visits/ })).toHaveAttribute('aria-current', 'true');
  await accessible(page);
  await fits(page);
});

for (const [name, query] of [
  ['a pattern that is none', 'f=matches,page,('],
  ['a pattern that takes for ever', `f=matches,page,${'(a%2B)%2B'.repeat(20)}$`],
  ['a goal nobody made', 'f=is,goal,Nothing'],
  ['a segment nobody made', 'f=is,segment,99999999999999999999'],
  ['more filters than fit', Array.from({ length: 60 }, (_, n) => `f=is,page,/${n}`).join('&')],
  ['a property of odd letters', 'f=is,props:%3Cscript%3E,%22%3E%3Cimg%20src=x%3E'],
  ['bytes that are no text', 'f=is,page,%FF%FE&period=%00&metric=%0d%0a'],
  ['dates beyond the calendar', 'period=custom&from=0000-01-01&to=9999-12-31'],
  ['a comparison with the end of time', 'comparison=custom&compare_from=0001-01-01&compare_to=9999-12-31&period=7d'],
]) {
  test(`hostile address: ${name}`, async ({ page, full }) => {
    const answer = await page.goto(`${full.origin}/shop.example?${query}`);
    expect(answer!.status()).toBe(200);
    await expect(page.getByRole('navigation', { name: 'Numbers of the period' })).toBeVisible();
  });
}
