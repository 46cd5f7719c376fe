import { expect, type Page, test as base } from '@playwright/test';
import { Footfall } from '../support/footfall.ts';
import { Reports } from './reports.ts';
import { Web } from './web.ts';

export { expect } from '@playwright/test';

/** A server with a key for its reports. */
export interface House {
  footfall: Footfall;
  key: string;
}

interface Worker {
  house: House;
  web: Web;
}

interface Each {
  /** A site nobody else counts for: its domain. */
  site: string;
  reports: Reports;
  /** What pages may say on the console; everything else fails the test. */
  warnings: string[];
  /** Every hit of this test as the server answered it. */
  hits: Hit[];
}

/** A hit and its answer. */
export interface Hit {
  path: string;
  body: Record<string, unknown>;
  status: number;
  dropped: string | null;
}

export const test = base.extend<Each, Worker>({
  house: [
    async ({}, use) => {
      const house = await open({});
      await use(house);
      await house.footfall.stop();
    },
    { scope: 'worker' },
  ],

  web: [
    async ({}, use) => {
      const web = await Web.open();
      await use(web);
      await web.close();
    },
    { scope: 'worker' },
  ],

  site: async ({ house }, use, { titlePath }) => {
    const domain = `${titlePath.slice(-2).join('-').toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(-60).replace(/^-|-$/g, '')}.example`;
    await addSite(house, domain);
    await use(domain);
  },

  // Its end comes before that of the page, whose closing would send more.
  reports: async ({ house, site, page: _ }, use) => {
    const reports = new Reports(house.footfall.origin, house.key, site);
    await use(reports);
    await reports.stay();
    // Also what pages sent while they went, whose answers nobody saw.
    const metrics = await (await fetch(`${house.footfall.origin}/metrics`)).text();
    const refused = metrics.split('\n').filter((line) => /^footfall_hits(_dropped)?_total/.test(line) && !/"accepted"|\b0$/.test(line));
    expect(refused, 'every hit counts').toEqual([]);
  },

  warnings: [
    async ({ context }, use) => {
      const allowed: string[] = [];
      const said: string[] = [];
      context.on('console', (message) => said.push(message.text()));
      context.on('weberror', (error) => said.push(String(error.error())));
      await use(allowed);
      expect(said, 'the console is silent').toEqual(allowed);
    },
    { auto: true },
  ],

  hits: [
    async ({ context }, use) => {
      const hits: Hit[] = [];
      context.on('response', (response) => {
        const request = response.request();
        if (request.method() !== 'POST' || !request.postData()?.startsWith('{')) return;
        const headers = response.headers();
        hits.push({
          path: new URL(request.url()).pathname,
          body: JSON.parse(request.postData()!),
          status: response.status(),
          dropped: headers['x-footfall-dropped'] ?? headers['x-plausible-dropped'] ?? null,
        });
      });
      await use(hits);
      for (const hit of hits) expect([hit.status, hit.dropped], JSON.stringify(hit)).toEqual([202, null]);
    },
    { auto: true },
  ],
});

/** A server with settings of its own, as variables of its environment. */
export async function open(settings: Record<string, string>): Promise<House> {
  const footfall = await Footfall.start(settings);
  return { footfall, key: (await footfall.command(['key', 'add', '--scope', 'stats', '--name', 'tests'])).trim() };
}

/** Adds a site where it is about noon: no test of it is in two days. */
export async function addSite({ footfall }: House, domain: string): Promise<void> {
  const hours = 12 - new Date().getUTCHours();
  const zone = `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
  await footfall.command(['site', 'add', domain, '--timezone', zone]);
}

/** Scrolls, and lets the page see it. */
export async function scroll(page: Page, y: number): Promise<void> {
  await page.evaluate(async (y) => {
    scrollTo(0, y);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }, y);
}

/** Leaves the page for one that nobody counts. */
export async function leave(page: Page, web: Web): Promise<void> {
  web.page('/elsewhere', {});
  await page.goto(web.at('elsewhere.example', '/elsewhere'));
}
