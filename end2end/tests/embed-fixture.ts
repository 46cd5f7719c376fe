// A server with a site that everybody may see, and its owner's sign-in.
import type { Cookie } from '@playwright/test';
import { PERSON } from '../support/browser.ts';
import { Footfall, eventually } from '../support/footfall.ts';
import { traffic } from '../support/traffic.ts';
import { OWNER, signIn, test as base } from './fixtures.ts';

export { expect } from './fixtures.ts';

/** A server whose `shop.example` everybody may see, and `quiet.example` nobody else. */
export const test = base.extend<{ anna: void }, { open: Footfall; annas: Cookie[] }>({
  open: [
    async ({}, use) => {
      const footfall = await Footfall.start();
      try {
        await footfall.command(['user', 'add', OWNER.email, '--password-stdin'], OWNER.password + '\n');
        await footfall.command(['site', 'add', 'shop.example', '--timezone', 'Europe/Berlin']);
        await footfall.command(['site', 'add', 'quiet.example']);
        await footfall.command(['site', 'public', 'shop.example', 'on']);
        await footfall.command(['import', '--site', 'shop.example', '--format', 'hits', '-'], traffic({ now: Date.now(), days: 70, visitors: 150 }));
        await eventually(async () => (await fetch(`${footfall.origin}/readyz`)).ok);
        await use(footfall);
      } finally {
        await footfall.stop();
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  annas: [
    async ({ browser, open }, use) => {
      const page = await browser.newPage({ userAgent: PERSON, locale: 'en-GB' });
      await signIn(page, open);
      await use(await page.context().cookies());
      await page.close();
    },
    { scope: 'worker' },
  ],
  anna: async ({ context, annas }, use) => {
    await context.addCookies(annas);
    await use();
  },
});
