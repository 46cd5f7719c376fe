import { expect, fits, test } from './fixtures.ts';

test('the list of sites: the last day of each', { tag: '@look' }, async ({ page, full, owner: _, accessible }) => {
  await page.goto(`${full.origin}/sites`);
  const shop = page.getByRole('listitem').filter({ hasText: 'shop.example' });
  await expect(shop).toContainText(/[1-9]\d* visitors? in 24 hours/);
  await expect(shop.getByRole('img', { name: /^Visitors by the hour: between \d+ and \d+$/ })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'quiet.example' })).toContainText('Waiting for the first hit');
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: 'shop.example' }).click();
  await expect(page).toHaveURL(new RegExp(`^${full.origin}/shop\\.example(\\?|$)`));
});

test('a site that is pinned comes first, for the one who pinned it', async ({ page, full, owner: _ }) => {
  const names = () => page.locator('.site-card__name a').allInnerTexts();
  await page.goto(`${full.origin}/sites`);
  expect((await names()).indexOf('quiet.example'), 'by name').toBeLessThan((await names()).indexOf('shop.example'));
  await page.getByRole('button', { name: 'Keep shop.example first', exact: true }).click();
  await expect(page).toHaveURL(`${full.origin}/sites`);
  expect((await names())[0]).toBe('shop.example');
  const unpin = page.getByRole('button', { name: 'Keep shop.example first no longer' });
  await expect(unpin).toHaveAttribute('aria-pressed', 'true');
  await unpin.click();
  await expect(page.getByRole('button', { name: 'Keep shop.example first', exact: true })).toHaveAttribute('aria-pressed', 'false');
  expect((await names())[0]).not.toBe('shop.example');
});

test('sites are found by a part of their name', { tag: '@look' }, async ({ page, full, owner: _, accessible }, info) => {
  const more = [0, 1, 2].map((n) => `more-${info.workerIndex}-${n}.example`);
  for (const domain of more) await full.command(['site', 'add', domain]);
  await page.goto(`${full.origin}/sites`);
  await page.getByRole('searchbox', { name: 'Search sites' }).fill(' More-');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/\?q=/);
  await expect(page.locator('.site-card')).toHaveCount(3);
  await page.getByRole('searchbox', { name: 'Search sites' }).fill('<b>"nowhere"');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('No site has “<b>"nowhere"” in its name.');
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: 'Show all' }).click();
  await expect(page.getByRole('link', { name: 'shop.example' })).toBeVisible();
  for (const domain of more) await full.command(['site', 'remove', domain, '--yes']);
});
