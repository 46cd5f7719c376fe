// Wakes the islands of a page. A file of its own: the policy allows no inline script.
import init, * as app from "./footfall.js";

// What leptos expects a page to have set; resources and error boundaries would read it.
for (const name of ["__RESOLVED_RESOURCES", "__SERIALIZED_ERRORS", "__INCOMPLETE_CHUNKS", "__PENDING_RESOURCES", "__RESOURCE_RESOLVERS"])
  globalThis[name] ??= [];

// Says in the document that the next page is awaited; the style sheet draws a line when it takes a while. A page that is
// come back to, or stayed on by Escape, awaits nothing.
const page = document.documentElement;
const asked = (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  const leaves = event.type === "submit" ? !event.target.target : link && leads(event, link);
  if (leaves && !event.defaultPrevented) page.dataset.asked = "";
};
const leads = (event, link) =>
  !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.target || link.hasAttribute("download")) &&
  link.origin === location.origin &&
  !(link.hash && link.pathname + link.search === location.pathname + location.search);
const stays = () => delete page.dataset.asked;
addEventListener("click", asked);
addEventListener("submit", asked);
addEventListener("pageshow", stays);
addEventListener("keydown", (event) => event.key === "Escape" && stays(), true);

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
