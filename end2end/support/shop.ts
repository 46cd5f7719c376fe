import { createServer, type Server } from 'node:http';

/** A web site that is counted: every path is a page with the given lines in its head. */
export class Shop {
  private constructor(
    private readonly server: Server,
    /** Where it is reached by the browser of the tests. */
    readonly origin: string,
  ) {}

  static async open(head: () => string): Promise<Shop> {
    const server = createServer((request, response) => {
      if (request.url === '/favicon.ico') return void response.writeHead(204).end();
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(`<!doctype html><html lang="en"><head><title>Shop</title>${head()}</head><body><h1>Shop</h1></body></html>`);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (!address || typeof address !== 'object') throw new Error('the shop has no door');
    return new Shop(server, `http://shop.example:${address.port}`);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
