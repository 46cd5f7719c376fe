// A past of which everything is known: who came, from where, what they did. Lines of `footfall import --format hits`.
import type { Networks } from './places.ts';

const DAY = 86_400_000;
const chrome = (version: number) =>
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';

export const PLACES: Networks = {
  '91.64.2': ['DE', 'Berlin', 'Berlin'],
  '91.64.3': ['DE', 'Bavaria', 'Munich'],
  '90.83.5': ['FR', 'Île-de-France', 'Paris'],
};
const [BERLIN, MUNICH, PARIS] = Object.keys(PLACES) as [string, string, string];

interface Group {
  people: number;
  daysAgo: number;
  network: string;
  user_agent: string;
  referrer?: string;
  paths: string[];
  /** The plan they signed up for. */
  plan?: string;
}

/** Eleven people of the last four weeks, five of the four before, one of long ago. */
const GROUPS: Group[] = [
  { people: 4, daysAgo: 3, network: BERLIN, user_agent: chrome(141), referrer: 'https://www.google.com/', paths: ['/', '/pricing'] },
  { people: 3, daysAgo: 3, network: MUNICH, user_agent: chrome(140), referrer: 'https://news.ycombinator.com/item?id=1', paths: ['/blog/one'] },
  { people: 2, daysAgo: 2, network: PARIS, user_agent: FIREFOX, referrer: 'https://news.ycombinator.com/newest', paths: ['/', '/thanks'], plan: 'pro' },
  // Somebody who hopes that the owner opens the list in a spreadsheet.
  { people: 2, daysAgo: 2, network: BERLIN, user_agent: FIREFOX, paths: ['/pricing', '/thanks'], plan: '=1+1' },
  { people: 5, daysAgo: 35, network: BERLIN, user_agent: chrome(141), referrer: 'https://www.google.com/', paths: ['/'] },
  { people: 1, daysAgo: 300, network: PARIS, user_agent: FIREFOX, paths: ['/'], plan: 'pro' },
];

/** The lines; at noon of each day, a view every half minute. */
export function past(now: number): string {
  const noon = Math.floor(now / DAY) * DAY + DAY / 2;
  let address = 0;
  const lines = GROUPS.flatMap(({ people, daysAgo, network, user_agent, referrer, paths, plan }) =>
    Array.from({ length: people }).flatMap(() => {
      const who = { address: `${network}.${++address}`, user_agent, screen_width: 1440 };
      const at = (seconds: number) => new Date(noon - daysAgo * DAY + (address * 60 + seconds) * 1_000).toISOString();
      const url = (path: string) => `https://shop.example${path}`;
      const views = paths.map((path, n) => ({ time: at(n * 30), name: 'pageview', url: url(path), referrer: n ? url(paths[n - 1]!) : referrer, ...who }));
      const signup = { time: at(paths.length * 30), name: 'Signup', url: url(paths.at(-1)!), props: { plan }, ...who };
      return plan ? [...views, signup] : views;
    }),
  );
  return lines.map((line) => JSON.stringify(line) + '\n').join('');
}
