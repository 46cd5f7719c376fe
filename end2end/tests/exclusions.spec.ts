import { PERSON } from '../support/browser.ts';
import { expect, fits, test } from './fixtures.ts';

test('an owner leaves a page out of today, sees why, and takes it back', { tag: '@look' }, async ({ page, full, owner: _, accessible }, info) => {
  const domain = `rules-${info.workerIndex}-${Date.now().toString(36)}.example`;
  await full.command(['site', 'add', domain]);
  const send = async (path: string) => {
    const body = JSON.stringify({ n: 'pageview', u: `https://${domain}${path}`, d: domain });
    const answer = await fetch(`${full.origin}/api/event`, { method: 'POST', headers: { 'User-Agent': PERSON, 'X-Forwarded-For': '91.64.1.9' }, body });
    expect(answer.status).toBe(202);
  };
  const pages = () => page.goto(`${full.origin}/${domain}?period=day`);
  for (const path of ['/', '/admin/users', '/admin/orders']) await send(path);
  // What was answered is on the page within seconds.
  await expect(async () => {
    await pages();
    await expect(page.getByRole('link', { name: '/admin/users', exact: true })).toBeVisible({ timeout: 1000 });
  }).toPass();

  const settings = `${full.origin}/${domain}/settings`;
  await page.goto(`${settings}/exclusions`);
  await expect(page.getByText('There are no rules: everything counts.')).toBeVisible();
  await accessible(page);
  await fits(page);
  const form = page.locator('#exclude-path');
  await form.getByLabel('Pages', { exact: true }).fill('/admin/*');
  await form.getByRole('button', { name: 'How much is that?' }).click();
  await expect(form.getByRole('status')).toHaveText('In the last 28 days that would have left out 2 of 3 pageviews.');
  await accessible(page);
  await form.getByRole('button', { name: 'Leave out' }).click();
  await expect(page.getByRole('rowheader', { name: 'Pages that match /admin/*' })).toBeVisible();
  const long = 'staging.a-rather-long-hostname-that-somebody-really-has.example.com';
  await page.locator('#exclude-hostname').getByLabel('Hostnames', { exact: true }).fill(long);
  await page.locator('#exclude-hostname').getByRole('button', { name: 'Leave out' }).click();
  await expect(page.getByRole('table', { name: 'Exclusions' }).getByRole('rowheader', { name: long })).toBeVisible();
  await accessible(page);
  await fits(page);

  await send('/admin/late');
  await expect(async () => {
    await page.goto(`${settings}/not-counted`);
    await expect(page.getByRole('columnheader', { name: 'Page left out' })).toBeVisible({ timeout: 1000 });
    await expect(page.getByRole('row').last().getByRole('cell')).toHaveText(['3'], { timeout: 1000 });
  }).toPass();
  await pages();
  await expect(page.getByRole('link', { name: '/', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: /^\/admin\// })).toHaveCount(0);

  await page.goto(`${settings}/exclusions`);
  await page.getByRole('button', { name: 'Count again: Pages that match /admin/*' }).click();
  await page.getByRole('button', { name: `Count again: Hostnames that match ${long}` }).click();
  await expect(page.getByText('There are no rules: everything counts.')).toBeVisible();
  await pages();
  await expect(page.getByRole('link', { name: '/admin/late', exact: true })).toBeVisible();
  await full.command(['site', 'remove', domain, '--yes']);
});

test('who shortens how long hits are kept is asked first', async ({ page, full, owner: _, accessible }) => {
  await page.goto(`${full.origin}/shop.example/settings`);
  const part = page.locator('#retention');
  await part.getByLabel('Months to keep').fill('1');
  await part.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('What is erased cannot be brought back.')).toBeVisible();
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: 'Leave it as it is' }).click();
  await expect(page.locator('#retention').getByLabel('Months to keep')).toHaveValue('');
});
