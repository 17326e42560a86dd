// Adds to pages that already work without it: focus on errors, no double submit, autosave, copying.
(() => {
  "use strict";
  const SAME_CLICK_MS = 2000;
  const AUTOSAVE_MS = 3000;
  const LONGEST_SAVE_MS = 10000;
  const LIVE_MS = 3000;

  const announce = (text) => {
    const place = document.getElementById("announcer");
    if (place) place.textContent = text;
  };

  // Errors: the summary takes the focus, its links go to the field with its label in sight.
  const focusErrors = (summary) => {
    summary.focus();
    summary.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      const control = link && document.getElementById(link.hash.slice(1));
      if (!control) return;
      event.preventDefault();
      const top = control.closest("fieldset") || document.querySelector(`label[for="${control.id}"]`) || control;
      top.scrollIntoView();
      control.focus({ preventScroll: true });
    });
  };

  // A second submit within two seconds is the same click; the first one always goes through.
  const guardAgainstDoubleClick = () => {
    const sent = new WeakMap();
    document.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      const now = Date.now();
      if (now - (sent.get(event.target) || 0) < SAME_CLICK_MS) event.preventDefault();
      else sent.set(event.target, now);
    });
  };

  // <form data-autosave="URL">: what is typed goes there, quietly; the form's own button still saves everything.
  const autosave = (form) => {
    const status = form.querySelector("[data-autosave-status]");
    const say = (key) => { if (status) status.textContent = status.dataset[key] || ""; };
    let timer = 0;
    let underway = null;
    const save = async () => {
      const given = new AbortController();
      const late = setTimeout(() => given.abort(), LONGEST_SAVE_MS);
      const data = new FormData(form);
      data.append("autosave", "1");
      for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
      say("saving");
      try {
        const answer = await fetch(form.dataset.autosave || form.action, { method: "POST", body: data, signal: given.signal });
        const saved = answer.ok && !answer.redirected;
        const version = answer.headers.get("X-Version");
        if (saved && version && form.elements.version) form.elements.version.value = version;
        // While something on the page is still half written, nothing is announced.
        say(!saved ? "failed" : answer.headers.get("X-Saved") === "part" ? "" : "saved");
      } catch (error) {
        say("failed");
      }
      clearTimeout(late);
      underway = null;
    };
    const later = () => { clearTimeout(timer); timer = setTimeout(() => { underway = save(); }, AUTOSAVE_MS); };
    form.addEventListener("input", later);
    // The button waits for a save that is under way: sent beside it, the page would seem out of date.
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (!underway || !form.requestSubmit) return;
      event.preventDefault();
      underway.then(() => form.requestSubmit(event.submitter));
    });
  };

  // <button data-copy="id" hidden>: shown only where it can work.
  const copier = (button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const from = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText(from.dataset.copyText || from.textContent.trim());
      announce(button.dataset.copied);
    });
  };

  // <div id="…" data-live="words for the end">: shown anew every few seconds until the page says it is over. What has
  // the focus keeps it: while something inside is focused, nothing is replaced.
  const follow = (part) => {
    const again = async () => {
      const inUse = part.contains(document.activeElement);
      const answer = inUse ? null : await fetch(window.location.href, { headers: { "X-Zhida-Quiet": "1" } }).catch(() => null);
      const page = answer && answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page && page.getElementById(part.id);
      if (!fresh) return setTimeout(again, LIVE_MS);
      part.textContent = "";
      part.append(...fresh.childNodes);
      if (fresh.dataset.live) return setTimeout(again, LIVE_MS);
      return announce(part.dataset.live);
    };
    setTimeout(again, LIVE_MS);
  };

  // <button data-print hidden>: prints the page.
  const printer = (button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  };

  document.querySelectorAll("[data-print]").forEach(printer);
  document.querySelectorAll("[data-live]").forEach(follow);
  document.querySelectorAll("[data-error-summary]").forEach(focusErrors);
  document.querySelectorAll("form[data-autosave]").forEach(autosave);
  document.querySelectorAll("[data-copy]").forEach(copier);
  guardAgainstDoubleClick();
})();
