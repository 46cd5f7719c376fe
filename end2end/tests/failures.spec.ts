// What a reader sees when something of ours, or of theirs, goes wrong.
import type { Cookie, Page } from '@playwright/test';
import { damageLog } from '../support/damage.ts';
import { eventually, Footfall } from '../support/footfall.ts';
import { visit } from '../support/lists.ts';
import { past } from '../support/past.ts';
import { expect, fits, OWNER, signIn, test as base } from './fixtures.ts';

interface Harmed {
  footfall: Footfall;
  signedIn: Cookie[];
}

const test = base.extend<object, { harmed: Harmed }>({
  harmed: [
    async ({ browser }, use) => {
      const harmed = { footfall: await Footfall.start(), signedIn: [] as Cookie[] };
      const { footfall } = harmed;
      await footfall.command(['user', 'add', OWNER.email, '--password-stdin'], OWNER.password + '\n');
      await footfall.command(['site', 'add', 'shop.example']);
      await footfall.command(['import', '--site', 'shop.example', '--format', 'hits', '-'], past(Date.now()));
      await visit(footfall, 3);
      const page = await browser.newPage({ locale: 'en-GB' });
      await signIn(page, footfall);
      // A report settles the days it reads; the server begins again to have nothing but their totals.
      await page.goto(`${footfall.origin}/shop.example?period=28d`);
      harmed.signedIn = await page.context().cookies();
      await page.close();
      harmed.footfall = await footfall.again();
      await eventually(async () => (await fetch(`${harmed.footfall.origin}/readyz`)).ok);
      damageLog(harmed.footfall);
      await visit(harmed.footfall, 1, '/unreadable');
      await use(harmed);
      await harmed.footfall.stop();
    },
    { scope: 'worker' },
  ],
});

// The last one starts the server again.
test.describe.configure({ mode: 'serial' });
test.use({ meant: /status of [45]\d\d / });

test.beforeEach(({ context, harmed }) => context.addCookies(harmed.signedIn));

const heading = (page: Page, text: string) => expect(page.getByRole('heading', { level: 1 })).toHaveText(text);

test('numbers that cannot be read', { tag: '@look' }, async ({ page, harmed, accessible }) => {
  const address = `${harmed.footfall.origin}/shop.example?f=is,page,/&period=28d`;
  const answer = await page.goto(address);
  expect(answer!.status()).toBe(500);
  await heading(page, 'Something broke');
  await expect(page.getByText(/in the log as [0-9a-f]{8}\./)).toBeVisible();
  expect(await page.content(), 'no word of what is inside').not.toMatch(/sqlite|batch|damaged|\.rs\b/i);
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page).toHaveURL(address);
  await page.getByRole('link', { name: 'All sites' }).click();
  await heading(page, 'Sites');
});

test('a link that was used up', { tag: '@look' }, async ({ page, harmed, accessible }) => {
  const answer = await page.goto(`${harmed.footfall.origin}/setup?token=none`);
  expect(answer!.status()).toBe(400);
  await heading(page, 'That address makes no sense');
  await accessible(page);
  await fits(page);
});

test('a form of somebody else', { tag: '@look' }, async ({ page, harmed, accessible }) => {
  await page.goto(`${harmed.footfall.origin}/sites/new`);
  await page.getByLabel('Domain').fill('new.example');
  await page.locator('main [name=csrf]').evaluate((field: HTMLInputElement) => (field.value = 'nobody gave me this'));
  await page.getByRole('button', { name: 'Add site' }).click();
  await heading(page, 'That form was too old');
  await accessible(page);
  await fits(page);
  await page.goto(`${harmed.footfall.origin}/sites`);
  await expect(page.getByText('new.example')).toHaveCount(0);
});

test('too many wrong passwords', { tag: '@look' }, async ({ page, context, harmed, accessible }) => {
  await context.clearCookies();
  await page.goto(`${harmed.footfall.origin}/login`);
  for (let n = 0; n < 7; n++) {
    await page.getByLabel('E-mail').fill('carla@example.org');
    await page.getByLabel('Password').fill(`guess ${n}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    if (await page.getByText('Slow down a little').isVisible()) break;
  }
  await heading(page, 'Slow down a little');
  await expect(page.getByText(/Try again in (a second|\d+ seconds)\./)).toBeVisible();
  await accessible(page);
  await fits(page);
});

test('counting that is behind: the numbers stay, and say how old they are', { tag: '@look' }, async ({ page, harmed, accessible }) => {
  const late = page.getByRole('status').filter({ hasText: /^Counting is \d+ seconds behind\./ });
  await expect(async () => {
    await page.goto(`${harmed.footfall.origin}/shop.example?period=day`);
    await expect(late).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByRole('link', { name: /^Visitors/ })).toContainText('3');
  await accessible(page);
  await fits(page);
});

test('days that are folded again after a start', { tag: '@look' }, async ({ page, harmed, accessible }) => {
  harmed.footfall = await harmed.footfall.again();
  const answer = await page.goto(`${harmed.footfall.origin}/shop.example`);
  expect(answer!.status()).toBe(503);
  expect(Number(answer!.headers()['retry-after'])).toBeGreaterThan(0);
  await heading(page, 'Catching up');
  await accessible(page);
  await fits(page);
  // Hits are taken all the same.
  await page.getByRole('link', { name: 'Try again' }).click();
  await heading(page, 'Catching up');
});
