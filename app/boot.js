// Wakes the islands of a page. A file of its own: the policy allows no inline script.
import init, * as app from "./footfall.js";

// What leptos expects a page to have set; resources and error boundaries would read it.
for (const name of ["__RESOLVED_RESOURCES", "__SERIALIZED_ERRORS", "__INCOMPLETE_CHUNKS", "__PENDING_RESOURCES", "__RESOURCE_RESOLVERS"])
  globalThis[name] ??= [];

const start = async () => {
  const islands = document.querySelectorAll("leptos-island");
  if (!islands.length) return;
  await init({ module_or_path: new URL("footfall.wasm", import.meta.url) });
  app.hydrate();
  for (const island of islands) {
    const wake = app[island.dataset.component];
    if (wake) await wake(island);
    else console.error("an island without code; are page and scripts from the same build?", island.dataset.component);
  }
};

"requestIdleCallback" in globalThis ? requestIdleCallback(start, { timeout: 2000 }) : setTimeout(start);
