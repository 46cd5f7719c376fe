import { HOSTILE_SHOWN, LONG } from '../support/lists.ts';
import { expect, fits, test } from './lists-fixture.ts';

test.beforeEach(({ reader }) => reader);

test('all panels', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await page.goto(`${lists.origin}/shop.example?period=28d`);
  await expect(page.locator('.panel')).toHaveCount(7);
  await accessible(page);
  await fits(page);
});

test('every tab of every panel is a list', async ({ page, lists }) => {
  await page.goto(`${lists.origin}/shop.example?period=28d`);
  const addresses = await page.locator('.panel .tabs a').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href.split('#')[0]));
  expect(addresses.length).toBeGreaterThan(20);
  for (const address of new Set(addresses)) {
    const answer = await page.goto(address);
    expect(answer?.status(), address).toBe(200);
    expect(await page.locator('.panel').count(), address).toBe(7);
  }
});

test('campaigns have a second row of tabs', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await page.goto(`${lists.origin}/shop.example?period=28d`);
  const sources = page.getByRole('region', { name: 'Sources' });
  await sources.getByRole('link', { name: 'Campaigns' }).click();
  await expect(sources.getByRole('link', { name: /^autumn/ })).toBeVisible();
  await page.getByRole('navigation', { name: 'Campaign tags' }).getByRole('link', { name: 'Media' }).click();
  await expect(page).toHaveURL(/sources=utm_mediums/);
  await expect(sources.getByRole('columnheader', { name: 'Campaign medium' })).toBeVisible();
  await expect(sources.getByRole('link', { name: 'Campaigns' }).first()).toHaveAttribute('aria-current', 'true');
  await accessible(page);
  await fits(page);
});

test('a browser leads to its versions, and its name back', async ({ page, lists }) => {
  await page.goto(`${lists.origin}/shop.example?period=28d`);
  const devices = page.getByRole('region', { name: 'Devices' });
  await devices.getByRole('link', { name: 'Chrome', exact: true }).click();
  await expect(devices.getByRole('columnheader', { name: 'Browser version' })).toBeVisible();
  const version = devices.getByRole('link', { name: /^Chrome 1\d\d$/ }).first();
  const name = await version.innerText();
  await version.click();
  await expect(page).toHaveURL(/f=is,browser,Chrome&f=is,browser_version,1\d\d/);
  // A row whose filter is in force takes it away.
  await devices.getByRole('link', { name: name.trim() }).click();
  await expect(page).not.toHaveURL(/browser_version/);
});

test('a country leads to what is known below it', async ({ page, lists }) => {
  await page.goto(`${lists.origin}/shop.example?period=28d&places=countries`);
  const places = page.getByRole('region', { name: 'Places' });
  const first = places.getByRole('rowheader').first();
  const visitors = (await places.getByRole('cell').first().innerText()).trim();
  await first.getByRole('link').click();
  await expect(page).toHaveURL(/f=is,country,[A-Z]{2}/);
  await expect(page.getByRole('link', { name: /^Visitors/ })).toContainText(visitors);
});

test('the map is drawn, and has a table behind it', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await page.goto(`${lists.origin}/shop.example?period=28d&places=map`);
  const places = page.getByRole('region', { name: 'Places' });
  await expect(places.locator('svg.map a').first()).toBeAttached();
  await expect(places.locator('svg.map a title').first()).toHaveText(/: \d/);
  await places.getByText('As a table').click();
  await expect(places.getByRole('rowheader').first()).toBeVisible();
  await accessible(page);
  await fits(page);
});

test('goals: those reached, with their rate, and those nobody reached', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await page.goto(`${lists.origin}/shop.example?period=28d`);
  const goals = page.getByRole('region', { name: 'Goals' });
  await expect(goals.getByRole('row', { name: /^Signed up \d+ \d+ [\d.]+%$/ })).toBeVisible();
  await expect(goals.getByRole('row', { name: 'Never done 0 0 0%' })).toBeVisible();
  await goals.getByRole('link', { name: 'Signed up' }).click();
  const sources = page.getByRole('region', { name: 'Sources' });
  await expect(sources.getByRole('columnheader', { name: 'Conversions' })).toBeVisible();
  await expect(sources.getByRole('columnheader', { name: 'Conversion rate' })).toBeVisible();
  await accessible(page);
  await fits(page);
});

test('properties have a tab each, and their values filter', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await page.goto(`${lists.origin}/shop.example?period=28d`);
  const properties = page.getByRole('region', { name: 'Properties' });
  await properties.getByRole('link', { name: 'logged_in' }).click();
  await expect(page).toHaveURL(/properties=logged_in/);
  await properties.getByRole('link', { name: 'yes', exact: true }).click();
  await expect(page).toHaveURL(/f=is,props:logged_in,yes/);
  await accessible(page);
  await fits(page);
});

test('machines by name and by page', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await page.goto(`${lists.origin}/shop.example?period=28d`);
  const machines = page.getByRole('region', { name: 'Machines' });
  await machines.getByRole('link', { name: 'AI assistants' }).click();
  await expect(machines.getByRole('row', { name: /^ChatGPT-User AI assistant \d+/ })).toBeVisible();
  await machines.getByRole('link', { name: 'ChatGPT-User' }).click();
  await expect(page.getByText('Pages ChatGPT-User asked for')).toBeVisible();
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: '/pricing', exact: true }).click();
  await expect(page.getByText('Machines that asked for /pricing')).toBeVisible();
  await page.getByRole('link', { name: 'All machines' }).click();
  await expect(page.getByRole('rowheader', { name: /^GPTBot/ })).toBeVisible();
});

test('hostile and long values are text, and stay in their place', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await page.goto(`${lists.origin}/shop.example?period=28d&f=contains,page,script,very-long&sources=referrers&places=countries`);
  const pages = page.getByRole('region', { name: 'Pages' });
  await expect(pages.getByTitle(HOSTILE_SHOWN, { exact: true })).toBeVisible();
  await expect(pages.getByTitle(LONG, { exact: true })).toBeVisible();
  expect(await page.locator('.panel script, .panel img').count()).toBe(0);
  await accessible(page);
  await fits(page);
  await pages.getByTitle(HOSTILE_SHOWN, { exact: true }).click();
  await expect(page.getByRole('link', { name: /^Visitors/ })).toContainText('4');
});

test('a list without rows says why', { tag: '@look' }, async ({ page, lists, accessible }) => {
  await page.goto(`${lists.origin}/shop.example?from=2020-01-01&period=custom&to=2020-01-02&sources=campaigns&places=cities&goals=events`);
  await expect(page.getByText('A link with ?utm_campaign=spring makes one.')).toBeVisible();
  await expect(page.getByText('No machine asked for a page in this period.')).toBeVisible();
  await accessible(page);
  await fits(page);
});
