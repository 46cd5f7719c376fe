// What people give names to: goals, properties, segments.
import type { Page } from '@playwright/test';
import { expect, fits, test } from './lists-fixture.ts';

test.beforeEach(({ reader }) => reader);

const settings = (page: Page, origin: string, name: string) => page.goto(`${origin}/shop.example/settings/${name}`);

test('a goal: made, wrong at first, changed, removed', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await settings(page, lists.origin, 'goals');
  await expect(page.getByText('Custom event: Signed up')).toBeVisible();
  await accessible(page);
  await fits(page);
  await page.locator('summary').filter({ hasText: 'Scroll depth' }).click();
  const form = page.locator('details[open]');
  await form.getByLabel('Page', { exact: true }).fill('/article/*');
  await form.getByLabel('Percent of the page').fill('900');
  await accessible(page);
  await fits(page);
  await form.getByRole('button', { name: 'Make the goal' }).click();
  await expect(form.getByText('Write a whole number from 1 to 100.')).toBeVisible();
  await expect(form.getByLabel('Page', { exact: true })).toHaveValue('/article/*');
  await accessible(page);
  await fits(page);
  await form.getByLabel('Percent of the page').fill('75');
  await form.getByRole('button', { name: 'Make the goal' }).click();
  await expect(page.getByText('75% of /article/* seen')).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('Saved.');
  await page.getByRole('link', { name: /^Change the goal .*article/ }).click();
  await accessible(page);
  await fits(page);
  const change = page.locator('#form');
  await change.getByLabel('Name to show').fill('<b>Read</b>');
  await change.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Remove the goal <b>Read</b>' }).click();
  await expect(page.getByText('75% of /article/* seen')).toHaveCount(0);
});

test('a goal with properties, and the very same again', async ({ page, lists }) => {
  await settings(page, lists.origin, 'goals');
  for (const said of [/^Custom event: Signed up \(logged_in = yes\)$/, 'There is this very goal already.']) {
    const form = page.locator('details[open]');
    await form.getByLabel('Name of the event').fill('Signed up');
    await form.getByLabel('Property 1').fill('logged_in');
    await form.getByLabel('Value 1').fill('yes');
    await form.getByLabel('Name to show').fill('Signed up again');
    await form.getByRole('button', { name: 'Make the goal' }).click();
    await expect(page.getByText(said)).toBeVisible();
  }
  await page.getByRole('button', { name: 'Remove the goal Signed up again' }).click();
});

test('properties: only those that are chosen have a tab', { tag: '@look' }, async ({ page, lists, accessible }) => {
  const tabs = page.getByRole('region', { name: 'Properties' }).getByRole('navigation').getByRole('link');
  await settings(page, lists.origin, 'properties');
  await accessible(page);
  await fits(page);
  await page.getByRole('radio', { name: 'Show only these' }).check();
  await page.getByLabel('author').check();
  await page.getByLabel('Others').fill('plan, plan');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toHaveText('Saved.');
  await expect(page.getByLabel('author')).toBeChecked();
  await expect(page.getByLabel('Others')).toHaveValue('plan');
  await page.goto(`${lists.origin}/shop.example?period=28d`);
  await expect(tabs).toHaveText(['author']);

  await settings(page, lists.origin, 'properties');
  await page.getByLabel('Others').fill('x'.repeat(301));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^Something here is no name of a property/)).toBeVisible();
  await accessible(page);
  await fits(page);
  await settings(page, lists.origin, 'properties');
  await page.getByRole('radio', { name: 'Show all that were seen' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('radio', { name: 'Show all that were seen' })).toBeChecked();
});

test('a segment: kept, named badly, renamed, removed', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await page.goto(`${lists.origin}/shop.example?f=is,country,DE&f=contains,page,/article&period=28d`);
  await page.getByRole('link', { name: 'Save as a segment' }).click();
  const form = page.locator('#form');
  await expect(form.getByRole('listitem')).toHaveText(['Page contains /article', 'Country is Germany']);
  await accessible(page);
  await fits(page);
  await form.getByLabel('Name').fill('x'.repeat(500));
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText(/^Write a name of one line, at most \d+ characters\.$/)).toBeVisible();
  await accessible(page);
  await fits(page);
  await form.getByLabel('Name').fill('“German” <i>readers</i>');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: 'Change the filter Segment is “German” <i>readers</i>' })).toBeVisible();

  await settings(page, lists.origin, 'segments');
  await page.locator('summary').filter({ hasText: 'Rename' }).click();
  await accessible(page);
  await fits(page);
  await page.getByLabel('Name', { exact: true }).fill('Readers');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Show the numbers of Readers' }).click();
  await page.getByRole('link', { name: 'Change the filter Segment is Readers' }).click();
  await expect(page.getByRole('dialog', { name: 'Filter by Segment' }).getByLabel('Readers')).toBeChecked();
  await accessible(page);
  await fits(page);
  await settings(page, lists.origin, 'segments');
  await page.getByRole('button', { name: 'Remove the segment Readers' }).click();
  await expect(page.getByText('No segments yet.')).toBeVisible();
});

test('filters by goal and by property', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await page.goto(`${lists.origin}/shop.example?filter=goal&period=28d`);
  const goal = page.getByRole('dialog', { name: 'Filter by Goal' });
  await goal.getByLabel('How').selectOption('has not done');
  await goal.getByLabel('Signed up').check();
  await accessible(page);
  await fits(page);
  await goal.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('link', { name: 'Change the filter Goal has not done Signed up' })).toBeVisible();

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('link', { name: 'Property …' }).click();
  const properties = page.getByRole('dialog', { name: 'Filter by a property' });
  await expect(properties.getByRole('link', { name: '<b>bold</b>' })).toBeVisible();
  await accessible(page);
  await fits(page);
  await properties.getByRole('link', { name: 'author' }).click();
  const author = page.getByRole('dialog', { name: 'Filter by author' });
  await author.getByLabel('Value').fill('Author 3');
  await author.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/f=is,props:author,Author%203&f=has_not_done,goal,Signed%20up&period=28d$/);
});

test('nothing anywhere: lists and the last half hour of a site without hits', { tag: '@look' }, async ({ page, lists, accessible }) => {
  for (const path of ['?period=realtime', '/details/pages', '/details/machines', '/settings/goals', '/settings/properties', '/settings/segments']) {
    const answer = await page.goto(`${lists.origin}/quiet.example${path}`);
    expect(answer!.status(), path).toBe(200);
    await accessible(page);
    await fits(page);
  }
});

test('what can be taken along', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await page.goto(`${lists.origin}/shop.example?period=28d`);
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(page.getByRole('link', { name: 'Chart (PNG)' })).toBeVisible();
  await accessible(page);
  await fits(page);
});
