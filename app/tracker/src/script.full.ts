// `/js/script.full.js`: the core, and what a page does without being asked.

import { start } from './core';
import { watchEngagement } from './engagement';
import { watchClicks, watchForms } from './interactions';
import { reportMissingPage } from './missing-page';

if (start(watchEngagement())) {
  watchClicks();
  watchForms();
  reportMissingPage();
}
