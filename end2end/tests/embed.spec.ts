// Widgets in frames of somebody else's page, and the page that makes them.
import AxeBuilder from '@axe-core/playwright';
import { Blog, FOUR, frames, heights, inside, sticksOut } from '../support/blog.ts';
import { expect, test } from './embed-fixture.ts';
import { fits } from './fixtures.ts';

test('a blog shows four widgets', { tag: '@look' }, async ({ page, open, javaScriptEnabled, colorScheme }) => {
  const blog = await Blog.open(() => frames(open.origin, 'shop.example', FOUR), () => heights(open));
  const cookies: string[] = [];
  page.on('response', async (response) => {
    if (response.url().startsWith(open.origin) && (await response.headerValue('set-cookie'))) cookies.push(response.url());
  });
  await page.goto(blog.origin);
  await expect(inside(page, 'visitors?theme=auto').locator('.value b')).toHaveText(/^\d[\d,]*$/);
  await expect(inside(page, 'chart').getByRole('img', { name: /^Visitors by day, .*, compared with/ })).toBeVisible();
  await expect(inside(page, 'sources?limit=5').getByRole('row')).toHaveCount(6);
  await expect(inside(page, 'sources?limit=5').getByRole('link', { name: 'Google', exact: true })).toHaveAttribute('target', '_blank');
  await expect(inside(page, 'live').getByText(/visitors? now/)).toBeVisible();
  expect(cookies, 'a frame is given no cookie').toEqual([]);
  if (javaScriptEnabled) {
    // The script has given every frame the height of what is in it.
    await expect.poll(() => sticksOut(page)).toEqual(FOUR.map(() => [0, 0]));
    const rules = colorScheme === 'dark' ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {};
    const found = (await new AxeBuilder({ page }).options({ resultTypes: ['violations'], ...rules }).analyze()).violations;
    expect(found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)).toEqual([]);
  } else {
    expect((await sticksOut(page)).map(([sideways]) => sideways)).toEqual(FOUR.map(() => 0));
  }
  await blog.close();
});

test('a row leads to the public page, in a new tab', async ({ page, context, open }) => {
  const blog = await Blog.open(() => frames(open.origin, 'shop.example', [['sources?period=7d', 400]]));
  await page.goto(blog.origin);
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    inside(page, 'sources?period=7d').getByRole('link', { name: 'Google', exact: true }).click(),
  ]);
  await expect(tab).toHaveURL(`${open.origin}/shop.example?f=is,source,Google&period=7d&sources=sources`);
  await expect(tab.getByRole('link', { name: 'Change the filter: Source is Google' }).or(tab.locator('.chip').first())).toBeVisible();
  await blog.close();
});

test('every widget is legible at 200 and at 1,000 pixels', async ({ page, open, accessible }) => {
  const names = (await (await fetch(`${open.origin}/api/openapi.json`)).json()).paths['/embed/{domain}/{widget}'].get.parameters.find(
    ({ name }: { name: string }) => name === 'widget',
  ).schema.enum as string[];
  for (const [width, theme] of [[200, 'light'], [1000, 'dark']] as const) {
    await page.setViewportSize({ width, height: 600 });
    for (const name of names) {
      await page.goto(`${open.origin}/embed/shop.example/${name}?theme=${theme}`);
      const html = await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth);
      expect(html, `${name} at ${width}`).toBeLessThanOrEqual(width);
      if (['visitors', 'numbers', 'chart', 'map', 'pages', 'machines', 'live'].includes(name)) await accessible(page);
    }
  }
});

test('what is nobody’s business looks like what is not there', async ({ open }) => {
  const answers = await Promise.all(
    ['quiet.example/visitors', 'nowhere.example/visitors', 'shop.example/shoes', 'quiet.example/visitors?limit=x', 'shop.example/visitors?auth=guessed'].map(async (path) => {
      const answer = await fetch(`${open.origin}/embed/${path}`, { headers: { cookie: 'x=y' } });
      const headers = [...answer.headers].filter(([name]) => name !== 'date');
      return JSON.stringify([answer.status, headers, await answer.text()]);
    }),
  );
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain('Nothing here');
  expect(answers[0]).toContain('404');
});

test('only hosts the site names may frame it', async ({ page, open, anna: _ }) => {
  await page.goto(`${open.origin}/shop.example/settings/sharing`);
  const hosts = page.locator('#hosts');
  await hosts.fill('https://press.example.com');
  await page.locator('#frames').getByRole('button', { name: 'Save' }).click();
  const policy = async () => (await fetch(`${open.origin}/embed/shop.example/visitors`)).headers.get('content-security-policy') ?? '';
  expect(await policy()).toMatch(/frame-ancestors 'self' https:\/\/press\.example\.com$/);
  await page.goto(`${open.origin}/shop.example/settings/sharing`);
  await hosts.fill('');
  await page.locator('#frames').getByRole('button', { name: 'Save' }).click();
  expect(await policy()).toMatch(/frame-ancestors \*$/);
});

test('the builder makes a frame that can be copied', { tag: '@look' }, async ({ page, open, anna: _, accessible }) => {
  await page.goto(`${open.origin}/shop.example/settings/embed`);
  await page.getByLabel('Widget', { exact: true }).selectOption('pages');
  await page.getByLabel('Period').selectOption('7d');
  await page.getByLabel('Accent').fill('#C81E1E');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByLabel('Rows of a list').fill('3');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  const address = '/embed/shop.example/pages?accent=c81e1e&limit=3&period=7d';
  await expect(page.locator('iframe')).toHaveAttribute('src', address);
  await expect(page.frameLocator('iframe').getByRole('row')).toHaveCount(4);
  const html = await page.locator('.snippet code').textContent();
  expect(html).toContain('height:181px');
  expect(html).toContain(`<iframe src="${open.origin}${address.replaceAll('&', '&amp;')}"`);
  await accessible(page);
  await fits(page);
  // What was copied works elsewhere.
  const blog = await Blog.open(() => html ?? '');
  await page.goto(blog.origin);
  await expect(page.frameLocator('iframe').getByRole('row')).toHaveCount(4);
  await blog.close();
});

test('the builder says why a site nobody else may see has no frame', async ({ page, open, anna: _ }) => {
  await page.goto(`${open.origin}/quiet.example/settings/embed`);
  await expect(page.locator('iframe')).toHaveCount(0);
  await page.locator('main').getByRole('link', { name: 'Sharing' }).last().click();
  await expect(page).toHaveURL(`${open.origin}/quiet.example/settings/sharing`);
});

test('a shared link opens a widget, and one with a password none', async ({ page, open, anna: _ }) => {
  await page.goto(`${open.origin}/quiet.example/settings/sharing`);
  const form = page.locator('#links form').last();
  await form.locator('[name=name]').fill('Press');
  await form.getByRole('button').click();
  await page.goto(`${open.origin}/quiet.example/settings/embed`);
  await expect(page.getByLabel('Read from')).toBeVisible();
  const address = (await page.locator('iframe').getAttribute('src')) ?? '';
  expect(address).toMatch(/^\/embed\/quiet\.example\/visitors\?auth=\S{20,}$/);
  await expect(page.frameLocator('iframe').getByRole('heading', { name: /Visitors/ })).toBeVisible();
  await page.goto(`${open.origin}/quiet.example/settings/sharing`);
  await page.locator('#links').getByRole('button', { name: /Remove.*Press/ }).click();
  expect((await fetch(open.origin + address)).status).toBe(404);
});
