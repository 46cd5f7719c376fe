// What a page says while it waits, and when it waits in vain; keys outside a site's numbers.
import { expect, test } from './lists-fixture.ts';

test.beforeEach(({ reader }) => reader);

test('the numbers of the last half hour say how old they are, and when they stand still', async ({ page, lists }) => {
  await page.clock.install();
  await page.goto(`${lists.origin}/shop.example?period=realtime`);
  await page.waitForLoadState('networkidle');
  const ago = page.locator('.ago').first();
  const first = await ago.getAttribute('datetime');
  await page.clock.runFor(11_000);
  await expect(ago).not.toHaveAttribute('datetime', first!);

  const stale = page.locator('#stale');
  await expect(stale).toBeHidden();
  // No request is made: a failed one would be an error in the console.
  await page.evaluate(() => {
    const fetched = globalThis.fetch;
    globalThis.fetch = () => Promise.reject(new TypeError('no server'));
    document.addEventListener('server-is-back', () => (globalThis.fetch = fetched));
  });
  await page.clock.runFor(11_000);
  await expect(stale).toBeHidden();
  await page.clock.runFor(11_000);
  await expect(stale).toContainText('The server does not answer');
  await expect(page.locator('html')).toHaveAttribute('data-stale', '');
  await page.evaluate(() => document.dispatchEvent(new Event('server-is-back')));
  await page.clock.runFor(11_000);
  await expect(stale).toBeHidden();
  await expect(page.locator('html')).not.toHaveAttribute('data-stale', '');
});

test('who was signed out meanwhile is told', async ({ page, lists }) => {
  await page.clock.install();
  await page.goto(`${lists.origin}/shop.example?period=realtime`);
  await page.waitForLoadState('networkidle');
  await page.context().clearCookies();
  await page.clock.runFor(11_000);
  await expect(page.locator('#stale')).toContainText('You are signed out');
  await page.getByRole('link', { name: 'Refresh' }).click();
  await expect(page).toHaveURL(/\/login\?next=/);
});

test('a line says that the next page is awaited, after a while and not for long', async ({ page, lists }) => {
  await page.goto(`${lists.origin}/shop.example?period=7d`);
  await page.waitForLoadState('networkidle');
  // While a page is awaited nobody can look at the one there is, but that page itself.
  await page.evaluate(() => {
    const line = () => getComputedStyle(document.documentElement, '::before').opacity;
    const seen = new MutationObserver(() => {
      sessionStorage.atOnce = line();
      setTimeout(() => (sessionStorage.later = line()), 400);
    });
    seen.observe(document.documentElement, { attributeFilter: ['data-asked'] });
  });
  await page.route('**/shop.example?**metric=visits**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  const awaited = page.locator('html[data-asked]');
  await expect(awaited).toHaveCount(0);
  await page.getByRole('navigation', { name: /^Numbers of the period/ }).getByRole('link', { name: /^Visits/ }).click();
  await expect(page).toHaveURL(/metric=visits/);
  expect(await page.evaluate(() => [sessionStorage.atOnce, sessionStorage.later])).toEqual(['0', '1']);
  await expect(awaited).toHaveCount(0);
  await page.goBack();
  await expect(page).not.toHaveURL(/metric=visits/);
  await expect(awaited).toHaveCount(0);
});

test('what leads nowhere awaits nothing', async ({ page, lists }) => {
  await page.goto(`${lists.origin}/shop.example/details/pages?period=28d`);
  await page.waitForLoadState('networkidle');
  const awaited = page.locator('html[data-asked]');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download as CSV' }).click()]);
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  await expect(awaited).toHaveCount(0);
  await page.getByRole('link', { name: /Back to all numbers/ }).click({ modifiers: ['ControlOrMeta'] });
  await expect(awaited).toHaveCount(0);
});

test('keys of a list', async ({ page, lists }) => {
  const details = `${lists.origin}/shop.example/details/pages`;
  await page.goto(`${details}?period=28d`);
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('/');
  const search = page.getByRole('searchbox', { name: 'Search pages' });
  await expect(search).toBeFocused();
  await page.keyboard.type('article');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${details}?period=28d&q=article`);
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('w');
  await expect(page).toHaveURL(`${details}?period=7d&q=article`);
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL(/details\/pages\?date=\d{4}-\d\d-\d\d&period=7d&q=article$/);
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('?');
  await expect(page.getByRole('region', { name: 'Keyboard shortcuts' })).toContainText('Search this list');
  await page.keyboard.press('Escape');
  await expect(page.locator('#keys')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/shop\.example\?date=.*#pages$/);
});

test('keys of the list of sites', async ({ page, lists }) => {
  await page.goto(`${lists.origin}/sites?q=example`);
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.getByRole('searchbox').blur();
  await page.keyboard.press('?');
  await expect(page.getByRole('region', { name: 'Keyboard shortcuts' })).toContainText('Site of that place in the list');
  await page.keyboard.press('Escape');
  const second = page.getByRole('listitem').nth(1).getByRole('link');
  const name = await second.innerText();
  await page.keyboard.press('2');
  await expect(page).toHaveURL(new RegExp(`/${name.replace('.', '\\.')}(\\?|/install|$)`));
});
