// Amazon's client for Node. `driver.js ENDPOINT TABLE`: a line of JSON on standard output for each answer;
// `driver.js ENDPOINT --load TABLE WHO ORDER`: as load.py beside this folder tells;
// `driver.js ENDPOINT --bench TABLE ITEMS SECONDS CALLERS`.
import { readFileSync, writeSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import dax from '@amazon-dax-sdk/client-dax';

const [endpoint, table] = process.argv.slice(2);
const client = new dax.Dax({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDUMMY', secretAccessKey: process.env.DRIVER_SECRET ?? 'SECRETDUMMY' },
});

/** DynamoDB JSON as the client wants it: bytes for base64 text. */
function plain(given) {
  if (Array.isArray(given)) return given.map(plain);
  if (given === null || typeof given !== 'object') return given;
  const names = Object.keys(given);
  if (names.length === 1 && typeof given.B === 'string') return { B: Buffer.from(given.B, 'base64') };
  if (names.length === 1 && Array.isArray(given.BS)) return { BS: given.BS.map((each) => Buffer.from(each, 'base64')) };
  return Object.fromEntries(names.map((name) => [name, plain(given[name])]));
}

/** An answer of the client as JSON can tell it. */
function told(given) {
  if (given instanceof Uint8Array) return Buffer.from(given).toString('base64');
  if (given instanceof Set || Array.isArray(given)) return [...given].map(told);
  if (given === null || typeof given !== 'object') return given;
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, told(value)]));
}

async function ask({ op, input, paged }) {
  const call = op[0].toLowerCase() + op.slice(1);
  const request = plain(input);
  const pages = [];
  for (;;) {
    const { $metadata, ...page } = await client[call](request);
    pages.push(told(page));
    if (!paged) return { output: pages[0] };
    if (!page.LastEvaluatedKey) return { pages };
    request.ExclusiveStartKey = page.LastEvaluatedKey;
  }
}

function refusal(error) {
  const reasons = error.cancellationReasons ?? error.CancellationReasons;
  const code = error.code ?? error.name;
  // The client puts the code before what the service said.
  const message = error.message.startsWith(`${code}: `) ? error.message.slice(code.length + 2) : error.message;
  return { code, message, ...(reasons ? { reasons: told(reasons) } : {}), ...(error.Item ? { Item: told(error.Item) } : {}) };
}

/** Waits: standard output may be a pipe that is full. */
function say(line) {
  let bytes = Buffer.from(line + '\n');
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(1, bytes));
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

async function run() {
  for (const step of JSON.parse(readFileSync(table, 'utf8')).steps) {
    for (let time = 0; time < (step.twice ? 2 : 1); time++) {
      const answer = await ask(step).catch((error) => ({ error: refusal(error) }));
      say(JSON.stringify({ step: step.name, time, ...answer }));
    }
  }
}

async function load(table, who, order) {
  // While the server is away the client waits with nothing that keeps a program alive.
  setInterval(() => {}, 1000);
  const possible = new Map();
  // When the client closes its connections because one broke, it forgets the calls on the others: they never end, not even
  // by its own timeout.
  const deadline = () => new Promise((_, failed) => setTimeout(() => failed(new Error('no answer in 5 s')), 5_000));
  const attempt = (call) => Promise.race([call, deadline()]).catch(async (error) => {
    say(`failed ${error.name} ${error.message}`.replaceAll('\n', ' '));
    await new Promise((done) => setTimeout(done, 20));
    return undefined;
  });
  for (let number = 0; ; number++) {
    const shape = order === 'up' ? number % 7 : 6 - (number % 7);
    const pk = `${who} ${number % 20}`;
    const item = { pk: { S: pk } };
    for (let n = 0; n < 1 + (shape % 4); n++) {
      const name = `n${(shape * 3 + n) % 10}`;
      item[name] = { S: `${name}=${number}` };
    }
    if (await attempt(client.putItem({ TableName: table, Item: item }))) {
      possible.set(pk, [item]);
      say('ok');
    } else {
      possible.set(pk, [...(possible.get(pk) ?? [undefined]), item]);
    }
    const found = await attempt(client.getItem({ TableName: table, Key: { pk: { S: pk } } }));
    if (found) {
      const right = possible.get(pk).some((item) => isDeepStrictEqual(item, found.Item));
      say(right ? 'ok' : `wrong ${JSON.stringify(found.Item)}, not ${JSON.stringify(possible.get(pk))}`);
    }
  }
}

/** How quickly items that are cached are read; latencies in microseconds. */
async function bench(table, ...numbers) {
  const [items, seconds, callers] = numbers.map(Number);
  const get = (number) => client.getItem({ TableName: table, Key: { pk: { S: `item ${number}` } } });
  for (let number = 0; number < items; number++) if (!(await get(number)).Item) throw new Error(`${number} is not there`);
  const took = [];
  const begin = performance.now();
  const ask = async (caller) => {
    for (let number = caller, after = 0; after < begin + seconds * 1000; ) {
      // A prime: every item comes up before one comes again.
      number = (number + 7919) % items;
      const before = performance.now();
      await get(number);
      after = performance.now();
      took.push((after - before) * 1000);
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => ask(caller)));
  const elapsed = (performance.now() - begin) / 1000;
  took.sort((a, b) => a - b);
  say(JSON.stringify({ calls: took.length, seconds: elapsed, p50: took[took.length >> 1], p99: took[Math.floor(took.length * 0.99)] }));
}

const modes = { '--load': load, '--bench': bench };
await (modes[table] ?? run)(...process.argv.slice(4));
// Its timers would keep the program alive.
process.exit(0);
