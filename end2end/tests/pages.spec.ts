import { expect, fits, OWNER, signIn, test } from './fixtures.ts';

test('a page needs a sign-in, and comes after it', { tag: '@look' }, async ({ page, full, accessible }) => {
  await page.goto(`${full.origin}/shop.example?period=7d`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await accessible(page);
  await fits(page);
  await page.getByLabel('E-mail').fill(OWNER.email);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await accessible(page);
  await page.getByLabel('E-mail').fill(OWNER.email);
  await page.getByLabel('Password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${full.origin}/shop.example?period=7d`);
});

test('sign out ends it', async ({ page, full }) => {
  await signIn(page, full);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto(`${full.origin}/sites`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('settings: a key is shown once, and goes', { tag: '@look' }, async ({ page, full, owner: _, accessible }) => {
  await page.goto(`${full.origin}/quiet.example/settings`);
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: 'Keys', exact: true }).click();
  await accessible(page);
  await fits(page);
  await page.getByLabel('Name of a new key').fill('Weekly report');
  await page.getByRole('button', { name: 'Make a key' }).click();
  const key = page.getByRole('row', { name: /Weekly report/ });
  await expect(page.locator('.new-key')).toBeVisible();
  await expect(key).toContainText('read reports');
  await accessible(page);
  await page.goto(`${full.origin}/quiet.example/settings/keys`);
  await expect(page.locator('.new-key')).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove the key Weekly report' }).click();
  await expect(key).toHaveCount(0);
});

test('settings: another time zone takes effect at midnight', async ({ page, full, owner: _ }) => {
  await page.goto(`${full.origin}/quiet.example/settings`);
  await page.getByLabel('Time zone').selectOption('America/New_York');
  await page.getByRole('button', { name: 'Save' }).first().click();
  await expect(page.getByRole('status').or(page.locator('.notice')).first()).toBeVisible();
  await expect(page.getByLabel('Time zone')).toHaveValue('America/New_York');
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await page.getByRole('button', { name: 'Save' }).first().click();
});

test('settings: a site goes only when its name is typed', { tag: '@look' }, async ({ page, full, owner: _, accessible }) => {
  await full.command(['site', 'add', 'gone.example']);
  await page.goto(`${full.origin}/gone.example/settings/danger`);
  await accessible(page);
  await fits(page);
  await page.getByText('Remove the site').click();
  await page.locator('#confirm-remove').fill('another.example');
  await page.getByRole('button', { name: 'Remove this site' }).click();
  await expect(page.locator('.problem')).toBeVisible();
  await accessible(page);
  await page.locator('#confirm-remove').fill('gone.example');
  await page.getByRole('button', { name: 'Remove this site' }).click();
  await expect(page).toHaveURL(/\/sites/);
  await expect(page.getByText('gone.example', { exact: true })).toHaveCount(0);
});

test('account: colours are pinned, and stay', { tag: '@look' }, async ({ page, full, owner: _, accessible }) => {
  await page.goto(`${full.origin}/account`);
  await accessible(page);
  await fits(page);
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.goto(`${full.origin}/shop.example`);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await accessible(page);
});

test('what is not there', { tag: '@look' }, async ({ page, full, owner: _, accessible }) => {
  const answer = await page.goto(`${full.origin}/nobody.example`);
  expect(answer!.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nobody walks here');
  await accessible(page);
  await fits(page);
});
