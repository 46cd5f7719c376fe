import { expect, test } from './fixtures.ts';

test.beforeEach(({ owner }) => owner);

test('the chart says what is under the pointer', async ({ page, full }) => {
  await page.goto(`${full.origin}/shop.example?period=7d`);
  await page.waitForLoadState('networkidle');
  const plot = page.locator('.chart__plot');
  const box = (await plot.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.5, box.y + 80);
  const tip = page.locator('.tip__box');
  await expect(tip).toBeVisible();
  await page.locator('.chart').getByText('As a table').click();
  const row = page.getByRole('table', { name: /^Visitors by day/ }).getByRole('row').nth(4);
  const [head, value] = [await row.getByRole('rowheader').innerText(), await row.getByRole('cell').first().innerText()];
  await page.mouse.move(box.x + box.width * 0.5, box.y + 90);
  await expect(tip).toContainText(head);
  await expect(tip).toContainText(value);
  for (const part of [0, 0.3, 0.7, 1]) {
    await page.mouse.move(box.x + (box.width - 2) * part + 1, box.y + 60);
    const words = (await tip.boundingBox())!;
    expect(words.x, 'the words do not stick out').toBeGreaterThanOrEqual(0);
    expect(words.x + words.width).toBeLessThanOrEqual(page.viewportSize()!.width);
  }
  await page.mouse.move(2, 2);
  await expect(tip).toBeHidden();
});

test('current visitors come in while one looks', async ({ page, full }) => {
  await page.clock.install();
  let asked = 0;
  await page.route('**/api/sites/shop.example/current', (route) => route.fulfill({ json: { visitors: 1200 + ++asked } }));
  await page.goto(`${full.origin}/shop.example`);
  await page.clock.runFor(3_000);
  await expect(page.locator('.live')).toContainText('1,201 current visitors');
  await page.clock.runFor(10_000);
  await expect(page.locator('.live')).toContainText('1,202 current visitors');
});

test('nobody is asked while nobody looks', async ({ page, full }) => {
  await page.clock.install();
  let asked = 0;
  await page.route('**/api/sites/shop.example/current', (route) => route.fulfill({ json: { visitors: ++asked } }));
  await page.goto(`${full.origin}/shop.example`);
  await page.clock.runFor(3_000);
  await expect(page.locator('.live')).toContainText('1 current visitor');
  const look = (state: string) =>
    page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await look('hidden');
  await page.clock.runFor(60_000);
  expect(asked).toBe(1);
  await look('visible');
  await expect(page.locator('.live')).toContainText('2 current visitors');
});

test('the age of the numbers counts on', async ({ page, full }) => {
  await page.goto(`${full.origin}/shop.example`);
  await expect(page.getByText(/^Updated (just now|\d+ s ago)$/).filter({ visible: true })).toBeVisible();
  await expect(page.getByText(/^Updated [3-9] s ago$/).filter({ visible: true })).toBeVisible();
});

test('a press copies the snippet', async ({ page, full, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${full.origin}/shop.example/settings`);
  await page.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await page.locator('.snippet code').innerText());
});

test('the browser’s time zone is proposed', async ({ page, full }) => {
  await page.goto(`${full.origin}/sites/new`);
  await expect(page.getByLabel('Time zone')).toHaveValue('Europe/Berlin');
});
