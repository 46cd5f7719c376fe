// `/js/script.full.js`: the core, and what a page does without being asked.

import { start } from './core';
import { watchEngagement } from './engagement';
import { watchClicks, watchForms } from './interactions';
import { reportMissingPage } from './missing-page';
import { addTagProps } from './tag-props';

const read = watchEngagement();

const begun = start((pageView) => {
  addTagProps(pageView);
  read(pageView);
});

if (begun) {
  watchClicks();
  watchForms();
  reportMissingPage();
}
