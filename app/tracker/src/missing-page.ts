// Pages that are not there: the browser knows the status of the page it shows.

import { track, whenVisible } from './core';
import { on } from './interactions';

/** Counts the event `404` once, when the page was answered with that status. */
export const reportMissingPage = () => {
  if (!on('404')) return;
  const [entry] = performance.getEntriesByType('navigation') as { responseStatus?: number }[];
  if (entry && entry.responseStatus == 404) {
    whenVisible(() => track('404', { props: { path: location.pathname }, interactive: false }));
  }
};
