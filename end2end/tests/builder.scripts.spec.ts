import { expect, test } from './embed-fixture.ts';

test('the preview of a frame follows what is chosen', async ({ page, open, anna: _ }) => {
  await page.goto(`${open.origin}/shop.example/settings/embed`);
  const frame = page.locator('iframe');
  const steps = await page.evaluate(() => history.length);
  await expect(page.getByLabel('Rows of a list')).toHaveCount(0);
  await page.getByLabel('Widget', { exact: true }).selectOption('pages');
  await expect(frame).toHaveAttribute('src', '/embed/shop.example/pages');
  await page.getByLabel('Rows of a list').fill('3');
  await expect(frame).toHaveAttribute('src', '/embed/shop.example/pages?limit=3');
  await expect(page.getByLabel('Rows of a list')).toBeFocused();
  await expect(page.getByLabel('Height in pixels')).toHaveValue('181');
  await page.getByLabel('Accent').pressSequentially('c81e1e');
  await expect(frame).toHaveAttribute('src', '/embed/shop.example/pages?accent=c81e1e&limit=3');
  await expect(page.locator('.snippet code')).toContainText('/embed/shop.example/pages?accent=c81e1e&amp;limit=3');
  await expect(page.frameLocator('iframe').getByRole('row')).toHaveCount(4);
  await expect(page.locator('#embed-said')).toHaveText('The preview and the HTML have changed.');
  expect(await page.evaluate(() => history.length), 'the way back leads out of the page').toBe(steps);
  await page.getByLabel('Widget', { exact: true }).focus();
  await page.getByLabel('Widget', { exact: true }).selectOption('chart');
  await expect(page.getByLabel('Rows of a list')).toHaveCount(0);
  await expect(page.getByLabel('Widget', { exact: true })).toBeFocused();
});
