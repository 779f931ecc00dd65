"use strict";
// Articles beside a ticket: a press puts the answer into the box; ?? and words in the box look for one. Without it the panel still finds.
(() => {
  const words = document.querySelector("[data-compose] textarea");
  const near = document.querySelector("[data-near]");
  const behind = /\?\?([^\n?]*)$/;
  if (!words || !near) return;

  words.addEventListener("input", () => {
    const found = behind.exec(words.value.slice(0, words.selectionStart));
    if (!found) return;
    near.value = found[1].trim();
    near.dispatchEvent(new Event("input", { bubbles: true }));
  });

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-insert]") : null;
    if (!button) return;
    const before = words.value.slice(0, words.selectionStart);
    const start = behind.exec(before)?.index ?? words.selectionStart;
    words.setRangeText(button.dataset.insert, start, words.selectionEnd, "end");
    words.dispatchEvent(new Event("input", { bubbles: true }));
    words.focus();
  });
})();
