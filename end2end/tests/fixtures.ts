import AxeBuilder from '@axe-core/playwright';
import { type Cookie, type Page, expect, test as base } from '@playwright/test';
import { PERSON } from '../support/browser.ts';
import { Footfall, eventually } from '../support/footfall.ts';
import { traffic } from '../support/traffic.ts';

export { expect } from '@playwright/test';

export const OWNER = { email: 'anna@example.org', password: 'a quiet wide meadow' };

interface Worker {
  /** A server nobody has touched. */
  fresh: Footfall;
  /** A server with an owner and `shop.example`, which has had visitors for eight weeks. */
  full: Footfall;
  /** The cookies of the owner, signed in there. */
  signedIn: Cookie[];
  /** A window with scripts, for looking at pages of readers who have none. */
  twin: () => Promise<Page>;
}

interface Each {
  /** What the browser may say about a page that was refused, such as a form with an error: it is meant to be. */
  meant: RegExp;
  /** Fails the test when the page says anything on its console, throws, or breaks its own policy. */
  silence: void;
  /** The reader is the owner, signed in. */
  owner: void;
  /** No violation of accessibility on the page as it is. */
  accessible: (page: Page) => Promise<void>;
}

export const test = base.extend<Each, Worker>({
  fresh: [
    async ({}, use) => {
      const footfall = await Footfall.start();
      await use(footfall);
      await footfall.stop();
    },
    { scope: 'worker' },
  ],

  full: [
    async ({}, use) => {
      const footfall = await Footfall.start();
      try {
        await fill(footfall);
        await use(footfall);
      } finally {
        await footfall.stop();
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  signedIn: [
    async ({ browser, full }, use) => {
      // In English, whatever language the tests of a file read.
      const page = await browser.newPage({ userAgent: PERSON, locale: 'en-GB' });
      await signIn(page, full);
      await use(await page.context().cookies());
      await page.close();
    },
    { scope: 'worker' },
  ],

  owner: async ({ context, signedIn }, use) => {
    await context.addCookies(signedIn);
    await use();
  },

  meant: [/status of 4\d\d /, { option: true }],

  silence: [
    async ({ page, javaScriptEnabled, meant }, use) => {
      const said: string[] = [];
      const pages = new Set<string>();
      page.on('response', (response) => response.request().isNavigationRequest() && pages.add(response.url()));
      page.on('console', (message) => {
        // The browser's own remark when a reader was faster than the page: what has the focus keeps it.
        if (message.type() === 'info' && message.text().startsWith('Autofocus processing was blocked')) return;
        const refused = message.text().startsWith('Failed to load resource: ') && meant.test(message.text()) && pages.has(message.location().url);
        if (!refused) said.push(`${message.type()}: ${message.text()}`);
      });
      page.on('pageerror', (error) => said.push(`error: ${error.message}`));
      if (javaScriptEnabled) {
        await page.exposeFunction('tellViolation', (what: string) => said.push(`policy: ${what}`));
        await page.addInitScript(() => {
          document.addEventListener('securitypolicyviolation', (event) => {
            (globalThis as unknown as { tellViolation(what: string): void }).tellViolation(`${event.violatedDirective} ${event.blockedURI}`);
          });
        });
      }
      await use();
      expect(said, 'the console is silent').toEqual([]);
    },
    { auto: true },
  ],

  twin: [
    async ({ browser }, use, { project }) => {
      let twin: Promise<Page> | undefined;
      await use(() => (twin ??= browser.newContext({ ...project.use, javaScriptEnabled: true }).then((context) => context.newPage())));
      await (await twin)?.context().close();
    },
    { scope: 'worker' },
  ],

  accessible: async ({ javaScriptEnabled, colorScheme, twin }, use) => {
    await use(async (page) => {
      const violations = await look(javaScriptEnabled ? page : await copied(page, await twin()), colorScheme === 'dark');
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
      expect(found, `accessibility of ${page.url()}`).toEqual([]);
    });
  },
});

/** What axe finds: in the dark only what is about colours. Frames of ours are looked at too, those of others are not: its way of old is four times as fast. */
async function look(page: Page, dark: boolean) {
  const rules = dark ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {};
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'], ...rules });
  return (await axe.analyze()).violations;
}

/** axe is a script itself: it looks at a page without scripts in a window that has some, but runs none of the page's. */
async function copied(page: Page, twin: Page): Promise<Page> {
  const html = await page.content();
  const open = await page.locator(':popover-open').evaluateAll((all) => all.map(({ id }) => id));
  await twin.route('**/*', (route) => {
    if (route.request().isNavigationRequest() && route.request().url() === page.url().split('#')[0]) return route.fulfill({ contentType: 'text/html', body: html });
    return route.request().resourceType() === 'script' ? route.abort() : route.continue();
  });
  await twin.goto(page.url());
  await twin.evaluate((open) => open.forEach((id) => document.getElementById(id)?.showPopover()), open);
  await twin.unrouteAll();
  return twin;
}

/** Gives a server an owner and two sites, one with visitors. */
export async function fill(footfall: Footfall): Promise<void> {
  await footfall.command(['user', 'add', OWNER.email, '--password-stdin'], OWNER.password + '\n');
  await footfall.command(['site', 'add', 'shop.example', '--timezone', 'Europe/Berlin']);
  await footfall.command(['site', 'add', 'quiet.example', '--timezone', 'Asia/Tokyo']);
  await footfall.command(['import', '--site', 'shop.example', '--format', 'hits', '-'], traffic({ now: Date.now(), days: 56, visitors: 150 }));
  await eventually(async () => (await fetch(`${footfall.origin}/readyz`)).ok);
}

/** Signs the owner in, by the form. */
export async function signIn(page: Page, { origin }: Pick<Footfall, 'origin'>): Promise<void> {
  await page.goto(`${origin}/login`);
  await page.getByLabel('E-mail').fill(OWNER.email);
  await page.getByLabel('Password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Sites' })).toBeVisible();
}

/** Nothing sticks out sideways, and on a phone everything that is pressed is large enough for a finger. */
export async function fits(page: Page): Promise<void> {
  const width = page.viewportSize()!.width;
  const inner = await page.locator('html').evaluate((html) => html.scrollWidth);
  expect(inner, `${page.url()} is as wide as the window`).toBeLessThanOrEqual(width);
  if (width > 600) return;
  const small = await page.locator('a, button, summary, input:not([type=hidden]), select').evaluateAll((all) =>
    all
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 1)
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      // Words within a sentence are excepted; a label makes a choice larger, and a card its link.
      .filter(({ element, box }) => box.height < 39.5 && !element.closest('p, label, svg, .skip') && getComputedStyle(element, '::after').position !== 'absolute')
      .map(({ element, box }) => `${element.outerHTML.slice(0, 90)} is ${Math.round(box.height)} high`),
  );
  expect(small, `what is pressed on ${page.url()}`).toEqual([]);
}
