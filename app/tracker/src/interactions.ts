// Clicks on links that lead away or to a file, clicks on marked elements, and forms sent.

import { source, track, wants } from './core';

const FILES = /\.(pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|txt|epub|zip|rar|7z|t?gz|bz2|xz|dmg|pkg|exe|msi|deb|rpm|apk|iso|jar|mp[34]|m4[av]|wav|mov|avi|mkv|webm)$/i;

/** Under a name such as Plausible's `script.outbound-links.js` only what is named is on; under any other, everything. */
const everything = wants('full') || !/\/(script|plausible)\.[^/]+\.js/.test(source);

/** Whether a feature is on. */
export const on = (feature: string) => everything || wants(feature);

/** Without query and fragment, which may hold what is nobody's business. */
const bare = (url: string) => url.split(/[?#]/)[0];

const clicked = (event: MouseEvent) => {
  // The middle button opens a link, the right one does not.
  if (event.type == 'auxclick' && event.button != 1) return;
  const target = event.target as Element;
  if (!target.closest) return;
  countMarked(target.closest('[class*="-event-name="]:not(form)'));
  const link = target.closest<HTMLAnchorElement>('a[href]');
  if (!link || !/^https?:$/.test(link.protocol)) return;
  const props = { url: bare(link.href) };
  if (FILES.test(link.pathname) && on('file-downloads')) track('File Download', { props });
  else if (link.host != location.host && on('outbound-links')) track('Outbound Link: Click', { props });
};

/**
 * Counts an element with the class `footfall-event-name=Signup` (or `plausible-event-name=…`); like classes are properties.
 * A plus is a space.
 */
const countMarked = (marked: Element | null) => {
  const props: Record<string, string> = {};
  for (const word of marked ? marked.classList : []) {
    const [, name, value] = /^(?:footfall|plausible)-event-([^=]+)=(.+)/.exec(word) || [];
    if (name) props[name] = value!.replace(/\+/g, ' ');
  }
  const { name, ...rest } = props;
  if (name) track(name, { props: rest });
  return name;
};

/** Links: outbound and downloads. */
export const watchClicks = () => {
  document.addEventListener('click', clicked);
  document.addEventListener('auxclick', clicked);
};

/** Forms, when they are sent. */
export const watchForms = () => {
  document.addEventListener(
    'submit',
    (event) => {
      if (!countMarked(event.target as Element) && on('form-submissions')) track('Form: Submission');
    },
    true,
  );
};
