"use strict";
// A film goes on where it was left, its steps lead to their moment, and how far somebody came is noted. All of it is extra: it plays without.
(() => {
  const film = document.querySelector("video[data-film]");
  if (!film) return;
  const steps = [...document.querySelectorAll("[data-at]")];
  const moment = (step) => Number(step.dataset.at);
  let reached = Number(film.dataset.from || 0);
  let told = reached;

  const from = reached;
  film.addEventListener("loadedmetadata", () => {
    if (from > 2 && from < film.duration - 5) film.currentTime = from;
  });

  const note = () => {
    if (!film.dataset.seen || Math.floor(reached) <= told) return;
    told = Math.floor(reached);
    const token = document.querySelector('meta[name="csrf"]').content;
    fetch(film.dataset.seen, {
      method: "POST", keepalive: true, body: new URLSearchParams({ seconds: String(told) }),
      headers: { "X-CSRF-Token": token, "X-Requested-With": "fetch" },
    }).catch(() => { told = 0; });
  };

  film.addEventListener("timeupdate", () => {
    const now = film.currentTime;
    if (!film.seeking && !film.paused && now > reached) reached = now;
    const here = steps.filter((step) => moment(step) <= now).pop();
    for (const step of steps) {
      if (step === here) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    }
    if (reached - told >= 10) note();
  });
  film.addEventListener("pause", note);
  film.addEventListener("ended", () => { reached = film.duration; note(); });
  addEventListener("pagehide", note);

  for (const step of steps) {
    const words = step.firstElementChild;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain-step";
    button.textContent = words.textContent;
    button.addEventListener("click", () => {
      film.currentTime = moment(step) + 0.05;
      film.play().catch(() => {});
    });
    words.replaceWith(button);
  }

  // Space and arrows anywhere on the page, unless something is typed or pressed there.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, button, a, summary, video")) return;
    if (event.key === " ") film.paused ? film.play() : film.pause();
    else if (event.key === "ArrowLeft") film.currentTime -= 5;
    else if (event.key === "ArrowRight") film.currentTime += 5;
    else return;
    event.preventDefault();
  });
})();
