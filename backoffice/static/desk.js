"use strict";
// A ticket by its keys: r answers, n notes, a letter presses what carries it, Ctrl Enter sends. Without it all works by hand.
(() => {
  const form = document.querySelector("[data-compose]");
  const words = form?.querySelector("textarea");
  const typing = (target) => target instanceof Element && !!target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
  const silent = () => { try { return localStorage.getItem("keys") === "off"; } catch { return false; } };
  const open = () => !!document.querySelector("dialog[open]");
  let after = 0;  // g begins a way of its own

  const mode = (key) => {
    const one = form?.querySelector(`[data-mode="${CSS.escape(key)}"]`);
    if (!one) return false;
    one.checked = true;
    words?.focus();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || open()) return;
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey) && form.contains(event.target)) {
      const note = form.querySelector(".as-note")?.checked;
      const button = form.querySelector(note ? "[data-send-note]" : event.shiftKey ? "[data-send-solve]" : "[data-send]");
      if (button) { event.preventDefault(); form.requestSubmit(button); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || silent()) return;
    if (event.key === "g") { after = Date.now(); return; }
    if (Date.now() - after < 1500) { after = 0; return; }
    if (mode(event.key)) { event.preventDefault(); return; }
    const button = document.querySelector(`main [data-key="${CSS.escape(event.key)}"]:not([disabled])`);
    if (!button) return;
    event.preventDefault();
    if (button.matches("select, input, textarea")) button.focus(); else button.click();
  });
})();
