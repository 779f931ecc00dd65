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
    const one = event.target;
    if (!one.matches("[data-poll]")) return;
    // Where a stream tells what is new, nothing is asked for by the clock; where it broke, it is tried again.
    const clocked = one.closest("[data-live]") && !event.detail.requestConfig.triggeringEvent;
    if (document.hidden || (clocked && stream?.readyState === 1)) event.preventDefault();
    else if (clocked) hear();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { deaf(); return; }
    over = false;
    hear();
    refresh();
  });

  // -- what comes later: the stream says that something is new, the page fetches it --------------
  const lively = document.querySelector("[data-live]");
  let stream = null;
  let over = false;
  const deaf = () => { stream?.close(); stream = null; };
  const hear = () => {
    if (!lively || document.hidden || over || (stream && stream.readyState !== 2)) return;
    stream = new EventSource(lively.dataset.live);
    stream.addEventListener("news", () => { connected(true); refresh(); });
    stream.addEventListener("over", () => { over = true; deaf(); refresh(); });
  };

  const refresh = () => document.querySelectorAll("[data-poll]").forEach((one) => window.htmx?.trigger(one, "refresh"));
  const connected = (yes) => document.querySelectorAll(".offline").forEach((strip) => { strip.hidden = yes; });
  hear();
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
  // Within a page of others a browser may keep nothing at all.
  const stored = (does) => { try { return does(sessionStorage); } catch { return null; } };
  const keep = (words) => { if (words) stored((kept) => kept.setItem("unsent", words)); };
  const unsent = stored((kept) => kept.getItem("unsent"));
  if (first && unsent) { first.value = unsent; stored((kept) => kept.removeItem("unsent")); }
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
  // The box behind Ctrl K: the server finds, the arrows walk through what was found.
  const box = document.getElementById("box");
  const asked = document.getElementById("box-q");
  const openBox = () => {
    box.showModal();
    asked.select();
    window.htmx?.trigger(asked, "open");
  };
  document.addEventListener("click", (event) => {
    if (!box || !event.target.closest?.("[data-box]")) return;
    event.preventDefault();
    openBox();
  });
  document.addEventListener("keydown", (event) => {
    if (box && event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey) {
      event.preventDefault();
      openBox();
    }
  });
  box?.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
    const found = Array.from(box.querySelectorAll(".found a"));
    const at = found.indexOf(document.activeElement);
    if (event.key === "Enter") {
      if (at < 0 && found[0]) { event.preventDefault(); found[0].click(); }
      return;
    }
    event.preventDefault();
    (found[event.key === "ArrowDown" ? Math.min(at + 1, found.length - 1) : at - 1] ?? asked).focus();
  });

  // Two minutes before the session ends for want of anything done; staying keeps what was typed.
  const idle = document.querySelector("[data-idle]");
  if (idle) {
    const [says, stay] = idle.children;
    let from;
    let over = false;
    const ask = (headers) => fetch("/account/awake", { redirect: "manual", headers }).then((answer) => {
      if (answer.status === 204) { wait(); return; }
      over = true;
      [says.textContent, stay.textContent] = [idle.dataset.over, idle.dataset.again];
      stay.href = location.pathname + location.search; // by GET: what came of a form is not sent once more
    }).catch(() => connected(false));
    const wait = () => {
      const mine = from = Date.now();
      idle.hidden = true;
      setTimeout(() => {
        idle.hidden = false;
        // A computer that slept is late. Asked so, nothing is kept awake: another tab may have done something.
        setTimeout(() => { if (mine === from) ask({ "HX-Request": "true" }); }, mine + idle.dataset.ends * 1000 - Date.now());
      }, idle.dataset.idle * 1000);
    };
    wait();
    stay.addEventListener("click", (event) => {
      if (over) return;
      event.preventDefault();
      ask({});
    });
  }

  // -- drafts: what is typed is kept two seconds after the last key, and given back --------------------
  const QUIET = 2000;
  document.querySelectorAll("[data-draft]").forEach((bar) => {
    const form = bar.closest("form");
    const address = bar.dataset.draft;
    const [said, take, drop, enter] = ["said", "take", "drop", "enter"].map((name) => bar.querySelector(`[data-${name}]`));
    const ours = (name) => !["csrf", "draft"].includes(name);
    const typed = () => {
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (ours(name) && typeof value === "string") body.append(name, value);
      return body;
    };
    const headers = { "X-CSRF-Token": meta("csrf"), "X-Requested-With": "fetch", Accept: "application/json" };
    let waits = null;
    let sent = false;
    // The session: ended elsewhere, or by the clock.
    let gone;
    let before = typed().toString();

    async function save() {
      waits = null;
      const body = typed();
      if (sent || (body.toString() === before && !gone)) return true;
      try {
        if (gone && !await (await import("/static/again.js")).default(headers)) return;
        const answer = await fetch(address, { method: "POST", body, headers, keepalive: true });
        if (sent) return true;
        enter.hidden = !(gone = answer.status === 401);
        if (gone) { said.textContent = bar.dataset.over; return; }
        said.textContent = (await answer.json()).said ?? "";
        if (answer.ok) { before = body.toString(); drop.hidden = false; take.hidden = true; }
        connected(true);
        return true;
      } catch { connected(false); }
    }
    const soon = () => { clearTimeout(waits); waits = setTimeout(save, QUIET); };

    function put(fields) {
      for (const field of form.elements) {
        if (!field.name || !(field.name in fields) || !ours(field.name) || ["hidden", "password", "file"].includes(field.type)) continue;
        const values = fields[field.name];
        if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
        else if (values.length) field.value = values[0];
      }
      for (let inside = bar.closest("details"); inside; inside = inside.parentElement.closest("details")) inside.open = true;
      before = typed().toString();
      take.hidden = true;
      drop.hidden = false;
      form.querySelector("select, input:not([type=hidden])")?.dispatchEvent(new Event("change", { bubbles: true }));
    }

    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    form.addEventListener("submit", async (event) => {
      clearTimeout(waits);
      // What is not kept yet is kept first: of a session that has ended nothing is sent.
      if (sent || (!gone && typed().toString() === before)) { sent = true; return; }
      event.preventDefault();
      sent = await save();
      // Not while this one is still being sent.
      if (sent) setTimeout(() => form.requestSubmit(event.submitter));
    });
    // Who leaves within the two seconds loses nothing either.
    window.addEventListener("pagehide", () => { if (waits) { clearTimeout(waits); save(); } });
    drop.addEventListener("click", async () => {
      clearTimeout(waits);
      try { await fetch(`${address}/drop`, { method: "POST", headers }); } catch { connected(false); return; }
      form.reset();
      before = typed().toString();
      said.textContent = "";
      take.hidden = drop.hidden = true;
    });
    if ("typed" in bar.dataset) return;
    const seen = form.elements.namedItem("seen")?.value ?? "";
    fetch(`${address}?seen=${encodeURIComponent(seen)}`, { headers }).then(async (answer) => {
      if (answer.status !== 200) return;
      const found = await answer.json();
      said.textContent = found.said;
      if (!found.changed) { put(found.fields); return; }
      take.hidden = drop.hidden = false;
      for (let inside = bar.closest("details"); inside; inside = inside.parentElement.closest("details")) inside.open = true;
      take.addEventListener("click", () => { put(found.fields); said.textContent = ""; soon(); }, { once: true });
    }).catch(() => connected(false));
  });

  // What is wrong with a form is read first; what can be undone offers it for a while.
  document.querySelector("[data-focus]")?.focus();
  document.querySelectorAll("[data-toast]").forEach((toast) => {
    const leave = () => { if (toast.matches(":hover, :focus-within")) setTimeout(leave, 2000); else toast.hidden = true; };
    setTimeout(leave, 8000);
  });

  let going = 0;
  document.addEventListener("keydown", (event) => {
    if (box?.open) return;
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || silent() || list?.open) return;
    if (Date.now() - going < 1500) {
      going = 0;
      const link = document.querySelector(`.rail a[data-key="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (event.key >= "1" && event.key <= "9") {
      const link = document.querySelector(`[data-open="${event.key}"]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (event.key === "/") {
      const filter = document.querySelector("[data-filter]") ?? document.querySelector("main .filter .field");
      if (filter) { event.preventDefault(); filter.focus(); }
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

  // Rows of a list are walked with j and k too: Enter opens the first link of one, x ticks it, Shift x a range.
  let ticked = null;
  document.addEventListener("keydown", (event) => {
    const rows = Array.from(document.querySelectorAll("[data-rows] tbody tr"));
    if (!rows.length || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || silent() || list?.open || box?.open) return;
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    if ("jk".includes(event.key)) {
      event.preventDefault();
      const row = rows[Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), rows.length - 1)];
      row.tabIndex = -1;
      row.focus();
    } else if (at >= 0 && event.key === "Enter" && document.activeElement === rows[at]) {
      rows[at].querySelector("a")?.click();
    } else if (at >= 0 && event.key.toLowerCase() === "x") {
      const tick = (row) => row.querySelector('input[type="checkbox"]');
      if (!tick(rows[at])) return;
      event.preventDefault();
      const to = !tick(rows[at]).checked;
      const [from, until] = event.shiftKey && ticked !== null ? [Math.min(ticked, at), Math.max(ticked, at)] : [at, at];
      rows.slice(from, until + 1).forEach((row) => { if (tick(row)) tick(row).checked = to; });
      ticked = at;
    }
  });

  // Where sentences are labelled, a digit gives its label to the one in focus, or to the first.
  const labelled = document.querySelector("[data-labels]");
  document.querySelectorAll("[data-scripted]").forEach((one) => { one.hidden = false; });
  document.addEventListener("keydown", (event) => {
    if (!labelled || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || silent() || list?.open || box?.open) return;
    if (!(event.key >= "1" && event.key <= "9")) return;
    const row = document.activeElement?.closest("[data-labels] tbody tr") ?? labelled.querySelector("tbody tr");
    const option = row?.querySelector(`option[data-digit="${event.key}"]`);
    if (!option) return;
    event.preventDefault();
    option.selected = true;
    option.closest("form").requestSubmit();
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

  // -- text that is taken elsewhere ------------------------------------------------------------------
  document.querySelectorAll("[data-copy]").forEach((button) => {
    const box = document.getElementById(button.dataset.copy), label = button.textContent;
    if (!box) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(box.value);
        button.textContent = button.dataset.copied;
        setTimeout(() => { button.textContent = label; }, 3000);
      } catch {
        box.focus();
        box.select();
      }
    });
  });

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
