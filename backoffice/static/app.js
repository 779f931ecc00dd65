// Everything works without this script; it only makes the pages smoother. htmx fetches the fragments.
"use strict";
(() => {
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
  const typing = (at) => at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select"));

  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRF-Token"] = meta("csrf");
  });
  // A tab nobody looks at asks for nothing; it catches up when it is looked at again.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden && event.target.matches("[data-poll]")) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) refresh();
  });

  const refresh = () => document.querySelectorAll("[data-poll]").forEach((one) => window.htmx?.trigger(one, "refresh"));
  const connected = (yes) => document.querySelectorAll(".offline").forEach((strip) => { strip.hidden = yes; });
  window.addEventListener("offline", () => connected(false));
  window.addEventListener("online", () => { connected(true); refresh(); });
  document.addEventListener("htmx:sendError", () => connected(false));
  document.addEventListener("htmx:afterOnLoad", () => connected(true));

  // -- sending without leaving the page ----------------------------------------------------------
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  function show(form, words) {
    const lines = form.closest("[data-talk]")?.querySelector(".lines");
    if (!lines || !words) return null;
    const bubble = document.createElement("p");
    bubble.className = "bubble mine unsent";
    bubble.textContent = words;
    lines.append(bubble);
    return bubble;
  }

  async function say(form, pressed) {
    const body = new URLSearchParams(new FormData(form));
    if (pressed?.name) body.set(pressed.name, pressed.value);
    const box = form.querySelector('input[name="words"]');
    const words = (body.get("words") ?? "").trim();
    if (!body.get("token") && !words) return;
    const bubble = show(form, words || pressed?.textContent.trim());
    if (box) box.value = "";
    try {
      const answer = await fetch(form.action, {
        method: "POST", body, redirect: "manual",
        headers: { "X-CSRF-Token": meta("csrf"), "X-Requested-With": "fetch" },
      });
      if (answer.status === 401) {
        keep(words);
        location.reload();
        return;
      }
      // A redirect is the answer to a form: it was taken.
      if (!answer.ok && answer.type !== "opaqueredirect") throw new Error(String(answer.status));
    } catch {
      bubble?.remove();
      if (box) box.value = words;
      connected(false);
      return;
    }
    const id = form.querySelector('input[name="id"]');
    if (id) id.value = fresh();
    connected(true);
    for (const pause of [150, 350, 700, 1200]) {
      await new Promise((done) => setTimeout(done, pause));
      refresh();
    }
  }

  // The session has ended: what was written waits in the box after signing in again.
  const first = document.querySelector('[data-talk] input[name="words"]');
  const keep = (words) => { if (words) sessionStorage.setItem("unsent", words); };
  const unsent = sessionStorage.getItem("unsent");
  if (first && unsent) { first.value = unsent; sessionStorage.removeItem("unsent"); }
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status === 401) keep(first?.value);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-say]")) return;
    event.preventDefault();
    say(form, event.submitter);
  });

  // -- keys ----------------------------------------------------------------------------------------
  const list = document.getElementById("keys");
  const off = document.getElementById("keys-off");
  const silent = () => { try { return localStorage.getItem("keys") === "off"; } catch { return false; } };
  if (off) {
    off.checked = silent();
    off.addEventListener("change", () => { try { localStorage.setItem("keys", off.checked ? "off" : "on"); } catch { /* a private window keeps nothing */ } });
  }
  let going = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || silent() || list?.open) return;
    if (Date.now() - going < 1500) {
      going = 0;
      const link = document.querySelector(`.rail a[data-key="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (event.key === "g") going = Date.now();
    else if (event.key === "?" && list) { event.preventDefault(); list.showModal(); }
    else if (event.key === "c") {
      const box = document.querySelector('[data-talk] input[name="words"]');
      if (box) { event.preventDefault(); box.focus(); }
    } else if ("jkar".includes(event.key) && document.querySelector(".request[tabindex]")) {
      event.preventDefault();
      if ("jk".includes(event.key)) move(event.key === "j" ? 1 : -1);
      else act(event.key);
    }
  });

  // Cards are walked with j and k; a approves the one in focus, r opens its reason.
  function move(step) {
    const cards = Array.from(document.querySelectorAll(".request[tabindex]"));
    const at = cards.findIndex((card) => card.contains(document.activeElement));
    cards[Math.min(Math.max(at + step, 0), cards.length - 1)]?.focus();
  }

  function act(key) {
    const card = document.activeElement?.closest(".request[tabindex]");
    if (!card) return;
    if (key === "a") card.querySelector('button[value="approve"]')?.focus();
    else {
      const reason = card.querySelector("details.reject");
      if (reason) { reason.open = true; reason.querySelector("textarea")?.focus(); }
    }
  }

  // -- the three anchors of a small screen -----------------------------------------------------------
  const jump = document.querySelector(".jump");
  if (jump) {
    const mark = () => jump.querySelectorAll("a").forEach((link) => {
      if (link.hash === (location.hash || "#person")) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    window.addEventListener("hashchange", mark);
    mark();
  }
})();
