// Properties of every page view, written on the script's tag: `event-author="Jo"`.

import { type Body, script } from './core';

/** Adds them to a page view; what the call says itself comes first. */
export const addTagProps = (pageView: Body) => {
  for (const { name, value } of script.attributes) {
    if (name.startsWith('event-')) pageView.p = { [name.slice(6)]: value, ...pageView.p };
  }
};
