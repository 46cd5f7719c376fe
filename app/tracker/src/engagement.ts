// How long and how far a page is read. Time counts while the page is visible and has the focus.

import { type Body, send } from './core';

/** Less than this is not worth a request of its own, unless something new was scrolled into view; milliseconds. */
const WORTH_SENDING = 3000;

let current: Body | undefined;
let engaged = 0;
let since = 0;
let deepest = 0;
let height = 1;
let sent = -1;

const attended = () => document.visibilityState == 'visible' && document.hasFocus();

const measure = () => {
  height = document.documentElement.scrollHeight || 1;
  deepest = Math.max(deepest, scrollY + innerHeight);
};

/** Adds up the time until now, and begins anew if the page still has the reader's attention. */
const settle = () => {
  const now = performance.now();
  if (since) engaged += now - since;
  since = attended() ? now : 0;
};

/** Says what was not said yet of the page being left or covered. */
const flush = () => {
  const depth = Math.min(100, Math.round((deepest * 100) / height));
  if (!current || (depth <= sent && engaged < WORTH_SENDING)) return;
  send({ n: 'engagement', u: current.u, p: current.p, e: Math.round(engaged), sd: depth });
  engaged = 0;
  sent = Math.max(sent, depth);
};

const change = () => {
  settle();
  measure();
  if (!since) flush();
};

/** Watches from now on. The function returned is told of every page view before it is sent. */
export const watchEngagement = () => {
  addEventListener('scroll', measure, { passive: true });
  addEventListener('load', measure);
  document.addEventListener('visibilitychange', change);
  addEventListener('focus', change);
  addEventListener('blur', change);
  addEventListener('pagehide', change);
  return (next: Body) => {
    settle();
    flush();
    current = next;
    engaged = deepest = 0;
    sent = -1;
    measure();
  };
};
