import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const BIN = resolve(process.env.FOOTFALL_BIN ?? join(process.env.CARGO_TARGET_DIR ?? '../target', 'debug/footfall'));

/** A server of our own: the built binary, an empty data folder, a free port. */
export class Footfall {
  private constructor(
    private readonly process: ChildProcess,
    /** Its data folder. */
    readonly data: string,
    private readonly variables: Record<string, string>,
    /** Where it is reached, no slash at the end. */
    readonly origin: string,
    /** The link it printed for the first sign-in. */
    readonly setup: string,
  ) {}

  /** With settings of its own, as variables of its environment. */
  static async start(settings: Record<string, string> = {}): Promise<Footfall> {
    if (!existsSync(BIN)) throw new Error(`${BIN} is not there; run cargo xtask build, or name the binary in FOOTFALL_BIN`);
    const data = mkdtempSync(join(tmpdir(), 'footfall-end2end-'));
    const variables = { ...ownBackends(), ...settings };
    if (variables.FOOTFALL_BACKENDS_STORE) await run(['store', 'create', '--data', data], variables);
    const footfall = await Footfall.launch(data, variables, /setup\?token=\S+/);
    await eventually(async () => (await fetch(`${footfall.origin}/readyz`)).ok);
    return footfall;
  }

  private static async launch(data: string, variables: Record<string, string>, word: RegExp): Promise<Footfall> {
    const origin = `127.0.0.1:${await freePort()}`;
    const env = { ...process.env, ...variables };
    const child = spawn(BIN, ['serve', '--listen', origin, '--data', data], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = await words(child, word);
    return new Footfall(child, data, variables, `http://${origin}`, `http://${origin}/${said}`);
  }

  /** Ends, and begins again with the same data, at another door. Does not wait for its days: they may be unreadable. */
  async again(): Promise<Footfall> {
    await this.end();
    const footfall = await Footfall.launch(this.data, this.variables, /listens on/);
    await eventually(async () => (await fetch(`${footfall.origin}/healthz`)).ok);
    return footfall;
  }

  /** Runs a command of the binary on the same data folder, beside the running server. */
  command(args: string[], input = ''): Promise<string> {
    return run([...args, '--data', this.data], this.variables, input);
  }

  async stop(): Promise<void> {
    await this.end();
    rmSync(this.data, { recursive: true, force: true });
  }

  /** Ends, and leaves its data. */
  async end(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const gone = new Promise((done) => this.process.once('close', done));
    this.process.kill('SIGTERM');
    await gone;
  }
}

/** Runs a command to its end and returns what it printed. */
async function run(args: string[], variables: Record<string, string>, input = ''): Promise<string> {
  const child = spawn(BIN, args, { env: { ...process.env, ...variables }, stdio: ['pipe', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk) => out.push(chunk));
  child.stderr.on('data', (chunk) => errors.push(chunk));
  // A command that reads nothing may be gone before we have said nothing.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) throw new Error(`footfall ${args.join(' ')}: ${code}\n${Buffer.concat(errors)}`);
  return Buffer.concat(out).toString();
}

/** Where a server keeps its aggregates: in its data folder, or in a table of its own where the tests are given a DynamoDB. */
function ownBackends(): Record<string, string> {
  const { END2END_DYNAMODB: dynamodb, END2END_DAX: dax } = process.env;
  if (!dynamodb || !dax) return {};
  return {
    FOOTFALL_BACKENDS_STORE: `dynamodb://end2end-${randomUUID()}?region=us-east-1&endpoint=${dynamodb}`,
    FOOTFALL_BACKENDS_READS: dax,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
}

/** The first match in what a program prints. */
function words(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((found, failed) => {
    let text = '';
    const read = (chunk: Buffer) => {
      text += chunk;
      const match = text.match(pattern);
      if (match) found(match[0]);
    };
    child.stdout!.on('data', read);
    child.stderr!.on('data', read);
    child.once('close', (code) => failed(new Error(`the server ended (${code}):\n${text}`)));
  });
}

/** Waits until something holds; fails after ten seconds, or as long as is said. */
export async function eventually(holds: () => Promise<boolean>, patience = 10_000): Promise<void> {
  const until = Date.now() + patience;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > until) throw new Error(`waited ${patience / 1_000} seconds in vain`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** A port of this machine where nobody listens now. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? done(address.port) : failed(new Error('no port'))));
    });
  });
}
