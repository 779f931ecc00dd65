"use strict";
// A ticket by its keys: r answers, n notes, a letter presses what carries it or goes to its field, Ctrl Enter sends, Escape
// leaves a field. Without it all works by hand.
(() => {
  const form = document.querySelector("[data-compose]");
  const words = form?.querySelector("textarea");
  const typing = (target) => target instanceof Element && !!target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
  const silent = () => { try { return localStorage.getItem("keys") === "off"; } catch { return false; } };
  const open = () => !!document.querySelector("dialog[open]");
  let after = 0;  // g begins a way of its own

  // Where a key leads that presses nothing: the first that stands on the page, opened where it is folded.
  const WAYS = {
    p: "#f-priority", l: "#f-tag", o: "#f-other", f: "#h-words", d: "#fields .field", v: "#views .field, .thread form.quiet button", b: "#bulk select",
  };
  const go = (to) => {
    for (let inside = to.closest("details"); inside; inside = inside.parentElement.closest("details")) inside.open = true;
    to.scrollIntoView({ block: "nearest" });
    to.focus();
  };
  // ] and [ walk from panel to panel; Tab goes on from there.
  const panel = (step) => {
    const heads = Array.from(document.querySelectorAll("main .panel > header > h2, main .panel > h2, main details.panel > summary"));
    const at = heads.findLastIndex((one) => one.closest(".panel").contains(document.activeElement));
    const to = heads[Math.min(Math.max(at + step, 0), heads.length - 1)];
    if (to?.tagName === "H2") to.tabIndex = -1;
    to?.focus();
  };

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

  // What was taken back stands in the box again, and whoever took it back goes on writing there.
  if (form?.hasAttribute("data-back")) { words.focus(); words.setSelectionRange(words.value.length, words.value.length); }

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
    if (event.key === "Escape" && typing(event.target) && event.target.closest("main")) { event.target.blur(); return; }
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey || event.altKey) && event.target.closest?.("main form");
    if (sends && sends === form) {
      const saved = event.target === replies;
      const button = form.querySelector(
        saved ? (event.shiftKey ? "[data-run]" : "[data-insert]") : form.querySelector(".as-note")?.checked ? "[data-send-note]"
          : event.altKey ? "[data-send-wait]" : event.shiftKey ? "[data-send-solve]" : "[data-send]");
      if (button) { event.preventDefault(); button.click(); }
      return;
    }
    if (sends && !event.altKey) { event.preventDefault(); sends.requestSubmit(sends.querySelector("button:not([type=button])")); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || silent()) return;
    if (event.key === "g") { after = Date.now(); return; }
    if (Date.now() - after < 1500) { after = 0; return; }
    if (mode(event.key)) { event.preventDefault(); return; }
    if (event.key === "[" || event.key === "]") { event.preventDefault(); panel(event.key === "]" ? 1 : -1); return; }
    const button = document.querySelector(`main [data-key="${CSS.escape(event.key)}"]:not([disabled])`);
    const field = button?.matches("select, input, textarea") ? button : !button && WAYS[event.key] && document.querySelector(`main :is(${WAYS[event.key]})`);
    if (!button && !field) return;
    event.preventDefault();
    if (field) go(field); else button.click();
  });
})();
