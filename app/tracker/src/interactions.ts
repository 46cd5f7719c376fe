// Clicks on links that lead away or to a file, clicks on marked elements, and forms sent.

import { track, wants } from './core';

const FILES = /\.(pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|txt|key|pages|numbers|epub|zip|rar|7z|gz|tgz|bz2|xz|dmg|exe|msi|deb|rpm|apk|iso|jar|mp[34]|m4[av]|wav|mov|avi|mkv|webm|wmv|midi?|mpe?g)$/i;

/** Whether a feature is on: all are in `script.full.js`, the named ones in Plausible's `script.outbound-links.js` and the like. */
const on = (feature: string) => wants('full') || wants(feature);

/** Without query and fragment, which may hold what is nobody's business. */
const bare = (url: string) => url.split(/[?#]/)[0];

const clicked = (event: MouseEvent) => {
  // The middle button opens a link, the right one does not.
  if (event.type == 'auxclick' && event.button != 1) return;
  const target = event.target as Element;
  if (!target.closest) return;
  mark(target);
  const link = target.closest<HTMLAnchorElement>('a[href]');
  if (!link || !/^https?:$/.test(link.protocol)) return;
  const props = { url: bare(link.href) };
  if (FILES.test(link.pathname) && on('file-downloads')) track('File Download', { props });
  else if (link.host != location.host && on('outbound-links')) track('Outbound Link: Click', { props });
};

/** An element with the class `footfall-event-name=Signup` (or `plausible-event-name=…`), and properties in like classes. */
const mark = (target: Element) => {
  const marked = target.closest('[class*="-event-name="]');
  if (!marked || marked.tagName == 'FORM') return;
  markedEvent(marked);
};

const markedEvent = (marked: Element) => {
  const props: Record<string, string> = {};
  for (const word of marked.classList) {
    const parts = /^(?:footfall|plausible)-event-([^=]+)=(.+)$/.exec(word);
    if (parts) props[parts[1]!] = parts[2]!.replace(/\+/g, ' ');
  }
  const { name, ...rest } = props;
  if (name) track(name, { props: rest });
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
      const form = event.target as HTMLFormElement;
      if (/-event-name=/.test(form.className)) markedEvent(form);
      else if (on('form-submissions')) track('Form: Submission');
    },
    true,
  );
};
