// Passkeys: asks the browser for a key and sends what it answers. Without this script the password and the code of a
// generator app do the same; pages say so.
// <form data-passkey="create|get" data-options="id of the JSON | URL"> with a hidden input named credential.
(() => {
  "use strict";
  const toBytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const toText = (buffer) => {
    const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const keys = (list) => (list || []).map((key) => ({ ...key, id: toBytes(key.id) }));

  const create = async (options) => {
    const wanted = {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: keys(options.excludeCredentials),
      authenticatorSelection: {
        ...options.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    };
    const made = await navigator.credentials.create({ publicKey: wanted });
    return {
      ...plain(made),
      response: {
        clientDataJSON: toText(made.response.clientDataJSON),
        attestationObject: toText(made.response.attestationObject),
        transports: made.response.getTransports ? made.response.getTransports() : [],
      },
    };
  };

  const get = async (options) => {
    const wanted = { ...options, challenge: toBytes(options.challenge), allowCredentials: keys(options.allowCredentials) };
    const found = await navigator.credentials.get({ publicKey: wanted });
    const { clientDataJSON, authenticatorData, signature, userHandle } = found.response;
    return {
      ...plain(found),
      response: {
        clientDataJSON: toText(clientDataJSON),
        authenticatorData: toText(authenticatorData),
        signature: toText(signature),
        userHandle: userHandle ? toText(userHandle) : null,
      },
    };
  };

  const plain = (key) => ({
    id: key.id,
    rawId: toText(key.rawId),
    type: key.type,
    authenticatorAttachment: key.authenticatorAttachment || undefined,
    clientExtensionResults: key.getClientExtensionResults(),
  });

  // The options stand in the page, or are fetched when they are needed: a sign-in page may lie open for long.
  const optionsOf = async (form) => {
    const source = form.dataset.options;
    const inPage = document.getElementById(source);
    if (inPage) return JSON.parse(inPage.textContent);
    const answer = await fetch(source, { headers: { Accept: "application/json" } });
    return answer.json();
  };

  const prepare = (form) => {
    const button = form.querySelector("button");
    const status = form.querySelector("[data-passkey-status]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      button.disabled = true;
      status.textContent = status.dataset.waiting;
      try {
        const options = await optionsOf(form);
        const asked = options.creation_options || options.request_options;
        const answer = await (form.dataset.passkey === "create" ? create : get)(asked.publicKey);
        form.elements.credential.value = JSON.stringify(answer);
        HTMLFormElement.prototype.submit.call(form);
      } catch (error) {
        button.disabled = false;
        status.textContent = status.dataset.cancelled;
      }
    });
  };

  if (window.PublicKeyCredential && navigator.credentials) {
    document.querySelectorAll("form[data-passkey]").forEach(prepare);
    document.querySelectorAll("[data-passkey-missing]").forEach((text) => { text.hidden = true; });
  }
})();
