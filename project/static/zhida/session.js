// Warns before a sign-in ends for lying idle, and keeps it going while somebody types, presses or scrolls. The server
// ends it in any case; without this script it says so afterwards and gives back what was typed.
(() => {
  "use strict";
  const dialog = document.querySelector("[data-idle]");
  if (!dialog || !dialog.showModal) return;
  const QUIET = { "X-Zhida-Quiet": "1", Accept: "application/json" };
  const WARN_SECONDS = Math.min(300, Math.max(20, Number(dialog.dataset.idle) / 4));
  const PING_MS = 60000;
  const form = dialog.querySelector("form");
  const texts = [...dialog.querySelectorAll("[data-idle-when]")];
  let acted = false;
  let changed = null;
  let timer = 0;

  const show = (when, minutes) => {
    texts.forEach((text) => {
      text.hidden = text.dataset.idleWhen !== when;
      const place = text.querySelector("[data-minutes]");
      if (place) place.textContent = minutes;
    });
    if (!dialog.open) dialog.showModal();
  };

  // Nothing more to be read on a screen that nobody sits at; what was typed stays in its form.
  const over = () => {
    document.getElementById("main").hidden = true;
    show(changed ? "over-typed" : "over");
  };

  const watch = (left) => {
    clearTimeout(timer);
    const nearest = Math.min(left.idle, left.age);
    if (nearest < 1) return over();
    if (nearest > WARN_SECONDS) {
      if (dialog.open) dialog.close();
      timer = setTimeout(ask, (nearest - WARN_SECONDS) * 1000);
    } else {
      show(left.age <= left.idle ? "age" : "idle", Math.ceil(nearest / 60));
      timer = setTimeout(ask, Math.min(60, nearest) * 1000);
    }
    return null;
  };

  const answer = async (request) => {
    try {
      const given = await request;
      if (given.redirected || given.status === 403) return over();
      if (given.ok) return watch(await given.json());
    } catch (error) {
      // No network: asked again below.
    }
    timer = setTimeout(ask, PING_MS);
    return null;
  };

  const ask = () => (acted && !dialog.open ? extend() : answer(fetch(dialog.dataset.remaining, { headers: QUIET })));
  const extend = () => {
    acted = false;
    return answer(
      fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } }),
    );
  };

  ["keydown", "pointerdown", "wheel", "touchmove", "input"].forEach((kind) => {
    document.addEventListener(kind, () => { acted = true; }, { passive: true });
  });
  document.addEventListener("input", (event) => {
    const within = event.target.form;
    if (within && within.method === "post" && !dialog.contains(within)) changed = within;
  });
  setInterval(() => { if (acted && !dialog.open) extend(); }, PING_MS);
  form.addEventListener("submit", (event) => { event.preventDefault(); extend(); });
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); if (!document.getElementById("main").hidden) extend(); });
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-idle-again]")) window.location.reload();
    if (event.target.closest("[data-idle-send]")) HTMLFormElement.prototype.submit.call(changed);
  });
  watch({ idle: Number(dialog.dataset.idle), age: Number(dialog.dataset.age) });
})();
