import { defineConfig } from '@playwright/test';
import { browser } from './support/browser.ts';

// The pictures of the README: docs/screenshots.
export default defineConfig({
  testDir: './screenshots',
  timeout: 180_000,
  workers: 1,
  reporter: [['line']],
  use: browser({ scripts: true, scheme: 'light', width: 1280 }),
});
