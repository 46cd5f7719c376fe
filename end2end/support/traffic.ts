// Made-up visitors as lines of `footfall import --format hits`. The same every time, but for the days they end on.

const DAY = 86_400_000;
const AGENTS: [string, number][] = [
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36', 8],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1', 5],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 3],
  ['Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36', 4],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15', 3],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0', 2],
];
const PAGES: [string, number][] = [
  ['/', 9], ['/pricing', 4], ['/docs/install', 4], ['/docs/replay', 3], ['/blog/a-day-is-a-function', 4], ['/changelog', 2], ['/about', 1],
  ['/blog/why-we-left-the-cookie-banner-behind-and-what-came-after', 2], ['/docs/filters', 1], ['/docs/widgets', 1], ['/contact', 1], ['/imprint', 1],
];
const REFERRERS: [string, number][] = [
  ['', 9], ['https://www.google.com/', 8], ['https://news.ycombinator.com/item?id=1', 3], ['https://duckduckgo.com/', 3], ['https://chatgpt.com/', 2],
  ['https://mastodon.social/@someone', 2], ['https://github.com/example/shop', 2], ['https://www.bing.com/', 1], ['https://mail.google.com/', 1],
];
// Addresses whose countries are well known to every database: public resolvers and large networks.
const NETWORKS: [string, number][] = [
  ['8.8.8', 6], ['91.64.1', 5], ['81.2.69', 4], ['90.83.5', 3], ['200.160.2', 2], ['133.11.9', 2], ['49.36.8', 4], ['145.220.1', 2], ['193.10.7', 1], ['203.2.218', 1],
];
const SCREENS: [number, number][] = [[1920, 5], [1440, 4], [390, 6], [820, 1], [412, 3]];

/** Numbers that look like chance. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

export interface Plan {
  /** The last day ends here. */
  now: number;
  days: number;
  /** Visitors of an ordinary day. */
  visitors: number;
}

/** The lines of a plan, in order of time. */
export function traffic({ now, days, visitors }: Plan): string {
  const roll = dice(7);
  const pick = <T>(from: [T, number][]): T => {
    let at = roll() * from.reduce((sum, [, weight]) => sum + weight, 0);
    return (from.find(([, weight]) => (at -= weight) < 0) ?? from[0])[0];
  };
  const lines: [number, string][] = [];
  const midnight = Math.floor(now / DAY) * DAY;
  for (let day = days - 1; day >= 0; day--) {
    const start = midnight - day * DAY;
    const week = [0.75, 1, 1.15, 1.1, 1, 0.95, 0.7][new Date(start).getUTCDay()];
    const wave = week * (1 + (days - day) / days / 2) * (day === 10 ? 2.1 : 1);
    for (let n = 0; n < visitors * wave; n++) {
      // Most in the afternoon, a few at any hour.
      const hour = roll() < 0.3 ? 24 * roll() : 6 + 9 * (roll() + roll());
      let time = start + Math.floor((hour % 24) * 3_600_000);
      const who = { address: `${pick(NETWORKS)}.${1 + Math.floor(roll() * 250)}`, user_agent: pick(AGENTS), screen_width: pick(SCREENS) };
      const campaign = roll() < 0.06 ? '?utm_source=newsletter&utm_medium=email&utm_campaign=autumn' : '';
      let referrer = campaign ? '' : pick(REFERRERS);
      const views = roll() < 0.45 ? 1 : 1 + Math.floor(roll() * 5);
      for (let view = 0; view < views && time < now; view++) {
        const url = `https://shop.example${pick(PAGES)}${view ? '' : campaign}`;
        lines.push([time, JSON.stringify({ time: new Date(time).toISOString(), name: 'pageview', url, referrer, ...who })]);
        if (roll() < 0.07) {
          const name = roll() < 0.6 ? 'Signed up' : 'Downloaded';
          lines.push([time + 900, JSON.stringify({ time: new Date(time + 900).toISOString(), name, url, ...who })]);
        }
        referrer = url;
        time += 8_000 + Math.floor(roll() * 150_000);
      }
    }
  }
  return lines.sort((a, b) => a[0] - b[0]).filter(([time]) => time < now).map(([, line]) => line + '\n').join('');
}
