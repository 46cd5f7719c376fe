import { visit } from '../support/lists.ts';
import { expect, test } from './lists-fixture.ts';

test.beforeEach(({ reader }) => reader);

test('the last half hour follows what happens, and leaves open what was opened', async ({ page, lists }) => {
  await page.goto(`${lists.origin}/shop.example?period=realtime`);
  await page.waitForLoadState('networkidle');
  await page.getByText('As a table').first().click();
  await page.locator('body').click({ position: { x: 2, y: 2 } });
  const path = `/new-at-${test.info().workerIndex}-${test.info().retry}`;
  await visit(lists, 3, path);
  await expect(page.getByRole('region', { name: 'Pages' }).getByRole('link', { name: path, exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('table').first()).toBeVisible();
});

test('nothing is exchanged from under the reader’s fingers', async ({ page, lists }) => {
  await page.clock.install();
  await page.goto(`${lists.origin}/shop.example?period=realtime`);
  await page.waitForLoadState('networkidle');
  const refresh = page.getByRole('link', { name: 'Refresh' });
  await refresh.focus();
  await page.route('**/shop.example/realtime?**', (route) => route.fulfill({ contentType: 'text/html', body: '<p>exchanged</p>' }));
  await page.clock.runFor(25_000);
  await expect(refresh).toBeFocused();
  await refresh.blur();
  await page.clock.runFor(11_000);
  await expect(page.getByText('exchanged')).toBeVisible();
});
