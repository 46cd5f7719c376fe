import { inflateRawSync } from 'node:zlib';

/** The texts of a zip, by the names of its files: what its directory lists, no more. */
export function unzip(zip: Buffer): Map<string, string> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, nameBytes, extraBytes, noteBytes] = [zip.readUInt32LE(at + 20), ...[28, 30, 32].map((place) => zip.readUInt16LE(at + place))];
    const file = zip.readUInt32LE(at + 42);
    const begin = file + 30 + zip.readUInt16LE(file + 26) + zip.readUInt16LE(file + 28);
    const bytes = zip.subarray(begin, begin + packed!);
    const text = zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes);
    files.set(zip.toString('utf8', at + 46, at + 46 + nameBytes!), text.toString());
    at += 46 + nameBytes! + extraBytes! + noteBytes!;
  }
  return files;
}

/** The rows of a CSV by its heads: RFC 4180. */
export function rows(csv: string): Record<string, string>[] {
  const table: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.trimEnd().matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    table.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === '') break;
    if (end !== ',') table.push([]);
  }
  const [head, ...lines] = table;
  return lines.map((line) => Object.fromEntries(head!.map((name, n) => [name, line[n]!])));
}

/** Width and height of a PNG. */
export function pngSize(png: Buffer): [number, number] {
  if (png.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') throw new Error('no PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}
