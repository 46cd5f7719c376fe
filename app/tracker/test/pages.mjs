// A server of test pages that notes what the scripts send, and a browser that visits them.

import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const dist = new URL('../dist/', import.meta.url);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Starts both; `close` ends them. */
export async function open() {
  const sent = [];
  const pages = new Map();
  const server = createServer((request, response) => answer(request, response, sent, pages));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS });
  return {
    origin,
    visit: (html, options) => visit(browser, origin, sent, pages, html, options),
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Opens a page in a browser of its own. `html` is what the page holds, `{tag}` stands for the script's tag. */
async function visit(browser, origin, sent, pages, html, { path = '/start', tag = 'data-local data-force', script = 'script.js', status = 200, before, referer } = {}) {
  const shown = html.replace('{tag}', `<script defer data-domain="site.test" ${tag} src="/js/${script}"></script>`);
  pages.clear();
  pages.set(path.split(/[?#]/)[0], { html: `<!doctype html><title>Test</title>${shown}`, status });
  sent.length = 0;
  const context = await browser.newContext({ viewport: { width: 800, height: 600 } });
  const page = await context.newPage();
  const problems = [];
  const warnings = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() == 'warning' && warnings.push(message.text()));
  if (before) await page.addInitScript(before);
  await page.goto(origin + path, { referer });
  return { page, context, sent, problems, warnings, events: (count) => events(page, sent, count) };
}

/** Waits until so many events have come, and a little longer, so that one too many is seen. */
async function events(page, sent, count) {
  for (let waited = 0; sent.length < count && waited < 3000; waited += 10) await page.waitForTimeout(10);
  await page.waitForTimeout(120);
  return sent.map(({ body }) => body);
}

function answer(request, response, sent, pages) {
  const path = new URL(request.url, 'http://x').pathname;
  if (request.method == 'POST') {
    let text = '';
    request.on('data', (data) => (text += data));
    request.on('end', () => {
      sent.push({ path, headers: request.headers, body: JSON.parse(text) });
      response.writeHead(202).end('ok');
    });
  } else if (path.startsWith('/js/')) {
    const file = path == '/js/script.js' ? 'script.js' : 'script.full.js';
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(readFileSync(new URL(file, dist)));
  } else {
    const page = pages.get(path) || { html: '<!doctype html><title>Other</title>', status: 200 };
    response.writeHead(page.status, { 'Content-Type': 'text/html' }).end(page.html);
  }
}
