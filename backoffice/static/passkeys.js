"use strict";
// Passkeys: a form that is marked asks the device, and sends what it answers. Without it the form stays hidden, and codes do.
(() => {
  const able = Boolean(window.PublicKeyCredential && navigator.credentials);
  const raw = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: raw(one.id) }));

  async function made(options) {
    const key = await navigator.credentials.create({ publicKey: {
      ...options, challenge: raw(options.challenge), user: { ...options.user, id: raw(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
    } });
    return { id: key.id, rawId: text(key.rawId), type: key.type, response: {
      clientDataJSON: text(key.response.clientDataJSON), attestationObject: text(key.response.attestationObject),
      transports: key.response.getTransports ? key.response.getTransports() : [],
    } };
  }

  async function signed(options) {
    const key = await navigator.credentials.get({ publicKey: {
      ...options, challenge: raw(options.challenge), allowCredentials: known(options.allowCredentials),
    } });
    return { id: key.id, rawId: text(key.rawId), type: key.type, response: {
      clientDataJSON: text(key.response.clientDataJSON), authenticatorData: text(key.response.authenticatorData),
      signature: text(key.response.signature), userHandle: key.response.userHandle ? text(key.response.userHandle) : null,
    } };
  }

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const said = form.querySelector("[data-said]");
    const say = (words) => { said.textContent = words || ""; said.hidden = !words; };
    form.hidden = !able;
    document.querySelectorAll("[data-passkey-missing]").forEach((one) => { one.hidden = able; });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (form.dataset.busy) return;
      form.dataset.busy = "1";
      say("");
      try {
        const answer = await fetch(form.dataset.options, { headers: { accept: "application/json", "x-requested-with": "fetch" } });
        if (!answer.ok) throw new Error("refused");
        const options = await answer.json();
        form.elements.credential.value = JSON.stringify(await (form.dataset.passkey === "add" ? made(options) : signed(options)));
        form.submit();
      } catch (fault) {
        const kind = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known", SecurityError: "elsewhere" }[fault.name];
        say(form.dataset[kind] || form.dataset.failed);
      }
      delete form.dataset.busy;
    });
  });
})();
