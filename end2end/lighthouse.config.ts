import { defineConfig } from '@playwright/test';
import { browser } from './support/browser.ts';

// Lighthouse looks through a port of its own at the browser that Playwright has started.
export const PORT = 9_333;

const reader = browser({ scripts: true, scheme: 'light', width: 1280 });

export default defineConfig({
  testDir: './lighthouse',
  testMatch: '*.spec.ts',
  timeout: 300_000,
  workers: 1,
  // Whatever else the machine does makes a page look slower, never faster: what falls short is audited again.
  retries: 2,
  reporter: [['list']],
  outputDir: process.env.PLAYWRIGHT_OUTPUT ?? 'test-results',
  use: {
    ...reader,
    launchOptions: { ...reader.launchOptions, args: [...reader.launchOptions.args, `--remote-debugging-port=${PORT}`] },
  },
});
