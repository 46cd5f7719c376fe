// Takes the flags of countries out of npm `circle-flags` (MIT, see LICENSE.circle-flags):
// `npm ci && node make.mjs > ../src/panels/flags.tsv`.
//
// One line a country: its ISO 3166-1 alpha-2 code, and what is drawn in a square of 512 × 512. The round mask is left
// out: the style sheet rounds them, and no name inside one flag may meet its like in another.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';

const folder = join(dirname(createRequire(import.meta.url).resolve('circle-flags/package.json')), 'flags');
process.stdout.write('# Flags by HatScripts/circle-flags (MIT); made by app/flags/make.mjs\n');
for (const file of readdirSync(folder).filter((name) => /^[a-z]{2}\.svg$/.test(name)).sort()) {
  const text = readFileSync(join(folder, file), 'utf8').trim();
  const inner = text.match(/<g mask="url\(#a\)">(.*)<\/g><\/svg>$/s)?.[1];
  if (!inner || /\b(id|style|href|on\w+)=|<(script|style|mask|use|image)/.test(inner) || /[\t\n]/.test(inner)) throw new Error(file);
  process.stdout.write(`${file.slice(0, 2).toUpperCase()}\t${inner}\n`);
}
