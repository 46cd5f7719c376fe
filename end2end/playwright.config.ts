import { defineConfig } from '@playwright/test';
import { browser, type Reader } from './support/browser.ts';

// Every page for every reader: with and without scripts, light and dark, phone and desktop.
// Specs called *.scripts.spec.ts need scripts and run only where there are some. A narrow window and other colours change
// how a page looks: there what is tagged @look is repeated, and on the phone the customer's day once more. Scripts
// change no colour: in the dark there are some.
const readers: Reader[] = [390, 1280].flatMap((width) => [
  { scripts: true, scheme: 'light', width },
  { scripts: false, scheme: 'light', width },
  { scripts: true, scheme: 'dark', width },
]);

export default defineConfig({
  testDir: './tests',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  retries: 0,
  workers: 2,
  reporter: process.env.CI ? [['list']] : [['line']],
  outputDir: process.env.PLAYWRIGHT_OUTPUT ?? 'test-results',
  use: { screenshot: 'only-on-failure', trace: process.env.TRACE ? 'retain-on-failure' : 'off' },
  projects: readers.map((reader) => ({
    name: `${reader.scripts ? 'scripts' : 'no-scripts'} ${reader.scheme} ${reader.width}`,
    grep: reader.scheme === 'dark' ? /@look/ : reader.width < 600 ? /@look|working-day/ : undefined,
    testIgnore: reader.scripts ? [] : ['**/*.scripts.spec.ts'],
    use: browser(reader),
  })),
});
