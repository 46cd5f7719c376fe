import type { Page } from '@playwright/test';
import { expect, fits, test } from './fixtures.ts';

/** What a box to copy from holds. */
const boxed = async (page: Page, name: string | RegExp) => (await page.getByLabel(name, { exact: true }).innerText()).trim();

test('an owner invites a viewer, shares with a password, and makes it private again', { tag: '@look' }, async ({ page, browser, full, owner: _, accessible }, info) => {
  const settings = `${full.origin}/shop.example/settings`;
  const email = `vera-${info.project.name.replaceAll(' ', '-')}@example.org`;

  await page.goto(`${settings}/people`);
  await accessible(page);
  await fits(page);
  await page.getByLabel('Role', { exact: true }).selectOption('viewer');
  await page.getByLabel('E-mail (optional)').fill(email);
  await page.getByRole('button', { name: 'Make a link' }).click();
  await expect(page.getByRole('status')).toContainText('Invitation as Viewer');
  await accessible(page);
  await fits(page);
  const link = await boxed(page, 'Link of the invitation');

  // Another person, in a browser of their own.
  const vera = await (await browser.newContext(info.project.use)).newPage();
  await vera.goto(link);
  await expect(vera.getByRole('heading', { level: 1 })).toHaveText('Join shop.example');
  await accessible(vera);
  await fits(vera);
  await vera.getByLabel('Password').fill('a meadow of her own');
  await vera.getByRole('button', { name: 'Create account and join' }).click();
  await expect(vera).toHaveURL(`${full.origin}/shop.example`);
  await expect(vera.getByRole('heading', { level: 1 })).toContainText('shop.example');
  expect((await vera.goto(settings))!.status()).toBe(404);
  await vera.goto(`${settings}/segments`);
  await expect(vera.getByRole('navigation', { name: 'Settings of this site' }).getByRole('link')).toHaveText(['Embed', 'Segments']);
  expect((await vera.goto(link))!.status()).toBe(400);

  await page.goto(`${settings}/sharing`);
  await accessible(page);
  await fits(page);
  await page.getByRole('button', { name: 'Make public' }).click();
  await expect(page.getByText('Public: anybody sees the numbers at')).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill(`Board ${info.project.name}`);
  await page.getByLabel('Password (optional)').fill('battery staple');
  await page.getByRole('button', { name: 'Make a link' }).click();
  await expect(page.getByText('with password').first()).toBeVisible();
  await accessible(page);
  await fits(page);
  expect(await boxed(page, `Address of the link Board ${info.project.name}`)).toContain(`${full.origin}/share/shop.example?auth=`);
  await page.getByRole('button', { name: 'Make private' }).click();
  await expect(page.getByText('Private: only people with a role see the numbers.')).toBeVisible();
  await page.getByRole('button', { name: `Remove the link Board ${info.project.name}` }).click();
  await expect(page.getByText('No links yet.')).toBeVisible();

  await page.goto(`${settings}/people`);
  await page.getByRole('button', { name: `Remove ${email}` }).click();
  await expect(page.getByText(email)).toHaveCount(0);
  expect((await vera.goto(`${full.origin}/shop.example`))!.status()).toBe(404);
  await vera.context().close();

  await page.goto(`${settings}/log`);
  await expect(page.getByRole('row').nth(1)).toContainText(`Removed ${email}`);
  await expect(page.getByText('Made the site private').first()).toBeVisible();
  await accessible(page);
  await fits(page);
});

test('a team is founded, gets a site, and is dissolved', { tag: '@look' }, async ({ page, full, owner: _, accessible }) => {
  await page.goto(`${full.origin}/teams`);
  await page.getByLabel('Name').fill('The shop');
  await page.getByRole('button', { name: 'Make a team' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The shop');
  await accessible(page);
  await fits(page);
  const team = page.url();
  await page.goto(`${full.origin}/quiet.example/settings/people`);
  await page.getByLabel('This site’s team').selectOption({ label: 'The shop' });
  await page.getByRole('button', { name: 'Save' }).last().click();
  await page.goto(team);
  await expect(page.getByRole('link', { name: 'quiet.example' })).toBeVisible();
  await page.getByText('Dissolve the team').click();
  await page.getByRole('button', { name: 'Dissolve this team' }).click();
  await expect(page.getByText('The team was dissolved.')).toBeVisible();
});
