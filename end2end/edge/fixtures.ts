import type { Page } from '@playwright/test';
import { request } from 'node:http';
import { connect } from 'node:net';
import { Footfall, freePort } from '../support/footfall.ts';
import { Varnish } from '../support/varnish.ts';
import { expect, fill, test as base } from '../tests/fixtures.ts';

export { expect } from '@playwright/test';

/** `cdn.fresh_seconds` of the server: a page may get so old in a cache. Short, since the tests wait for it. */
export const FRESH = 6;

export interface Edge {
  footfall: Footfall;
  /** Is told what is not true any more. Whoever asks it is a visitor. */
  cache: Varnish;
  /** Is told nothing. Whoever asks it is a CDN, and believed. */
  deaf: Varnish;
}

interface Worker {
  edge: Edge;
}

export const test = base.extend<object, Worker>({
  edge: [
    async ({}, use) => {
      const edge = await open({});
      try {
        await fill(edge.footfall);
        await edge.footfall.command(['site', 'public', 'shop.example', 'on']);
        await use(edge);
      } finally {
        await close(edge);
      }
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  // What the tests of pages bring: here it stands behind the cache.
  full: [async ({ edge }, use) => use(edge.footfall), { scope: 'worker' }],
});

/** A server and two caches in front of it. */
export async function open(settings: Record<string, string>): Promise<Edge> {
  const [first, second] = [await freePort(), await freePort()];
  const told = `http://127.0.0.1:${first}`;
  const own = { FOOTFALL_CDN_FRESH_SECONDS: String(FRESH), FOOTFALL_CDN_PURGE: `varnish:${told}`, FOOTFALL_PUBLIC_URL: told };
  const footfall = await Footfall.start({ ...own, ...settings });
  const cache = await Varnish.start({ port: first, behind: footfall.origin });
  const deaf = await Varnish.start({ port: second, behind: footfall.origin, fronts: ['127.0.0.1'] });
  return { footfall, cache, deaf };
}

export async function close({ footfall, cache, deaf }: Edge): Promise<void> {
  await Promise.all([cache.stop(), deaf.stop()]);
  await footfall.stop();
}

/** Makes a shared link of the private site, as its owner who is signed in; its address, at the cache. */
export async function shared(page: Page, edge: Edge, name: string, password = ''): Promise<string> {
  await page.goto(`${edge.footfall.origin}/quiet.example/settings/sharing`);
  const form = page.locator('form', { has: page.locator('#name-new') });
  await form.getByLabel('Name', { exact: true }).fill(name);
  await form.getByLabel('Password (optional)').fill(password);
  await form.getByRole('button', { name: 'Make a link' }).click();
  const address = new URL(await page.getByLabel(`Address of the link ${name}`).innerText());
  return edge.cache.origin + address.pathname + address.search;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** `hit`, `stale`, `miss` or `pass`. */
  cache: string;
  /** How long ago the server made it, seconds. */
  age: number;
}

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** The address of this machine that asks. */
  from?: string;
  /** The visitor, as a terminator in front says it by the PROXY protocol. */
  proxied?: string;
}

/** Asks as a program does: follows nothing, keeps nothing. */
export function ask(url: string, { method = 'GET', headers = {}, body, from, proxied }: Asked = {}): Promise<Answer> {
  return new Promise((done, failed) => {
    const { hostname, port } = new URL(url);
    const createConnection = () => {
      const socket = connect({ host: hostname, port: Number(port), localAddress: from });
      if (proxied) socket.write(`PROXY TCP4 ${proxied} ${hostname} 40000 ${port}\r\n`);
      return socket;
    };
    const sent = request(url, { method, headers, createConnection }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const all = response.headers as Record<string, string>;
        const made = { cache: all['x-cache'] ?? '', age: Number(all.age ?? 0), body: Buffer.concat(chunks).toString() };
        done({ status: response.statusCode!, headers: all, ...made });
      });
    });
    sent.once('error', failed);
    sent.end(body);
  });
}

/** The sum of a counter over its labels that contain all of these. */
export async function counted({ origin }: { origin: string }, name: string, ...labels: string[]): Promise<number> {
  const lines = (await (await fetch(`${origin}/metrics`)).text()).split('\n');
  const meant = lines.filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  expect(meant.length, `${name} is among the metrics`).toBeGreaterThan(0);
  const chosen = meant.filter((line) => labels.every((label) => line.includes(label)));
  return chosen.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

/** How often a page was rendered. */
export const renders = (footfall: Footfall) => counted(footfall, 'footfall_page_renders_total');

/** Asks again and again until the answer is the one waited for; returns all of them. */
export async function until(url: string, enough: (answer: Answer) => boolean, patience = 60_000, asked: Asked = {}): Promise<Answer[]> {
  const end = Date.now() + patience;
  const answers: Answer[] = [];
  while (Date.now() < end) {
    const answer = await ask(url, asked);
    answers.push(answer);
    if (enough(answer)) return answers;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`${url}: still ${answers.at(-1)!.status}, ${answers.at(-1)!.cache}, ${answers.at(-1)!.age} s old`);
}

/** A zone where it is about noon: no page is kept over midnight, and no test is to meet one. */
export function zoneAtNoon(): string {
  const hours = 12 - new Date().getUTCHours();
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}

/** A hit as the tracker sends it. */
export function hit(origin: string, path: string, headers: Record<string, string> = {}, domain = 'shop.example', asked: Asked = {}): Promise<Answer> {
  const body = JSON.stringify({ name: 'pageview', url: `https://${domain}${path}`, domain });
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';
  return ask(`${origin}/api/event`, { method: 'POST', body, headers: { 'user-agent': agent, 'content-type': 'application/json', ...headers }, ...asked });
}
