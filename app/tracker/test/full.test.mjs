// What the full script sends beside the core: engagement, links, downloads, forms, missing pages.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open } from './pages.mjs';

let house;
before(async () => (house = await open()));
after(() => house.close());

const full = { script: 'script.full.js' };
const names = (events) => events.map((event) => event.n);
const custom = (events) => events.filter((event) => event.n != 'pageview' && event.n != 'engagement');

/** Makes the page believe it is covered, or seen again. */
const cover = (page, state) =>
  page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

test('leaving a page says how long and how far it was read', async () => {
  const { page, events, problems } = await house.visit('<body style="margin:0"><div style="height:2400px"></div>{tag}', full);
  await events(1);
  await page.evaluate(() => scrollTo(0, 600));
  await page.waitForTimeout(300);
  await page.evaluate(() => scrollTo(0, 0));
  await cover(page, 'hidden');
  const [, engagement] = await events(2);
  const { e, ...rest } = engagement;
  assert.deepEqual(rest, { n: 'engagement', u: `${house.origin}/start`, d: 'site.test', sd: 50 });
  assert.ok(e >= 300 && e < 5000, `${e} ms`);
  assert.deepEqual(problems, []);
});

test('a second look is told only if it was long or went farther', async () => {
  const { page, events } = await house.visit('<body style="margin:0"><div style="height:2400px"></div>{tag}', full);
  await events(1);
  await cover(page, 'hidden');
  await cover(page, 'visible');
  await cover(page, 'hidden');
  assert.deepEqual(names(await events(2)), ['pageview', 'engagement']);
  await cover(page, 'visible');
  await page.evaluate(() => scrollTo(0, 1800));
  await page.waitForTimeout(100);
  await cover(page, 'hidden');
  const [, first, second] = await events(3);
  assert.equal(first.sd, 25);
  assert.equal(second.sd, 100);
});

test('time does not run while the page is covered', async () => {
  const { page, events } = await house.visit('{tag}', full);
  await events(1);
  await cover(page, 'hidden');
  const [, first] = await events(2);
  await page.waitForTimeout(400);
  await cover(page, 'visible');
  await page.evaluate(() => history.pushState({}, '', '/two'));
  await cover(page, 'hidden');
  const seen = await events(4);
  assert.deepEqual(names(seen), ['pageview', 'engagement', 'pageview', 'engagement']);
  assert.ok(first.e < 1500 && seen[3].e < 400, `${first.e} and ${seen[3].e} ms`);
});

test('a move within the page tells of the page left, with its own address', async () => {
  const { page, events } = await house.visit('{tag}', { ...full, tag: 'data-local data-force data-manual' });
  await page.evaluate(() => footfall('pageview', { u: 'https://site.test/one', props: { author: 'jo' } }));
  await events(1);
  await page.evaluate(() => footfall('pageview', { u: 'https://site.test/two' }));
  const seen = await events(3);
  assert.deepEqual(names(seen), ['pageview', 'engagement', 'pageview']);
  assert.deepEqual([seen[1].u, seen[1].p, seen[1].sd], ['https://site.test/one', { author: 'jo' }, 100]);
});

test('closing a page sends its engagement', async () => {
  const { page, events, sent } = await house.visit('{tag}', full);
  await events(1);
  await page.goto(`${house.origin}/next`);
  await page.waitForTimeout(300);
  assert.deepEqual(names(sent.map(({ body }) => body)), ['pageview', 'engagement']);
});

test('links that lead away or to a file are counted without their query', async () => {
  const links = `
    <a id="out" href="http://127.0.0.2:1/x?token=1#f" onclick="event.preventDefault()"><b id="inner">out</b></a>
    <a id="file" href="/paper.PDF?v=2" onclick="event.preventDefault()">file</a>
    <a id="in" href="/inside" onclick="event.preventDefault()">in</a>
    <a id="mail" href="mailto:a@b.example" onclick="event.preventDefault()">mail</a>
    <a id="none">none</a>{tag}`;
  const { page, events } = await house.visit(links, full);
  await events(1);
  for (const id of ['inner', 'file', 'in', 'mail', 'none']) await page.click(`#${id}`);
  const seen = custom(await events(3));
  assert.deepEqual(seen.map((event) => [event.n, event.p]), [
    ['Outbound Link: Click', { url: 'http://127.0.0.2:1/x' }],
    ['File Download', { url: `${house.origin}/paper.PDF` }],
  ]);
});

test('the middle button opens links too, the right one does not', async () => {
  const { page, events } = await house.visit('<a id="file" href="/a.zip">file</a>{tag}', full);
  await events(1);
  await page.evaluate(() => {
    for (const button of [1, 2]) document.getElementById('file').dispatchEvent(new MouseEvent('auxclick', { button, bubbles: true }));
  });
  assert.deepEqual(names(custom(await events(2))), ['File Download']);
});

test('forms are counted when they are sent', async () => {
  const form = '<form action="/sent"><input id="field" required><button id="go">Go</button></form>{tag}';
  const { page, events } = await house.visit(form, full);
  await events(1);
  await page.click('#go');
  assert.deepEqual(custom(await events(1)), [], 'the browser refused to send it');
  await page.fill('#field', 'x');
  await page.click('#go');
  assert.deepEqual(names(custom(await events(2))), ['Form: Submission']);
});

test('marked elements are counted by their class', async () => {
  const marked = `
    <button id="button" class="big plausible-event-name=Sign+up plausible-event-plan=pro"><i id="inner">x</i></button>
    <form id="form" class="footfall-event-name=Order" onsubmit="event.preventDefault()"><button id="go">Go</button></form>{tag}`;
  const { page, events } = await house.visit(marked, full);
  await events(1);
  await page.click('#inner');
  await page.click('#go');
  const seen = custom(await events(3));
  assert.deepEqual(seen.map((event) => [event.n, event.p]), [['Sign up', { plan: 'pro' }], ['Order', {}]]);
});

test('a missing page says so by itself, without ending a bounce', async () => {
  const { events } = await house.visit('{tag}', { ...full, path: '/missing', status: 404 });
  const [event] = custom(await events(2));
  assert.deepEqual([event.n, event.p, event.i], ['404', { path: '/missing' }, false]);
});

test('under a name of Plausible only the named features are on', async () => {
  const page404 = { path: '/gone', status: 404, script: 'script.hash.file-downloads.js' };
  const { page, events } = await house.visit('<a id="out" href="http://127.0.0.2:1/" onclick="event.preventDefault()">o</a><a id="file" href="/a.pdf" onclick="event.preventDefault()">f</a>{tag}', page404);
  await events(1);
  await page.click('#out');
  await page.click('#file');
  const seen = await events(2);
  assert.deepEqual(names(custom(seen)), ['File Download']);
  assert.equal(seen[0].h, 1);
});

test('under a name of its own everything is on', async () => {
  const { events } = await house.visit('{tag}', { path: '/gone', status: 404, script: 'anything.js' });
  assert.deepEqual(names(custom(await events(2))), ['404']);
});

test('properties on the tag are those of every page view', async () => {
  const { page, events } = await house.visit('{tag}', { ...full, tag: 'data-local data-force event-author="Jo" event-section="news"' });
  await events(1);
  await page.evaluate(() => footfall('pageview', { props: { author: 'Mo' } }));
  await page.evaluate(() => footfall('Click'));
  const seen = await events(4);
  assert.deepEqual(seen.map((event) => [event.n, event.p]), [
    ['pageview', { author: 'Jo', section: 'news' }],
    ['engagement', { author: 'Jo', section: 'news' }],
    ['pageview', { author: 'Mo', section: 'news' }],
    ['Click', undefined],
  ]);
});

test('clicks outside elements make no error', async () => {
  const { page, events, problems } = await house.visit('{tag}', full);
  await events(1);
  await page.evaluate(() => document.dispatchEvent(new MouseEvent('click')));
  assert.deepEqual(problems, []);
});
