// `/js/script.js`: page views and custom events.

import { start } from './core';

start();
