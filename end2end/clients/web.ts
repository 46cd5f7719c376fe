import { build } from 'esbuild';
import { createServer, type Server } from 'node:http';

/** How tall every page is, in pixels: four windows of the tests' browser. */
export const TALL = 3600;

interface Content {
  body: string;
  status: number;
  headers: Record<string, string>;
}

/** The web sites of a test: one server that answers for every host ending in `.example`. */
export class Web {
  private readonly contents = new Map<string, Content>();

  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {}

  static async open(): Promise<Web> {
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://any.example').pathname;
      const found = web.contents.get(path) ?? { body: 'nothing here', status: 404, headers: { 'content-type': 'text/plain' } };
      response.writeHead(found.status, found.headers).end(found.body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (!address || typeof address !== 'object') throw new Error('no port');
    const web = new Web(server, address.port);
    return web;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** The address of a path under a host. */
  at(host: string, path: string): string {
    return `http://${host}:${this.port}${path}`;
  }

  /** Puts a page under a path, the same for all hosts. */
  page(path: string, { head = '', body = '', status = 200 }: { head?: string; body?: string; status?: number }): void {
    const html = `<!doctype html><html lang="en"><head><title>Page</title><link rel="icon" href="data:,">${head}</head>
<body style="margin: 0"><div style="height: ${TALL}px">${body}</div></body></html>`;
    this.contents.set(path, { body: html, status, headers: { 'content-type': 'text/html; charset=utf-8' } });
  }

  /** Puts a file to be saved under a path. */
  file(path: string): void {
    this.contents.set(path, { body: 'a file', status: 200, headers: { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' } });
  }

  /** Bundles a module of a page with the packages it imports, as its author would, and gives the tag that loads it. */
  async module(path: string, source: string): Promise<string> {
    const { outputFiles } = await build({
      stdin: { contents: source, resolveDir: import.meta.dirname },
      bundle: true,
      format: 'esm',
      write: false,
      logLevel: 'silent',
    });
    this.contents.set(path, { body: outputFiles[0]!.text, status: 200, headers: { 'content-type': 'text/javascript' } });
    return `<script type="module" src="${path}"></script>`;
  }
}
