// Builds the two scripts, prints their sizes and fails above the limits.
// With --check nothing is written: it fails when the committed files in dist/ are not what the sources give.

import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** The most each may weigh, gzip, in bytes. */
const LIMITS = { 'script.js': 1000, 'script.full.js': 2000 };
/** The server puts the configured path in the place of this text; it must stand in each script exactly once. */
const ENDPOINT = '/api/event';

const check = process.argv.includes('--check');
const folder = new URL('dist/', import.meta.url);
let failed = false;

mkdirSync(folder, { recursive: true });
for (const [name, limit] of Object.entries(LIMITS)) {
  const text = await bundle(name);
  const size = gzipSync(text, { level: 9 }).length;
  console.log(`${name}: ${Buffer.byteLength(text)} bytes, ${size} gzip (at most ${limit})`);
  if (size > limit) fail(`${name} is too large`);
  if (text.split(ENDPOINT).length != 2) fail(`${name} must name ${ENDPOINT} exactly once`);
  const file = new URL(name, folder);
  if (!check) writeFileSync(file, text);
  else if (committed(file) != text) fail(`dist/${name} is stale; run npm run build and commit it`);
}
process.exitCode = failed ? 1 : 0;

async function bundle(name) {
  const result = await build({
    entryPoints: [new URL(`src/${name.replace(/js$/, 'ts')}`, import.meta.url).pathname],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2018',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
  });
  return result.outputFiles[0].text;
}

function committed(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function fail(message) {
  console.error(message);
  failed = true;
}
