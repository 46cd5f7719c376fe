/** Who looks at a page. */
export interface Reader {
  scripts: boolean;
  scheme: 'light' | 'dark';
  width: number;
}

// Headless Chromium calls itself a machine, and machines are rightly not counted.
export const PERSON =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

/** Settings of Playwright for a reader. The tracked site, `shop.example`, is on this machine, and so is a blog. */
export function browser({ scripts, scheme, width }: Reader) {
  const phone = width < 600;
  return {
    browserName: 'chromium' as const,
    javaScriptEnabled: scripts,
    colorScheme: scheme,
    viewport: { width, height: phone ? 844 : 900 },
    hasTouch: phone,
    userAgent: PERSON,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // The tracker keeps silent where a program drives the browser; here a program plays a person.
        '--disable-blink-features=AutomationControlled',
        '--host-resolver-rules=MAP shop.example 127.0.0.1, MAP blog.example 127.0.0.1',
      ],
    },
  };
}
