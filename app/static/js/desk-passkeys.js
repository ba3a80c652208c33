// Asks the device for a passkey, and sends what it says by the form that stands in the page.

const form = document.querySelector("[data-passkey]");

/** Bytes from base64url, as the server writes them. */
function bytes(text) {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/** Base64url from a buffer, as the server reads it; nothing of nothing. */
function written(buffer) {
  if (!buffer) return undefined;
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The server's options with bytes where a browser wants them. */
function prepared(options) {
  const listed = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  const whole = { ...options, challenge: bytes(options.challenge) };
  if (options.user) whole.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) whole.excludeCredentials = listed(options.excludeCredentials);
  if (options.allowCredentials) whole.allowCredentials = listed(options.allowCredentials);
  return whole;
}

/** What the device said, as JSON. */
function told(credential) {
  const said = credential.response;
  return JSON.stringify({
    id: credential.id,
    rawId: written(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      clientDataJSON: written(said.clientDataJSON),
      attestationObject: written(said.attestationObject),
      authenticatorData: written(said.authenticatorData),
      signature: written(said.signature),
      userHandle: written(said.userHandle),
      transports: said.getTransports?.(),
    },
  });
}

async function ask() {
  const refused = form.querySelector("[data-refused]");
  refused.hidden = true;
  try {
    const publicKey = prepared(JSON.parse(form.dataset.options));
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.credential.value = told(credential);
    form.submit();
  } catch {
    refused.hidden = false;
  }
}

if (form) {
  form.querySelector("button").addEventListener("click", ask);
  ask();
}
