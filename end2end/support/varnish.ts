import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { eventually } from './footfall.ts';

const VCL = resolve('../deploy/varnish/footfall.vcl');

export interface Place {
  /** Its own port. */
  port: number;
  /** Where Footfall is. */
  behind: string;
  /** Addresses that may say who the visitor is. */
  fronts?: string[];
}

/** A Varnish of our own with the product's VCL: another port behind it, and nothing else changed. */
export class Varnish {
  private constructor(
    private readonly process: ChildProcess,
    private readonly dir: string,
    /** Where it is reached, no slash at the end. */
    readonly origin: string,
  ) {}

  static async start({ port, behind, fronts = [] }: Place): Promise<Varnish> {
    const dir = mkdtempSync(join(tmpdir(), 'footfall-varnish-'));
    const vcl = replaced(readFileSync(VCL, 'utf8'), [
      ['.port = "8000";', `.port = "${new URL(behind).port}";`],
      ['acl fronts {\n}', `acl fronts {\n${fronts.map((address) => `"${address}";\n`).join('')}}`],
    ]);
    writeFileSync(join(dir, 'footfall.vcl'), vcl);
    const folder = ['-n', join(dir, 'work'), '-f', join(dir, 'footfall.vcl')];
    const args = ['-F', '-a', `127.0.0.1:${port}`, '-T', 'none', '-s', 'malloc,64m', '-j', 'none', ...folder];
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
