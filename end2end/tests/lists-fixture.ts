import type { Cookie } from '@playwright/test';
import type { Footfall } from '../support/footfall.ts';
import { Footfall as Server } from '../support/footfall.ts';
import { fillLists } from '../support/lists.ts';
import { OWNER, signIn, test as base } from './fixtures.ts';

export { expect, fits } from './fixtures.ts';

interface Worker {
  /** A server whose `shop.example` has something in every list, and `quiet.example` nothing. */
  lists: Footfall;
  /** The cookies of its owner. */
  listsSignedIn: Cookie[];
}

interface Each {
  /** The reader is its owner, signed in. */
  reader: void;
}

export const test = base.extend<Each, Worker>({
  lists: [
    async ({}, use) => {
      const footfall = await Server.start();
      try {
        await footfall.command(['user', 'add', OWNER.email, '--password-stdin'], OWNER.password + '\n');
        await fillLists(footfall);
        await use(footfall);
      } finally {
        await footfall.stop();
      }
    },
    { scope: 'worker' },
  ],

  listsSignedIn: [
    async ({ browser, lists }, use) => {
      const page = await browser.newPage({ locale: 'en-GB' });
      await signIn(page, lists);
      // A goal that many have reached, and one that nobody has.
      for (const event of ['Signed up', 'Never done']) {
        await page.goto(`${lists.origin}/shop.example/settings/goals`);
        await page.locator('[name=event]').first().fill(event);
        await page.locator('[name=event]').first().press('Enter');
        await page.getByRole('link', { name: `Change the goal ${event}` }).waitFor();
      }
      await use(await page.context().cookies());
      await page.close();
    },
    { scope: 'worker' },
  ],

  reader: async ({ context, listsSignedIn }, use) => {
    await context.addCookies(listsSignedIn);
    await use();
  },
});
