"use strict";
// Who else has a ticket open, and rows that are not swapped while somebody stands in them. Without it all works by hand.
(() => {
  const BEAT = 20000, PAUSE = 5000;  // milliseconds: how often one says that one is here, and that one writes
  const place = document.querySelector("[data-here]");
  const words = document.querySelector("[data-compose] textarea");
  const csrf = () => document.querySelector('meta[name="csrf"]')?.content ?? "";
  let going = 0;
  let typed = 0;
  let told = 0;
  const say = (fields) => {
    told = Date.now();
    fetch(place.dataset.here, {
      method: "POST", body: new URLSearchParams(fields), keepalive: true, headers: { "X-CSRF-Token": csrf(), "X-Requested-With": "fetch" },
    }).catch(() => {});
  };
  const beat = () => { if (!document.hidden) say(Date.now() - typed < PAUSE * 2 ? { typing: "1" } : {}); };
  if (place) {
    beat();
    setInterval(beat, BEAT);
    words?.addEventListener("input", () => {
      const first = Date.now() - typed > PAUSE * 2;
      typed = Date.now();
      if (first || typed - told > PAUSE) say({ typing: "1" });
    });
    window.addEventListener("pagehide", () => say({ gone: "1" }));
    document.addEventListener("visibilitychange", beat);
  }
  // In the queue i and w show one's own, and what waits for its requester.
  const shows = { i: "mine", w: "waiting", u: "untaken" };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !document.getElementById("rows")) return;
    if (document.querySelector("dialog[open]") || event.target.closest?.("input:not([type=checkbox]), textarea, select")) return;
    try { if (localStorage.getItem("keys") === "off") return; } catch { /* a private window keeps nothing */ }
    if (Date.now() - going < 1500) { going = 0; return; }
    if (event.key === "g") going = Date.now();
    const pill = shows[event.key] && document.querySelector(`#queue a.pill[href*="show=${shows[event.key]}"]`);
    if (pill) { event.preventDefault(); pill.click(); }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const rows = event.detail.target;
    if (rows?.id !== "rows") return;
    if (!rows.contains(document.activeElement) && !rows.querySelector("input:checked")) return;
    event.detail.shouldSwap = false;
    const line = document.querySelector("[data-fresh]");
    if (line) line.hidden = false;
  });
})();
