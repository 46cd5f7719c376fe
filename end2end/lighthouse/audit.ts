import { expect } from '@playwright/test';
import lighthouse, { desktopConfig } from 'lighthouse';
import { PORT } from '../lighthouse.config.ts';

export type Device = 'phone' | 'desktop';
export const DEVICES: Device[] = ['phone', 'desktop'];

/** The least a page may reach in each of the four, of 100. */
const LEAST = 95;

/** The times behind the first figure, and whether anything jumped. */
const TIMES = ['first-contentful-paint', 'largest-contentful-paint', 'speed-index', 'total-blocking-time', 'cumulative-layout-shift'];

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

/** Audits a page as the browser's cookies show it; each of the four must reach the least. */
export async function audit(url: URL, device: Device): Promise<void> {
  const result = await lighthouse(
    url.href,
    {
      port: PORT,
      onlyCategories: CATEGORIES,
      // Cookies stay, or nobody would be signed in; what an earlier page has loaded does not.
      clearStorageTypes: ['file_systems', 'shader_cache', 'service_workers', 'cache_storage'],
      // Pages about somebody's visitors are not meant for search engines, and say so.
      skipAudits: ['is-crawlable'],
    },
    device === 'desktop' ? desktopConfig : undefined,
  );
  const { categories, audits, finalDisplayedUrl } = result!.lhr;
  expect(new URL(finalDisplayedUrl).pathname, 'no other page stands in').toBe(url.pathname);
  const scores = Object.fromEntries(Object.values(categories).map(({ id, score }) => [id, Math.round((score ?? 0) * 100)]));
  const times = TIMES.map((id) => `${id} ${audits[id]?.displayValue}`).join(', ');
  console.log(url.pathname + url.search, device, JSON.stringify(scores), times, 'loaded', audits['total-byte-weight']?.displayValue);
  const lost = Object.values(audits).filter(({ score, scoreDisplayMode }) => score !== null && score < 1 && scoreDisplayMode !== 'informative');
  const why = lost.map(({ id, score, displayValue }) => `${id}: ${score} ${displayValue ?? ''}`).join('\n');
  for (const category of CATEGORIES) expect(scores[category], `${category}\n${why}`).toBeGreaterThanOrEqual(LEAST);
}
