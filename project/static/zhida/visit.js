// Adds to the page of a visit, which works without it: signing by finger, photos sent one by one, a report that waits
// for the network. What was typed is kept in this tab only (sessionStorage) and removed once it has arrived.
(() => {
  "use strict";
  const page = document.querySelector("[data-visit]");
  if (!page) return;
  const KEY = `zhida-visit-${page.dataset.visit}`;
  const LONGEST_SIDE = 2000, LARGE = 1500000, FIRST_PAUSE = 4000, LONGEST_PAUSE = 60000;
  const form = page.querySelector("[data-report]");
  const photos = page.querySelector("[data-photos]");
  const newToken = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  // Sends again when the network is back, or after a growing pause.
  const retrying = (work) => {
    let pause = FIRST_PAUSE, timer = 0;
    const again = () => { clearTimeout(timer); window.removeEventListener("online", again); work(); };
    return {
      later: () => { timer = setTimeout(again, pause); pause = Math.min(2 * pause, LONGEST_PAUSE); window.addEventListener("online", again); },
      arrived: () => { pause = FIRST_PAUSE; },
    };
  };

  // Large pictures are made smaller here: less to send, and nothing of the camera goes with them.
  const smaller = async (file) => {
    if (file.size < LARGE || !window.createImageBitmap) return file;
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return blob && blob.size < file.size ? blob : file;
    } catch (error) {
      return file;
    }
  };

  const photoQueue = () => {
    const input = photos.querySelector('input[type="file"]'), list = photos.querySelector("[data-photo-list]");
    const waiting = [];
    let busy = false;
    const tell = (one, key, more = "") => { one.line.textContent = `${one.file.name} — ${page.dataset[key]}${more}`; };
    const send = async () => {
      if (busy || !waiting.length) return;
      busy = true;
      const one = waiting[0];
      tell(one, "photoSending");
      const data = new FormData();
      data.append("csrfmiddlewaretoken", photos.elements.csrfmiddlewaretoken.value);
      data.append("token", one.token);
      data.append("caption", one.caption);
      data.append("taken_at", new Date(one.file.lastModified).toISOString());
      data.append("photos", await smaller(one.file), "photo.jpg");
      try {
        const answer = await fetch(photos.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
        if (answer.status >= 500) throw new Error("later");
        const known = (answer.headers.get("Content-Type") || "").startsWith("application/json") ? await answer.json() : {};
        waiting.shift();
        if (answer.ok && !answer.redirected) tell(one, "photoSent");
        else tell(one, "photoFailed", ` ${known.message || page.dataset.signin}`);
        retry.arrived();
      } catch (error) {
        tell(one, "photoWaiting");
        busy = false;
        retry.later();
        return;
      }
      busy = false;
      send();
    };
    const retry = retrying(send);
    photos.addEventListener("submit", (event) => {
      event.preventDefault();
      const caption = photos.elements.caption.value;
      for (const file of input.files) {
        const line = list.appendChild(document.createElement("li"));
        const one = { file, line, caption, token: newToken() };
        tell(one, "photoWaiting");
        waiting.push(one);
      }
      input.value = "";
      photos.elements.caption.value = "";
      send();
    });
    window.addEventListener("beforeunload", (event) => { if (waiting.length) event.preventDefault(); });
  };

  // A field to sign in with a finger or a mouse; gives a PNG, or nothing when nobody signed.
  const signing = () => {
    const box = form.querySelector("[data-sign]"), canvas = box.querySelector("canvas"), pen = canvas.getContext("2d");
    let inked = false, drawing = false;
    Object.assign(canvas.style, { width: "100%", maxWidth: "640px", border: "2px solid", background: "#fff", touchAction: "none" });
    const clear = () => { pen.fillStyle = "#fff"; pen.fillRect(0, 0, canvas.width, canvas.height); inked = false; };
    const at = (event) => {
      const place = canvas.getBoundingClientRect();
      return [(event.clientX - place.left) * canvas.width / place.width, (event.clientY - place.top) * canvas.height / place.height];
    };
    canvas.addEventListener("pointerdown", (event) => { drawing = true; pen.lineWidth = 4; pen.lineCap = "round"; pen.beginPath(); pen.moveTo(...at(event)); canvas.setPointerCapture(event.pointerId); });
    canvas.addEventListener("pointermove", (event) => { if (drawing) { pen.lineTo(...at(event)); pen.stroke(); inked = true; } });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { drawing = false; });
    box.querySelector("[data-sign-clear]").addEventListener("click", clear);
    const drawn = () => form.elements.signature.value === "drawn";
    const show = () => { box.hidden = !drawn(); };
    form.addEventListener("change", show);
    clear();
    show();
    return async () => (drawn() && inked ? new Promise((done) => canvas.toBlob(done, "image/png")) : null);
  };

  const keepTyped = () => {
    const kept = () => [...form.elements].filter((one) => one.name && one.type !== "file" && one.type !== "hidden");
    const save = () => {
      const chosen = kept().filter((one) => one.type !== "radio" || one.checked).map((one) => [one.name, one.value]);
      sessionStorage.setItem(KEY, JSON.stringify(chosen));
    };
    for (const [name, value] of JSON.parse(sessionStorage.getItem(KEY) || "[]")) {
      const control = form.elements[name];
      if (control) control.value = value;
    }
    form.addEventListener("input", save);
  };

  const reporting = (signature) => {
    const status = form.querySelector("[data-report-status]");
    const say = (key) => { status.textContent = key ? page.dataset[key] : ""; };
    let busy = false;
    const showErrors = async (answer) => {
      const summary = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-error-summary], main h1");
      document.querySelectorAll("[data-error-summary]").forEach((old) => old.remove());
      const box = document.createElement("div");
      box.dataset.errorSummary = "";
      box.tabIndex = -1;
      box.className = "govuk-error-summary";
      if (summary) box.append(...summary.childNodes);
      page.before(box);
      box.focus();
    };
    const send = async () => {
      if (busy) return;
      busy = true;
      say("sending");
      try {
        const data = new FormData(form), drawn = await signature();
        if (drawn) data.set("image", drawn, "signature.png");
        const answer = await fetch(form.action, { method: "POST", body: data });
        if (answer.status >= 500) throw new Error("later");
        retry.arrived();
        say("");
        if (answer.redirected && new URL(answer.url).pathname === new URL(form.action).pathname) {
          sessionStorage.removeItem(KEY);
          window.location.replace(answer.url);
        } else if (answer.redirected) say("signin");
        else await showErrors(answer);
        busy = false;
      } catch (error) {
        busy = false;
        say("offline");
        retry.later();
      }
    };
    const retry = retrying(send);
    form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  };

  if (photos) photoQueue();
  if (form) {
    keepTyped();
    reporting(signing());
  } else sessionStorage.removeItem(KEY);
})();
