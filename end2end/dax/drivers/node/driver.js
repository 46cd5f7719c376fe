// Amazon's client for Node. `driver.js ENDPOINT TABLE`: a line of JSON on standard output for each answer.
import { readFileSync, writeSync } from 'node:fs';
import dax from '@amazon-dax-sdk/client-dax';

const [endpoint, table] = process.argv.slice(2);
const client = new dax.Dax({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDUMMY', secretAccessKey: 'SECRETDUMMY' },
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
  return { code: error.code ?? error.name, message: error.message, ...(reasons ? { reasons: told(reasons) } : {}), ...(error.Item ? { Item: told(error.Item) } : {}) };
}

/** Waits: standard output may be a pipe that is full. */
function say(line) {
  let bytes = Buffer.from(JSON.stringify(line) + '\n');
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(1, bytes));
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

for (const step of JSON.parse(readFileSync(table, 'utf8')).steps) {
  for (let time = 0; time < (step.twice ? 2 : 1); time++) {
    const answer = await ask(step).catch((error) => ({ error: refusal(error) }));
    say({ step: step.name, time, ...answer });
  }
}
// Its timers would keep the program alive.
process.exit(0);
