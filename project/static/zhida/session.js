// Warns before a sign-in ends for lying idle, and keeps it going while somebody types, presses or scrolls. The server
// ends it in any case; without this script it says so afterwards and gives back what was typed.
(() => {
  "use strict";
  const data = document.querySelector("script[data-idle]").dataset;
  const main = document.getElementById("main");
  const WARN_SECONDS = Math.min(300, Math.max(20, Number(data.idle) / 4));
  const PING_MS = 60000;
  let acted = false;
  let changed = null;
  let timer = 0;
  let state = "";

  const dialog = document.createElement("dialog");
  const title = document.createElement("h2");
  const text = document.createElement("p");
  const button = document.createElement("button");
  title.className = "govuk-heading-m";
  title.id = "idle-title";
  title.textContent = data.title;
  text.className = "govuk-body";
  text.id = "idle-text";
  button.className = "govuk-button";
  button.type = "button";
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.setAttribute("aria-describedby", text.id);
  dialog.append(title, text, button);
  if (!dialog.showModal) return;
  document.body.append(dialog);

  const said = { idle: data.textIdle, age: data.textAge, over: data.textOver, typed: data.textTyped };
  const pressed = { idle: data.pressIdle, age: data.pressAge, over: data.pressOver, typed: data.pressTyped };
  const show = (kind, minutes) => {
    state = kind;
    text.textContent = minutes === undefined ? said[kind] : `${said[kind]} ${minutes}`;
    button.textContent = pressed[kind];
    if (!dialog.open) dialog.showModal();
  };

  // Nothing more to be read on a screen that nobody sits at; what was typed stays in its form.
  const over = () => {
    clearTimeout(timer);
    main.hidden = true;
    show(changed ? "typed" : "over");
  };

  const watch = (left) => {
    clearTimeout(timer);
    const nearest = Math.min(left.idle, left.age);
    if (nearest < 1) return over();
    if (nearest > WARN_SECONDS) {
      if (dialog.open) dialog.close();
      timer = setTimeout(ask, (nearest - WARN_SECONDS) * 1000);
    } else {
      if (state !== "known") show(left.age <= left.idle ? "age" : "idle", Math.ceil(nearest / 60));
      timer = setTimeout(ask, Math.min(60, nearest) * 1000);
    }
    return null;
  };

  const follow = async (request) => {
    clearTimeout(timer);
    try {
      const answer = await request;
      if (answer.redirected || answer.status === 403) return over();
      if (answer.ok) return watch(await answer.json());
    } catch (_error) {
      // No network: asked again below.
    }
    timer = setTimeout(ask, PING_MS);
    return null;
  };

  const accept = { Accept: "application/json" };
  const extend = () => {
    acted = false;
    const body = new URLSearchParams({ csrfmiddlewaretoken: data.token });
    return follow(fetch(data.extend, { method: "POST", body, headers: accept }));
  };
  const ask = () => {
    if (acted && !dialog.open) return extend();
    return follow(fetch(data.remaining, { headers: Object.assign({ "X-Zhida-Quiet": "1" }, accept) }));
  };

  const press = () => {
    if (state === "idle") extend();
    else if (state === "age") { state = "known"; dialog.close(); }
    else if (state === "over") window.location.reload();
    else if (state === "typed") HTMLFormElement.prototype.submit.call(changed);
  };

  ["keydown", "pointerdown", "wheel", "touchmove", "input"].forEach((kind) => {
    document.addEventListener(kind, () => { acted = true; }, { passive: true });
  });
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    const kept = form && form.method === "post" && !new URL(form.action).pathname.startsWith("/accounts/");
    if (kept) changed = form;
  });
  setInterval(() => { if (acted && !dialog.open) extend(); }, PING_MS);
  button.addEventListener("click", press);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); if (!main.hidden) press(); });
  watch({ idle: Number(data.idle), age: Number(data.age) });
})();
