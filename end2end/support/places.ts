import { writeFileSync } from 'node:fs';

/** Country code, region and city of networks of 256 addresses, each by its first three numbers. */
export type Networks = Record<string, [country: string, region: string, city: string]>;

type Value = string | string[] | Buffer | { [name: string]: Value };

/** Writes a place file (the MaxMind DB format, version 2.0) that knows these networks and no others. */
export function writePlaces(path: string, networks: Networks): void {
  const records: Buffer[] = [];
  // What comes after a bit: another node, what was found (below zero: where its record begins), or nothing.
  const nodes: [number | null, number | null][] = [[null, null]];
  for (const [network, [country_code, state1, city]] of Object.entries(networks)) {
    const bits = network.split('.').flatMap((part) => [...Number(part).toString(2).padStart(8, '0')].map(Number));
    const last = bits.pop()!;
    let at = 0;
    for (const bit of bits) at = nodes[at]![bit] ??= nodes.push([null, null]) - 1;
    nodes[at]![last] = -1 - records.reduce((sum, record) => sum + record.length, 0);
    records.push(encoded({ country_code, state1, city }));
  }
  const pointer = (next: number | null) => (next === null ? nodes.length : next < 0 ? nodes.length + 16 - 1 - next : next);
  const tree = Buffer.alloc(nodes.length * 8);
  nodes.forEach((node, n) => node.forEach((next, bit) => tree.writeUInt32BE(pointer(next), n * 8 + bit * 4)));
  const metadata = encoded({
    node_count: number(6, 4, nodes.length),
    record_size: number(5, 2, 32),
    ip_version: number(5, 2, 4),
    database_type: 'Test-City',
    languages: ['en'],
    binary_format_major_version: number(5, 2, 2),
    binary_format_minor_version: number(5, 2, 0),
    build_epoch: number(9, 4, 1_700_000_000),
    description: { en: 'for tests' },
  });
  writeFileSync(path, Buffer.concat([tree, Buffer.alloc(16), ...records, Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'), metadata]));
}

function encoded(value: Value): Buffer {
  if (typeof value === 'string') return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encoded)]);
  const pairs = Object.entries(value);
  return Buffer.concat([control(7, pairs.length), ...pairs.flatMap(([name, value]) => [encoded(name), encoded(value)])]);
}

/** Numbers are of a kind by their size: 5 of two bytes, 6 of four, 9 of eight. */
function number(kind: number, bytes: number, value: number): Buffer {
  const big = Buffer.alloc(bytes);
  big.writeUIntBE(value, 0, bytes);
  return Buffer.concat([control(kind, bytes), big]);
}

function control(kind: number, size: number): Buffer {
  const [low, more] = size < 29 ? [size, []] : [29, [size - 29]];
  return Buffer.from(kind <= 7 ? [(kind << 5) | low, ...more] : [low, kind - 7, ...more]);
}
