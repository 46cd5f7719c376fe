// Page views and custom events, in the wire format of Plausible's trackers. Nothing is stored in the browser.

/** What a call may say beside the event's name. */
export interface Options {
  props?: Record<string, unknown>;
  revenue?: { amount: number | string; currency: string };
  /** Called when the event was answered, failed, or was not to be counted. */
  callback?: (result?: { status?: number; error?: unknown }) => void;
  /** False: the event does not end a bounce. */
  interactive?: boolean;
  /** Another URL than the page's; `u` and `url` mean the same. */
  u?: string;
  url?: string;
}

/** An event as it is sent; the names are those of the wire. Domain and hash routing are added when it is sent. */
export interface Body {
  n: string;
  u: string;
  r?: string | null;
  w?: number;
  p?: Record<string, unknown>;
  $?: Options['revenue'];
  i?: boolean;
  e?: number;
  sd?: number;
}

type Call = [name: string, options?: Options];

/** The function a page calls; before the script has come, a stub that keeps the calls in `q`. */
interface Api {
  (...call: Call): void;
  q?: Call[];
  /** Set on ours. */
  own?: 1;
}

declare global {
  interface Window {
    footfall?: Api;
    plausible?: Api;
    /** Set by tests of pages: automated browsers count too, as `data-force` says. */
    __plausible?: unknown;
  }
}

// A module has no tag of its own: then the page's element says what is wanted, and its origin takes the events.
export const script = document.currentScript || document.documentElement;
export const source = (script as HTMLScriptElement).src || location.href;

const attribute = (name: string) => script.getAttribute('data-' + name);

/** Whether a feature is asked for, by an attribute (`data-hash`) or in the script's name (`script.hash.js`). */
export const wants = (feature: string) => attribute(feature) != null || source.includes('.' + feature + '.');

const hash = wants('hash');
const api = attribute('api') || new URL('/api/event', source).href;

let referrer = document.referrer;
let page: string | undefined;
let pageUrl: string;
let beforePageView: ((body: Body) => void) | undefined;

/** Why nothing of this page is counted, if so. */
const ignored = () => {
  if (/^$|^localhost$|^127\.|^\[::1]$/.test(location.hostname) && !wants('local')) return 'local page';
  if (navigator.webdriver && !wants('force') && !window.__plausible) return 'automated browser';
  try {
    return (localStorage.footfall_ignore == 'true' || localStorage.plausible_ignore == 'true') && 'opted out';
  } catch {
    return; // A page without access to its storage has not opted out.
  }
};

/** Sends an event. Never throws, whatever it is given. */
export const send = (body: Body, callback?: Options['callback']) => {
  const done: NonNullable<Options['callback']> = (result) => callback && callback(result);
  const why = ignored();
  if (why) {
    console.warn('footfall: ignored,', why);
    return done();
  }
  try {
    fetch(api, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain' },
      keepalive: true,
      credentials: 'omit',
      body: JSON.stringify({ ...body, d: attribute('domain'), h: hash ? 1 : undefined }),
    }).then(
      (answer) => done({ status: answer.status }),
      (error) => done({ error }),
    );
  } catch (error) {
    done({ error });
  }
};

/** What `footfall(name, options)` does. */
export const track: Api = (name, options) => {
  options = options || {};
  const body: Body = {
    n: name,
    u: options.u || options.url || location.href,
    r: referrer || null,
    w: innerWidth,
    p: options.props,
    $: options.revenue,
    i: options.interactive,
  };
  if (name == 'pageview' && beforePageView) beforePageView(body);
  send(body, options.callback);
};

/** Counts the page shown now. After a move within the page, only if it is another one. */
const view = (moved?: unknown) => {
  const shown = location.pathname + (hash ? location.hash : '');
  if (moved) {
    if (shown == page) return;
    if (page) referrer = pageUrl;
  }
  page = shown;
  pageUrl = location.href;
  track('pageview');
};

/** Calls as soon as the page is looked at: a page fetched or opened in the background may never be. */
export const whenVisible = (then: () => void): void => {
  if (document.visibilityState == 'visible') then();
  else document.addEventListener('visibilitychange', () => whenVisible(then), { once: true });
};

const watchPages = () => {
  const push = history.pushState;
  history.pushState = function (...state) {
    push.apply(this, state);
    view(1);
  };
  addEventListener('popstate', view);
  addEventListener('hashchange', view);
  // A page that comes back whole from the browser's cache is seen again.
  addEventListener('pageshow', (event) => event.persisted && view());
  whenVisible(() => page || view());
};

/** Begins to count. False when another copy of the script has begun already. */
export const start = (watcher?: (body: Body) => void) => {
  if (window.footfall && window.footfall.own) return false;
  beforePageView = watcher;
  if (!wants('manual')) watchPages();
  for (const known of [window.footfall, window.plausible]) {
    if (!known) continue;
    for (const call of known.q || []) track(...call);
    // From now on the stub passes on. The function of another product is left alone: it never looks at `q`.
    known.q = [];
    known.q.push = (call) => track(...call) as never;
  }
  track.own = 1;
  window.plausible = window.plausible || track;
  window.footfall = track;
  return true;
};
