// Runs inside a widget: tells the page around it how high its content is, and keeps the pill's number fresh.
(() => {
  const inner = document.getElementById("inner");
  const tell = () => {
    const { top, bottom } = inner.getBoundingClientRect();
    // What is above the content is below it too.
    parent.postMessage({ footfallHeight: Math.ceil(top + bottom + 2 * scrollY) }, "*");
  };
  new ResizeObserver(tell).observe(inner);
  // The page's script may have come later than the widget: it asks.
  addEventListener("message", ({ source, data }) => source == parent && data && data.footfallHeight === 0 && tell());

  const live = document.querySelector("[data-now]");
  const ask = async () => {
    if (document.hidden) return;
    const answer = await fetch(live.dataset.now, { credentials: "omit" }).catch(() => 0);
    if (!answer.ok) return;
    const { visitors } = await answer.json();
    live.firstChild.textContent = visitors.toLocaleString(document.documentElement.lang);
    live.lastChild.textContent = live.dataset[visitors == 1 ? "one" : "other"];
  };
  if (live) setInterval(ask, 15e3);
})();
