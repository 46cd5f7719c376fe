import { PERSON } from './browser.ts';
import type { Footfall } from './footfall.ts';
import { traffic } from './traffic.ts';

/** Text that would do harm where it is not text, and text that is long. */
export const HOSTILE = '/<script>alert(1)</script>"\'&-\u202Egnp.exe';
/** What is shown of it: what cannot be seen but turns text round is a sign of its own. */
export const HOSTILE_SHOWN = HOSTILE.replace('\u202E', '\uFFFD');
export const LONG = '/a-very-long-path'.repeat(20);

const AGENTS = [
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot',
];

/** A site with something in every list: many pages, hostile and long ones, properties, machines; and one that is empty. */
export async function fillLists(footfall: Footfall): Promise<void> {
  const now = Date.now();
  for (const domain of ['shop.example', 'quiet.example']) await footfall.command(['site', 'add', domain, '--timezone', 'Europe/Berlin']);
  const more: string[] = [];
  const hit = (minutes: number, path: string, rest: object = {}) => {
    const at = new Date(now - minutes * 60_000).toISOString();
    const address = `91.64.2.${1 + (more.length % 250)}`;
    more.push(JSON.stringify({ time: at, name: 'pageview', url: `https://shop.example${path}`, address, user_agent: PERSON, ...rest }));
  };
  for (let n = 0; n < 130; n++) hit(3_000 + n, `/article/${n}`, { props: { author: `Author ${n % 12}`, logged_in: n % 3 ? 'yes' : 'no' } });
  for (let n = 0; n < 4; n++) {
    hit(2_900 + n, HOSTILE, { referrer: 'https://evil.example/"><img src=x onerror=alert(1)>', props: { '<b>bold</b>': '</table><script>alert(2)</script>' } });
    hit(2_800 + n, LONG, { props: { author: 'x'.repeat(400) } });
  }
  for (let n = 0; n < 60; n++) hit(2_700 + n, ['/', '/pricing', HOSTILE][n % 3], { user_agent: AGENTS[n % 7 ? n % 2 : 2] });
  await footfall.command(['import', '--site', 'shop.example', '--format', 'hits', '-'], traffic({ now, days: 56, visitors: 25 }));
  await footfall.command(['import', '--site', 'shop.example', '--format', 'hits', '-'], more.join('\n') + '\n');
}

/** People who are on a page at this moment. */
export async function visit(footfall: Footfall, people: number, path = '/pricing'): Promise<void> {
  for (let n = 0; n < people; n++) {
    await fetch(`${footfall.origin}/api/event`, {
      method: 'POST',
      headers: { 'user-agent': PERSON, 'x-forwarded-for': `91.64.7.${n + 1}` },
      body: JSON.stringify({ n: 'pageview', u: `https://shop.example${path}`, d: 'shop.example', w: 1440 }),
    });
  }
}
