// Draws the map of the pages once: `npm ci && node make.mjs > ../src/map/world.tsv`.
//
// The shapes are Natural Earth's (public domain), 1:50 million, as npm `world-atlas` packs them. The projection is Equal
// Earth: a country's colour has the area the country has. One line a country: its ISO 3166-1 alpha-2 code, the path of
// its shapes in whole units of a picture 1000 wide, and for countries too small to be seen the middle of a dot.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoEqualEarth, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';

const require = createRequire(import.meta.url);
const codes = require('i18n-iso-countries/codes.json');
const topology = JSON.parse(readFileSync(require.resolve('world-atlas/countries-50m.json')));

const WIDTH = 1000;
const SMALLEST_RING = 3; // square units; smaller islands are left out
const SMALLEST_COUNTRY = 9; // square units; smaller countries are dots
const ANTARCTICA = '010';
const code = (country) => codes.find(([, , numeric]) => numeric === country.id)?.[0] ?? (country.properties.name === 'Kosovo' ? 'XK' : '');

// Arcs that two countries share are thinned once, so that borders stay closed.
const thinned = simplify(presimplify(topology), 0.06);
const world = feature(thinned, thinned.objects.countries);
const full = feature(topology, topology.objects.countries);
const shown = { type: 'FeatureCollection', features: full.features.filter((country) => country.id !== ANTARCTICA) };
const projection = geoEqualEarth().rotate([-11, 0]).precision(0.6).fitWidth(WIDTH, shown);
const draw = geoPath(projection);
const bounds = draw.bounds(shown);
const lift = bounds[0][1];
const height = Math.ceil(bounds[1][1] - lift);

const area = (ring) => Math.abs(ring.reduce((sum, [x, y], at) => { const [p, q] = ring[(at + 1) % ring.length]; return sum + x * q - p * y; }, 0)) / 2;

/** The rings of a path `M…L…Z…`, in whole units. */
function rings(path) {
  return (path ?? '').split('Z').filter(Boolean).map((ring) => {
    const points = ring.slice(1).split('L').map((point) => point.split(',').map(Number)).map(([x, y]) => [Math.round(x), Math.round(y - lift)]);
    return points.filter(([x, y], at) => at === 0 || x !== points[at - 1][0] || y !== points[at - 1][1]);
  });
}

function spelled(ring) {
  const [first, ...rest] = ring;
  let [px, py] = first;
  let out = `M${px} ${py}l`;
  rest.forEach(([x, y], at) => {
    const [dx, dy] = [x - px, y - py];
    out += `${at && dx >= 0 ? ' ' : ''}${dx}${dy < 0 ? '' : ' '}${dy}`;
    [px, py] = [x, y];
  });
  return out + 'z';
}

const lines = [];
for (const [at, country] of world.features.entries()) {
  if (country.id === ANTARCTICA) continue;
  const whole = draw.area(full.features[at]);
  const kept = rings(draw(country)).filter((ring) => ring.length > 2 && area(ring) >= SMALLEST_RING);
  const dot = code(country) && (whole < SMALLEST_COUNTRY || !kept.length);
  if (dot) {
    const [x, y] = draw.centroid(full.features[at]);
    lines.push([code(country), '', `${Math.round(x)} ${Math.round(y - lift)}`]);
  } else if (kept.length) {
    lines.push([code(country), kept.map(spelled).join(''), '']);
  }
}
lines.sort((a, b) => (a[0] < b[0] ? -1 : 1));
process.stdout.write(`# Natural Earth 1:50m (public domain), Equal Earth, ${WIDTH} × ${height}; made by app/map/make.mjs\n`);
for (const line of lines) process.stdout.write(line.join('\t') + '\n');
