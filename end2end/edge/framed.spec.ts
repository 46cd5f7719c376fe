// What may stand in a frame of somebody else's page, and what refuses to, in a browser whose reader is signed in.
import { Blog } from '../support/blog.ts';
import { signIn } from '../tests/fixtures.ts';
import { expect, hit, shared, test } from './fixtures.ts';

const REFUSED = 'chrome-error://chromewebdata/';

test('a shared link stands in a frame whole; what is private, public or behind a password refuses', async ({ page, browser, edge }, info) => {
  const origin = edge.cache.origin;
  await signIn(page, edge.footfall);
  expect((await hit(origin, '/framed', {}, 'quiet.example')).status).toBe(202);
  const link = await shared(page, edge, 'Framed');
  const locked = await shared(page, edge, 'Framed and locked', 'battery staple');
  const refusing = [locked, ...['/', '/shop.example', '/quiet.example', '/quiet.example/settings/sharing', '/login', '/account'].map((path) => origin + path)];
  const blog = await Blog.open(() => [`${link}&embed=true&theme=dark`, ...refusing].map((src, n) => `<iframe title="${n}" width="100%" height="300" src="${src.replaceAll('&', '&amp;')}"></iframe>`).join(''));
  const state = await page.context().storageState();
  for (const javaScriptEnabled of [true, false]) {
    // Somebody who is signed in at the same address, as who clicks into a trap would be.
    const context = await browser.newContext({ javaScriptEnabled, storageState: state, locale: 'en-GB', viewport: { width: 1280, height: 900 } });
    const tab = await context.newPage();
    const sent: Promise<string | undefined>[] = [];
    // Of what was answered: of a request that a click cuts off nobody hears what it was sent with.
    tab.on('response', (response) => response.url().startsWith(origin) && sent.push(response.request().allHeaders().then(({ cookie }) => cookie)));
    await tab.goto(blog.origin);
    const whole = tab.frameLocator('iframe[title="0"]');
    await expect(whole.getByRole('navigation', { name: 'Numbers of the period' }).getByText('Visitors')).toBeVisible();
    expect(await whole.locator('html').evaluate((html) => getComputedStyle(html).colorScheme)).toBe('dark');
    for (const n of refusing.keys()) {
      const frame = await (await tab.locator(`iframe[title="${n + 1}"]`).elementHandle())!.contentFrame();
      await expect.poll(() => frame!.url(), refusing[n]).toBe(REFUSED);
    }
    // What is pressed in the frame stays in it, and behind the link.
    await whole.getByRole('link', { name: 'Details' }).first().click();
    await expect.poll(() => tab.frames()[1].url()).toContain('/share/quiet.example/details/');
    await tab.screenshot({ path: info.outputPath(`framed-${javaScriptEnabled ? 'scripts' : 'plain'}.png`) });
    await tab.waitForLoadState('networkidle');
    expect(new Set(await Promise.all(sent)), 'a frame brings no cookie').toEqual(new Set([undefined]));
    await context.close();
  }
  await blog.close();
});

test('where a site names hosts, a frame of another one refuses', async ({ page, edge }) => {
  await signIn(page, edge.footfall);
  const link = await shared(page, edge, 'Press');
  const own = page.locator('#hosts');
  const save = page.locator('#frames').getByRole('button', { name: 'Save' });
  const widget = link.replace('/share/quiet.example', '/embed/quiet.example/visitors');
  const blog = await Blog.open(() => [link, widget].map((src, n) => `<iframe title="${n}" width="100%" height="300" src="${src}"></iframe>`).join(''));
  try {
    for (const [host, seen] of [['https://press.example.com', false], [blog.origin, true]] as const) {
      await page.goto(`${edge.footfall.origin}/quiet.example/settings/sharing`);
      await own.fill(host);
      await save.click();
      await expect(own).toHaveValue(host);
      const tab = await page.context().newPage();
      // Told at once, the cache has what the site says now.
      await expect(async () => {
        await tab.goto(blog.origin);
        for (const n of [0, 1]) expect(tab.frames()[n + 1].url() === REFUSED, `${host}, ${n}`).toBe(!seen);
      }).toPass({ timeout: 10_000 });
      await tab.close();
    }
  } finally {
    await page.goto(`${edge.footfall.origin}/quiet.example/settings/sharing`);
    await own.fill('');
    await save.click();
    await blog.close();
  }
});
