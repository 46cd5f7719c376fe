import { createServer, type Server } from 'node:http';
import type { FrameLocator, Page } from '@playwright/test';

/** Four widgets, and how high their frames are before a script says it. */
export const FOUR: [string, number][] = [['visitors?theme=auto', 190], ['chart', 420], ['sources?limit=5', 260], ['live', 60]];

/** Frames with widgets of a site. */
export const frames = (origin: string, site: string, widgets: [string, number][]): string =>
  widgets.map(([widget, height]) => `<p><iframe title="${widget}" width="100%" height="${height}" src="${origin}/embed/${site}/${widget}"></iframe></p>`).join('');

/** The script that gives frames the height of what is in them. */
export const heights = ({ origin }: { origin: string }): string => `<script defer src="${origin}/embed/height.js"></script>`;

/** What is in the frame of a widget. */
export const inside = (page: Page, widget: string): FrameLocator => page.frameLocator(`iframe[title="${widget}"]`);

/** What sticks out of each frame, sideways and below. */
export const sticksOut = (page: Page): Promise<number[][]> =>
  Promise.all(
    page.frames().slice(1).map((frame) =>
      frame.locator('html').evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => [scrollWidth - clientWidth, scrollHeight - clientHeight]),
    ),
  );

/** Somebody else's page, on a host of its own, with frames in it. */
export class Blog {
  private constructor(
    private readonly server: Server,
    /** Where it is: another site than the server under test, not only another port. */
    readonly origin: string,
  ) {}

  /** `content` is asked for the inside of the page at each request; `head` for what else stands in its head. */
  static async open(content: () => string, head: () => string = () => ''): Promise<Blog> {
    const server = createServer((request, response) => {
      if (request.url === '/favicon.ico') return void response.writeHead(204).end();
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A blog</title><style>:root{color-scheme:light dark}body{max-width:680px;margin:24px auto;padding:0 16px;font:17px/1.6 Georgia,serif}
iframe{border:0;color-scheme:light dark;max-width:100%}</style>${head()}</head>
<body><main><h1>What we learned in a year</h1><p>Numbers are open here. This is how many came, from where, and what they read.</p>
${content()}<p>And this is what comes after them.</p></main></body></html>`);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (!address || typeof address !== 'object') throw new Error('the blog has no door');
    return new Blog(server, `http://blog.example:${address.port}`);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
