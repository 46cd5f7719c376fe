// For the page around widgets: gives their frames the height of what is in them. Listens to nobody else.
(() => {
  const { origin: home } = new URL(document.currentScript.src);
  const frames = () => [...document.querySelectorAll("iframe")];
  addEventListener("message", ({ origin, source, data }) => {
    const height = data && data.footfallHeight;
    const frame = origin == home && height > 0 && height < 9999 && frames().find((frame) => frame.contentWindow == source);
    if (frame) frame.style.height = height + "px";
  });
  for (const frame of frames()) if (frame.src.startsWith(home + "/")) frame.contentWindow.postMessage({ footfallHeight: 0 }, "*");
})();
