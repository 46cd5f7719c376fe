import { defineConfig } from '@playwright/test';
import { browser, PERSON } from './support/browser.ts';

// Trackers, other people's and our own, in pages of their own: what they send must be in the reports.
const reader = browser({ scripts: true, scheme: 'light', width: 1280 });

export default defineConfig({
  testDir: './clients',
  outputDir: './test-results/clients',
  timeout: 30_000,
  expect: { timeout: 8_000 },
  forbidOnly: !!process.env.CI,
  retries: 0,
  workers: 1,
  reporter: process.env.CI ? [['list']] : [['line']],
  use: {
    ...reader,
    trace: 'retain-on-failure',
    launchOptions: {
      ...reader.launchOptions,
      args: [
        ...reader.launchOptions.args,
        // Every web site of these tests is on this machine. Of two rules of this name, Chromium follows the later.
        '--host-resolver-rules=MAP *.example 127.0.0.1',
        // What a page sends while it goes is not sent under the user agent of Playwright's settings.
        `--user-agent=${PERSON}`,
      ],
    },
  },
});
