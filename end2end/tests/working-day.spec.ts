// A customer's day with Footfall, from nothing to what is taken along. Everything is known beforehand, so every number is.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type Cookie, type Locator, type Page } from '@playwright/test';
import { PERSON } from '../support/browser.ts';
import { pngSize, rows, unzip } from '../support/files.ts';
import { Footfall } from '../support/footfall.ts';
import { PLACES, past } from '../support/past.ts';
import { writePlaces } from '../support/places.ts';
import { Shop } from '../support/shop.ts';
import { expect, OWNER, test as base } from './fixtures.ts';

const COLLEAGUE = { email: 'ben@example.org', password: 'a loud narrow street' };
const OLD_BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0';

const test = base.extend<object, { day: Footfall }>({
  day: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'footfall-places-'));
      writePlaces(join(folder, 'places.mmdb'), PLACES);
      const footfall = await Footfall.start({ FOOTFALL_PLACES_FILES: join(folder, 'places.mmdb') });
      await use(footfall);
      await footfall.stop();
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
});

// One day: each part begins where the one before ended.
test.describe.configure({ mode: 'serial' });

let signedIn: Cookie[] = [];
test.beforeEach(({ context }) => context.addCookies(signedIn));
test.afterEach(async ({ context }) => {
  signedIn = await context.cookies();
});

const visitors = (page: Page) => page.getByRole('navigation', { name: /^Numbers of the period/ }).getByRole('link', { name: /^(Visitors|Conversions)/ });
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const numbers = (day: Footfall, query = 'period=28d') => `${day.origin}/shop.example?${query}`;

/** The names of a list, each with its first number. */
async function list(panel: Locator): Promise<Record<string, number>> {
  const rows = await panel.locator('tbody tr').all();
  const read = async (row: Locator) => [(await row.getByRole('rowheader').getByRole('link').first().innerText()).trim(), Number(await row.getByRole('cell').first().innerText())] as const;
  return Object.fromEntries(await Promise.all(rows.map(read)));
}

/** Whoever visits the shop: another browser than the owner's. */
async function visitor(context: BrowserContext, userAgent: string, javaScriptEnabled: boolean): Promise<Page> {
  return (await context.browser()!.newContext({ userAgent, javaScriptEnabled })).newPage();
}

test('nine o’clock: the first site, its tracker, the first visitors', async ({ page, context, day, javaScriptEnabled }) => {
  await page.goto(day.setup);
  await page.getByLabel('E-mail').fill(OWNER.email);
  await page.getByLabel('Password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('link', { name: 'Add a site' }).click();
  await page.getByLabel('Domain').fill('shop.example');
  await page.getByLabel('Time zone').selectOption('Europe/Berlin');
  await page.getByRole('button', { name: 'Add site' }).click();
  await expect(page.getByText('Waiting for your first hit…')).toBeVisible();

  // What the page says goes into the shop; for visitors without scripts there is a picture.
  const snippet = await page.locator('.snippet code').innerText();
  const picture = `<noscript><img src="${day.origin}/pixel.gif?d=shop.example" alt="" referrerpolicy="no-referrer-when-downgrade"></noscript>`;
  const shop = await Shop.open(() => snippet + picture);
  const [ann, bob] = [await visitor(context, PERSON, true), await visitor(context, OLD_BROWSER, false)];
  const answers = [ann.waitForResponse('**/api/event'), bob.waitForResponse('**/pixel.gif*')];
  await Promise.all([ann.goto(`${shop.origin}/`), bob.goto(`${shop.origin}/pricing`)]);
  for (const answer of await Promise.all(answers)) expect([answer.ok(), answer.headers()['x-footfall-dropped']]).toEqual([true, undefined]);

  if (!javaScriptEnabled) {
    await expect(async () => {
      await page.getByRole('link', { name: 'Look again' }).click();
      await expect(page.getByText('Received.')).toBeVisible({ timeout: 1_000 });
    }).toPass();
  }
  await expect(page.getByText('Received.')).toBeVisible();
  await page.getByRole('link', { name: 'See the numbers' }).click();
  await expect(visitors(page)).toContainText('2');
  expect(await list(panel(page, 'Pages'))).toEqual({ '/': 1, '/pricing': 1 });

  // The owner looks on while Ann goes on.
  await page.getByRole('link', { name: /^2 current visitors/ }).click();
  await expect(page).toHaveURL(/period=realtime$/);
  const pages = panel(page, 'Pages');
  await expect(pages.getByRole('link', { name: '/pricing', exact: true })).toBeVisible();
  await ann.goto(`${shop.origin}/blog/one`);
  const seen = pages.getByRole('link', { name: '/blog/one', exact: true });
  if (javaScriptEnabled) await expect(seen, 'by itself').toBeVisible({ timeout: 30_000 });
  await expect(async () => {
    await page.getByRole('link', { name: 'Refresh' }).click();
    await expect(seen).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await Promise.all([ann.context().close(), bob.context().close()]);
  await shop.close();
});

test('ten o’clock: what was counted elsewhere comes along', async ({ page, day }) => {
  await day.command(['import', '--site', 'shop.example', '--format', 'hits', '-'], past(Date.now()));
  await expect(async () => {
    await page.goto(numbers(day));
    await expect(visitors(page)).toContainText('13', { timeout: 1_000 });
  }).toPass();
  expect(await list(panel(page, 'Pages'))).toEqual({ '/': 7, '/pricing': 7, '/blog/one': 4, '/thanks': 4 });
});

test('filters: by the form, by a row, changed, and away', async ({ page, day }) => {
  await page.goto(numbers(day));
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('navigation', { name: 'Filter by' }).getByRole('link', { name: 'Source', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'Filter by Source' });
  await expect(form.locator('option[value="Hacker News"]')).toHaveCount(1);
  await form.getByLabel('Value').fill('Hacker News');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(visitors(page)).toContainText('5');
  expect(await list(panel(page, 'Pages'))).toEqual({ '/blog/one': 3, '/': 2, '/thanks': 2 });

  await panel(page, 'Pages').getByRole('link', { name: '/thanks', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Filters' }).getByRole('link', { name: /^Change the filter/ })).toHaveCount(2);
  expect(await list(panel(page, 'Pages'))).toMatchObject({ '/thanks': 2 });

  await page.getByRole('link', { name: 'Change the filter Page is /thanks' }).click();
  const change = page.getByRole('dialog', { name: 'Filter by Page' });
  await change.getByLabel('How').selectOption('is not');
  await change.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/f=is_not,page,\/thanks&f=is,source,Hacker%20News/);

  await page.getByRole('link', { name: 'Clear all', exact: true }).click();
  await expect(visitors(page)).toContainText('13');
  await page.goBack();
  await expect(page.getByRole('link', { name: /^Change the filter/ })).toHaveCount(2);
});

test('drill down: a browser to its versions', async ({ page, day }) => {
  await page.goto(numbers(day));
  const devices = panel(page, 'Devices');
  expect(await list(devices)).toEqual({ Chrome: 8, Firefox: 5 });
  await devices.getByRole('link', { name: 'Chrome', exact: true }).click();
  await expect(devices.getByRole('columnheader', { name: 'Browser version' })).toBeVisible();
  expect(await list(devices)).toEqual({ 'Chrome 141': 4, 'Chrome 140': 3, 'Chrome 142': 1 });
});

test('drill down: a country to its regions, a region to its cities', async ({ page, day }) => {
  await page.goto(numbers(day, 'period=28d&places=countries'));
  const places = panel(page, 'Places');
  expect(await list(places)).toMatchObject({ Germany: 9, France: 2 });
  await places.getByRole('link', { name: 'Germany' }).click();
  await expect(places.getByRole('columnheader', { name: 'Region' })).toBeVisible();
  expect(await list(places)).toEqual({ Berlin: 6, Bavaria: 3 });
  await places.getByRole('link', { name: 'Bavaria' }).click();
  await expect(places.getByRole('columnheader', { name: 'City' })).toBeVisible();
  expect(await list(places)).toEqual({ Munich: 3 });
  await page.getByRole('link', { name: 'Remove the filter Country is Germany' }).click();
  await page.getByRole('link', { name: 'Remove the filter Region is Bavaria' }).click();
  await expect(places.getByRole('link', { name: 'France' })).toBeVisible();
});

test('drill down: a source to its referrers', async ({ page, day }) => {
  await page.goto(numbers(day, 'period=28d&sources=sources'));
  const sources = panel(page, 'Sources');
  expect(await list(sources)).toEqual({ 'Hacker News': 5, Google: 4, 'Direct / None': 4 });
  await sources.getByRole('link', { name: 'Hacker News' }).click();
  await expect(sources.getByRole('columnheader', { name: 'Referrer' })).toBeVisible();
  expect(await list(sources)).toEqual({ 'news.ycombinator.com/item': 3, 'news.ycombinator.com/newest': 2 });
});

test('comparison: with the period before, with other days, with nothing', async ({ page, day }) => {
  await page.goto(numbers(day));
  await expect(visitors(page)).toContainText('160%');
  await expect(visitors(page)).toHaveAttribute('title', 'before: 5');
  const chart = page.getByRole('img', { name: /^Visitors by day/ });
  await expect(chart).toHaveAccessibleName(/compared with/);
  await page.locator('.chart').getByText('As a table').click();
  const before = page.getByRole('table', { name: /^Visitors by day/ }).locator('tbody tr').filter({ has: page.getByRole('cell', { name: '5', exact: true }) });
  await expect(before).toHaveCount(1);

  const date = new Date(Date.now() - 300 * 86_400_000).toISOString().slice(0, 10);
  await page.getByRole('button', { name: /^vs/ }).click();
  const form = page.getByRole('form', { name: 'other days' });
  await form.getByLabel('From').fill(date);
  await form.getByLabel('to', { exact: true }).fill(date);
  await form.getByRole('button', { name: 'Show' }).click();
  await expect(visitors(page)).toHaveAttribute('title', 'before: 1');

  await page.getByRole('button', { name: /^vs/ }).click();
  await page.getByRole('navigation', { name: 'Compare with' }).getByRole('link', { name: 'nothing' }).click();
  await expect(chart).not.toHaveAccessibleName(/compared with/);
});

test('segments: one’s own, and everybody’s', async ({ page, context, day }) => {
  const save = async (query: string, name: string, whose: string) => {
    await page.goto(numbers(day, `${query}&period=28d`));
    await page.getByRole('link', { name: 'Save as a segment' }).click();
    const form = page.locator('#form');
    await form.getByLabel('Name').fill(name);
    await form.getByLabel(whose, { exact: true }).check();
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('link', { name: `Change the filter Segment is ${name}` })).toBeVisible();
  };
  await save('f=is,source,Hacker%20News&f=is,country,DE', 'German readers', 'for me');
  await expect(visitors(page)).toContainText('3');
  await save('f=is,browser,Firefox', 'Foxes', 'for everybody who sees the numbers');

  const offered = async (reader: Page) => {
    await reader.goto(numbers(day));
    await reader.getByRole('button', { name: 'Filter', exact: true }).click();
    return reader.getByRole('navigation', { name: 'Filter by' });
  };
  const menu = await offered(page);
  await expect(menu.getByRole('link', { name: 'Foxes' })).toBeVisible();
  await menu.getByRole('link', { name: 'German readers' }).click();
  await expect(visitors(page)).toContainText('3');
  expect(await list(panel(page, 'Pages'))).toEqual({ '/blog/one': 3 });

  await day.command(['user', 'add', COLLEAGUE.email, '--password-stdin'], COLLEAGUE.password + '\n');
  const colleague = await context.browser()!.newPage({ userAgent: PERSON, locale: 'en-GB' });
  await colleague.goto(`${day.origin}/login`);
  await colleague.getByLabel('E-mail').fill(COLLEAGUE.email);
  await colleague.getByLabel('Password').fill(COLLEAGUE.password);
  await colleague.getByRole('button', { name: 'Sign in' }).click();
  await expect(colleague.getByRole('heading', { name: 'Sites' })).toBeVisible();
  const theirs = await offered(colleague);
  await expect(theirs.getByRole('link', { name: 'German readers' })).toHaveCount(0);
  await theirs.getByRole('link', { name: 'Foxes' }).click();
  await expect(visitors(colleague)).toContainText('5');
  await colleague.context().close();
});

test('goals: made today, they count what was before', async ({ page, day }) => {
  await page.goto(numbers(day));
  await panel(page, 'Goals').getByRole('link', { name: 'Make a goal' }).click();
  await page.getByLabel('Name of the event').fill('Signup');
  await page.getByLabel('Name to show').first().fill('Signed up');
  await page.getByRole('button', { name: 'Make the goal' }).first().click();
  await expect(page.getByRole('link', { name: 'Change the goal Signed up' })).toBeVisible();
  await page.getByText('Page view', { exact: true }).click();
  await page.getByLabel('Page', { exact: true }).first().fill('/tha*');
  await page.getByRole('button', { name: 'Make the goal' }).filter({ visible: true }).click();
  await expect(page.getByText('Views of /tha*')).toBeVisible();

  await page.goto(numbers(day));
  const goals = panel(page, 'Goals');
  await expect(goals.getByRole('row', { name: /^Signed up 4 4 30\.8%$/ })).toBeVisible();
  await page.goto(numbers(day, 'period=all'));
  await expect(goals.getByRole('row', { name: /^Signed up 5 5 26\.3%$/ })).toBeVisible();
  await goals.getByRole('link', { name: 'Signed up' }).click();
  await expect(visitors(page)).toContainText('5');
  await expect(page.getByRole('link', { name: /^Conversion rate/ })).toContainText('26.3');
  await expect(panel(page, 'Sources').getByRole('columnheader', { name: 'Conversion rate' })).toBeVisible();
  await expect(panel(page, 'Properties').getByRole('link', { name: 'pro', exact: true })).toBeVisible();
});

test('what is taken along: lists, all of them, the chart', async ({ page, day }) => {
  const taken = async (press: () => Promise<void>): Promise<[string, Buffer]> => {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    return [download.suggestedFilename(), readFileSync(await download.path())];
  };
  const filtered = 'f=is,browser,Firefox&period=28d';
  await page.goto(numbers(day, filtered));
  await page.getByRole('link', { name: 'Details: Pages' }).click();
  const csv = page.getByRole('link', { name: 'Download as CSV' });
  const [name, pages] = await taken(() => csv.click());
  expect(name).toMatch(/^shop\.example-pages-[-\d]+\.csv$/);
  expect(rows(pages.toString()).map(({ name, visitors }) => [name, visitors])).toEqual([
    ['/thanks', '4'],
    ['/pricing', '3'],
    ['/', '2'],
  ]);

  await page.goto(numbers(day));
  await page.getByRole('link', { name: 'Details: Properties' }).click();
  const [, plans] = await taken(() => csv.click());
  const known = rows(plans.toString()).filter(({ name }) => name !== '(none)');
  expect(known.map(({ name, visitors }) => [name, visitors]), 'no cell is a formula').toEqual([
    ["'=1+1", '2'],
    ['pro', '2'],
  ]);

  const exported = async (link: string) => {
    await page.goto(numbers(day, filtered));
    await page.getByRole('button', { name: 'Export' }).click();
    return taken(() => page.getByRole('link', { name: link }).click());
  };
  const [zipName, zip] = await exported('All lists (CSV, zip)');
  expect(zipName).toMatch(/\.zip$/);
  const files = unzip(zip);
  const read = (file: string) => rows(files.get(file) ?? '');
  expect(files.size).toBeGreaterThan(20);
  expect(read('pages_top.csv').map(({ name }) => name)).toEqual(['/thanks', '/pricing', '/']);
  expect(read('places_countries.csv').map(({ name, code, visitors }) => [name, code, visitors])).toEqual(
    expect.arrayContaining([
      ['Germany', 'DE', '2'],
      ['France', 'FR', '2'],
    ]),
  );
  expect(read('time.csv')).toHaveLength(28);
  expect(read('time.csv').reduce((sum, { visitors }) => sum + Number(visitors), 0)).toBe(5);

  const [, svg] = await exported('Chart (SVG)');
  expect(svg.toString()).toMatch(/^<svg [^>]*aria-label="Visitors, shop\.example, /);
  expect(svg.toString(), 'whose picture it is').toMatch(/>[^<]*Browser is Firefox/);
  expect(svg.toString()).not.toContain('<script');
  const [pngName, png] = await exported('Chart (PNG)');
  expect(pngName).toMatch(/^shop\.example-chart-[-\d]+\.png$/);
  const [, drawnWidth, drawnHeight] = svg.toString().match(/^<svg [^>]*width="(\d+)" height="(\d+)"/)!.map(Number);
  const [width, height] = pngSize(png);
  expect(width / height, 'the same picture').toBeCloseTo(drawnWidth! / drawnHeight!, 2);
  expect(png.length).toBeGreaterThan(10_000);
});
