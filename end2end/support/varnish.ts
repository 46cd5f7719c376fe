import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from './footfall.ts';

const VCL = resolve('../deploy/varnish/footfall.vcl');

export interface Place {
  /** Its own port. */
  port: number;
  /** Where Footfall is. */
  behind: string;
  /** Addresses that may say who the visitor is. */
  fronts?: string[];
  /** Another port, where whoever asks says by the PROXY protocol for whom. */
  proxied?: number;
  /** What else of the VCL is another text here. */
  changes?: [string, string][];
}

/** A Varnish of our own with the product's VCL: another port behind it, and nothing else changed but what is said. */
export class Varnish {
  private constructor(
    private readonly process: ChildProcess,
    private readonly dir: string,
    /** Where it is reached, no slash at the end. */
    readonly origin: string,
  ) {}

  static async start({ port, behind, fronts = [], proxied, changes = [] }: Place): Promise<Varnish> {
    const dir = mkdtempSync(join(tmpdir(), 'footfall-varnish-'));
    const vcl = replaced(readFileSync(VCL, 'utf8'), [
      ['.port = "8000";', `.port = "${new URL(behind).port}";`],
      ['acl fronts {\n}', `acl fronts {\n${fronts.map((address) => `"${address}";\n`).join('')}}`],
      ...changes,
    ]);
    writeFileSync(join(dir, 'footfall.vcl'), vcl);
    const folder = ['-n', join(dir, 'work'), '-f', join(dir, 'footfall.vcl')];
    const doors = [`127.0.0.1:${port}`, ...(proxied ? [`127.0.0.1:${proxied},PROXY`] : [])].flatMap((door) => ['-a', door]);
    const args = ['-F', ...doors, '-T', 'none', '-s', 'malloc,64m', '-j', 'none', ...folder];
    const child = spawn('varnishd', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream!.on('data', (chunk) => said.push(String(chunk)));
    const varnish = new Varnish(child, dir, `http://127.0.0.1:${port}`);
    // It compiles its VCL first.
    await eventually(async () => (await fetch(`${varnish.origin}/healthz`)).ok, 30_000).catch(async (error) => {
      await varnish.stop();
      throw new Error(`${error}\n${said.join('')}`);
    });
    return varnish;
  }

  /** One of its counters, as varnishstat has it. */
  async counted(name: string): Promise<number> {
    const { stdout } = await promisify(execFile)('varnishstat', ['-n', join(this.dir, 'work'), '-1', '-f', name]);
    const [said, value] = stdout.trim().split(/\s+/);
    if (said !== name) throw new Error(`no counter ${name}`);
    return Number(value);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null) {
      const gone = new Promise((done) => this.process.once('close', done));
      this.process.kill('SIGTERM');
      await gone;
    }
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** A text with some of it replaced; what is not there is an error, not left alone. */
function replaced(text: string, changes: [string, string][]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the VCL has no ${from}`);
    return text.replace(from, to);
  }, text);
}
