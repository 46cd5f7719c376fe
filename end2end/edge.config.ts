import { defineConfig } from '@playwright/test';
import { browser } from './support/browser.ts';

// Through a real cache: Varnish with the file of deploy/varnish in front of Footfall.
export default defineConfig({
  testDir: './edge',
  outputDir: './test-results/edge',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: !!process.env.CI,
  retries: 0,
  workers: 1,
  reporter: process.env.CI ? [['list']] : [['line']],
  use: { ...browser({ scripts: true, scheme: 'light', width: 1280 }), screenshot: 'only-on-failure' },
});
