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

  // "::shortcut " becomes what is kept under it; the select puts it where the cursor stands, without another page.
  const replies = form?.querySelector("[data-replies]");
  const put = (from, to, text) => {
    words.setRangeText(text, from, to, "end");
    words.dispatchEvent(new Event("input", { bubbles: true }));
    words.focus();
  };
  words?.addEventListener("input", () => {
    const at = words.selectionStart, found = /(?:^|\s)::([a-z0-9-]{2,24})[ \n]$/.exec(words.value.slice(0, at));
    const kept = found && replies?.querySelector(`option[data-shortcut="${CSS.escape(found[1])}"]`);
    if (kept) put(at - found[1].length - 3, at, kept.dataset.words);
  });
  // "@@ni " becomes the first colleague whose name begins so.
  const colleagues = (form?.querySelector("[data-colleagues]")?.textContent ?? "").split(",").map((one) => one.trim()).filter(Boolean);
  words?.addEventListener("input", () => {
    const at = words.selectionStart, found = /(?:^|\s)@@([\p{L}'-]{1,30})[ \n]$/u.exec(words.value.slice(0, at));
    const name = found && colleagues.find((one) => one.toLowerCase().startsWith(found[1].toLowerCase()));
    if (name) put(at - found[1].length - 3, at, `@${name} `);
  });
  form?.querySelector("[data-insert]")?.addEventListener("click", (event) => {
    const kept = replies?.selectedOptions[0];
    if (!kept?.dataset.words) return;
    event.preventDefault();
    put(words.selectionStart, words.selectionEnd, kept.dataset.words);
  });

  // A figure that is sealed goes into the answer by its name; on a phone what stands beside begins folded.
  document.querySelectorAll("[data-figure]").forEach((one) => one.addEventListener("click", () => {
    mode("r");
    if (words) put(words.selectionStart, words.selectionEnd, one.dataset.figure);
  }));
  if (matchMedia("(max-width: 56rem)").matches) document.querySelectorAll("details[data-fold]").forEach((one) => { one.open = false; });

  // What can be taken back says so until it has left; then the page shows it where it belongs.
  document.querySelectorAll("[data-leaves]").forEach((one) => {
    const left = Date.parse(one.dataset.leaves) - Date.now() + 1500;
    setTimeout(() => { if (!words?.value) location.replace(location.pathname); else one.hidden = true; }, Math.min(Math.max(left, 1500), 30000));
  });

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
