// What the core script sends, and when it keeps silent.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open } from './pages.mjs';

let house;
before(async () => (house = await open()));
after(() => house.close());

const names = (events) => events.map((event) => event.n);
const paths = (events) => events.map((event) => new URL(event.u).pathname + new URL(event.u).hash);

test('a page view says page, domain, referrer and width, and nothing else', async () => {
  const { sent, events, problems } = await house.visit('{tag}', { path: '/start?utm_source=x', referer: 'https://www.google.com/' });
  assert.deepEqual(await events(1), [{ n: 'pageview', u: `${house.origin}/start?utm_source=x`, d: 'site.test', r: 'https://www.google.com/', w: 800 }]);
  assert.equal(sent[0].path, '/api/event');
  assert.equal(sent[0].headers['content-type'], 'text/plain');
  assert.equal(sent[0].headers.cookie, undefined);
  assert.deepEqual(problems, []);
});

test('without a referrer there is none, without a domain the server takes the host', async () => {
  const { events } = await house.visit('<script data-local data-force src="/js/script.js"></script>');
  assert.deepEqual(await events(1), [{ n: 'pageview', u: `${house.origin}/start`, d: null, r: null, w: 800 }]);
});

test('moves within a page are page views once per path, with the page before as referrer', async () => {
  const { page, events } = await house.visit('{tag}', { referer: 'https://b.example/' });
  await events(1);
  await page.evaluate(() => {
    history.pushState({}, '', '/two');
    history.pushState({}, '', '/two?again=1');
    history.replaceState({}, '', '/two?more=1');
    location.hash = 'part';
    history.pushState({}, '', '/three');
    footfall('Click');
    history.go(-1);
  });
  const seen = await events(5);
  assert.deepEqual(names(seen), ['pageview', 'pageview', 'pageview', 'Click', 'pageview']);
  assert.deepEqual(paths(seen), ['/start', '/two', '/three', '/three', '/two#part']);
  assert.deepEqual(seen.map((event) => event.r), ['https://b.example/', `${house.origin}/start`, `${house.origin}/two`, `${house.origin}/two`, `${house.origin}/three`]);
});

test('with hash routing the fragment is part of the page', async () => {
  const { page, events } = await house.visit('{tag}', { path: '/start#/a', tag: 'data-local data-force data-hash' });
  await events(1);
  await page.evaluate(() => (location.hash = '/b'));
  const seen = await events(2);
  assert.deepEqual(paths(seen), ['/start#/a', '/start#/b']);
  assert.deepEqual(seen.map((event) => event.h), [1, 1]);
});

test('a custom event carries props, revenue and whether it is interactive, and calls back', async () => {
  const { page, events } = await house.visit('{tag}');
  await events(1);
  const result = await page.evaluate(
    () =>
      new Promise((callback) =>
        footfall('Buy', { props: { plan: 'pro', n: 3 }, revenue: { amount: 9.9, currency: 'EUR' }, interactive: false, u: 'https://site.test/paid', callback }),
      ),
  );
  assert.deepEqual(result, { status: 202 });
  const [, event] = await events(2);
  const expected = { n: 'Buy', u: 'https://site.test/paid', d: 'site.test', r: null, w: 800, p: { plan: 'pro', n: 3 }, $: { amount: 9.9, currency: 'EUR' }, i: false };
  assert.deepEqual(event, expected);
});

test('calls made before the script has come are made up for, and the stub goes on', async () => {
  const stub = '<script>window.plausible = window.plausible || function () { (plausible.q = plausible.q || []).push(arguments) }; plausible("Early", { props: { a: 1 } })</script>{tag}';
  const { page, events } = await house.visit(stub);
  assert.deepEqual(names(await events(2)).sort(), ['Early', 'pageview']);
  await page.evaluate(() => {
    plausible('Late');
    footfall('Later');
  });
  assert.deepEqual(names(await events(4)).slice(2).sort(), ['Late', 'Later']);
});

test('a stub shared by both names is made up for once', async () => {
  const stub = '<script>window.footfall = window.plausible = function () { (footfall.q = footfall.q || []).push(arguments) }; footfall("Early")</script>{tag}';
  const { events, problems } = await house.visit(stub);
  assert.deepEqual(names(await events(2)).sort(), ['Early', 'pageview']);
  assert.deepEqual(problems, []);
});

test('the function of another product is left alone', async () => {
  const { page, events } = await house.visit('<script>window.other = []; window.plausible = (name) => other.push(name)</script>{tag}');
  await events(1);
  await page.evaluate(() => plausible('Theirs'));
  assert.deepEqual(names(await events(1)), ['pageview']);
  assert.deepEqual(await page.evaluate(() => other), ['Theirs']);
});

test('without a stub both names work', async () => {
  const { page, events } = await house.visit('{tag}');
  await events(1);
  await page.evaluate(() => plausible('Old name'));
  assert.deepEqual(names(await events(2)), ['pageview', 'Old name']);
});

test('the script counts once, however often it is included', async () => {
  const { page, events } = await house.visit('{tag}<script defer data-domain="site.test" data-local data-force src="/js/script.js"></script>');
  await events(1);
  await page.evaluate(() => history.pushState({}, '', '/two'));
  assert.deepEqual(paths(await events(2)), ['/start', '/two']);
});

test('manual pages are counted by hand', async () => {
  const { page, events } = await house.visit('{tag}', { tag: 'data-local data-force data-manual' });
  await page.evaluate(() => {
    history.pushState({}, '', '/two');
    footfall('pageview', { u: 'https://site.test/named' });
  });
  assert.deepEqual((await events(1)).map((event) => event.u), ['https://site.test/named']);
});

test('events go where data-api says', async () => {
  const { sent, events } = await house.visit('{tag}', { tag: 'data-local data-force data-api="/elsewhere"' });
  await events(1);
  assert.equal(sent[0].path, '/elsewhere');
});

for (const [why, options] of [
  ['a local page', { tag: 'data-force' }],
  ['an automated browser', { tag: 'data-local' }],
  ['a visitor who opted out', { before: () => localStorage.setItem('footfall_ignore', 'true') }],
  ['a visitor who opted out of Plausible', { before: () => localStorage.setItem('plausible_ignore', 'true') }],
]) {
  test(`nothing is sent of ${why}, and calls are called back`, async () => {
    const { page, events, warnings } = await house.visit('{tag}', options);
    await page.evaluate(() => new Promise((callback) => footfall('Click', { callback })));
    assert.deepEqual(await events(0), []);
    assert.equal(warnings.length, 2);
  });
}

test('tests of pages may count, as with Plausible', async () => {
  const { events } = await house.visit('{tag}', { tag: 'data-local', before: () => (window.__plausible = true) });
  assert.deepEqual(names(await events(1)), ['pageview']);
});

test('a page nobody looks at is counted when it is looked at', async () => {
  const hidden = () => {
    window.shown = 'hidden';
    Object.defineProperty(document, 'visibilityState', { get: () => window.shown });
  };
  const { page, events } = await house.visit('{tag}', { before: hidden });
  assert.deepEqual(await events(0), []);
  await page.evaluate(() => {
    window.shown = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    document.dispatchEvent(new Event('visibilitychange'));
  });
  assert.deepEqual(names(await events(1)), ['pageview']);
});

test('nothing is stored', async () => {
  const { page, context, events } = await house.visit('{tag}');
  await events(1);
  const stored = await page.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, (await caches.keys()).length]);
  assert.deepEqual(stored, [0, 0, '', 0, 0]);
  assert.deepEqual(await context.cookies(), []);
});

test('nothing the page does makes the script throw', async () => {
  const { page, events, problems } = await house.visit('{tag}');
  await events(1);
  const errors = await page.evaluate(async () => {
    const circle = {};
    circle.self = circle;
    const failed = (options) => new Promise((callback) => footfall('Bad', { ...options, callback }));
    footfall('Null', null);
    const results = [await failed({ props: circle })];
    window.fetch = () => Promise.reject(new Error('offline'));
    results.push(await failed({}));
    window.fetch = undefined;
    results.push(await failed({}));
    history.pushState({}, '', '/two');
    return results.map(({ error }) => error instanceof Error);
  });
  assert.deepEqual(errors, [true, true, true]);
  assert.deepEqual(problems, []);
  assert.deepEqual(names(await events(2)), ['pageview', 'Null']);
});

test('a page without access to its storage is counted', async () => {
  const { events, problems } = await house.visit('{tag}', {
    before: () =>
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new Error('denied');
        },
      }),
  });
  assert.deepEqual(names(await events(1)), ['pageview']);
  assert.deepEqual(problems, []);
});
