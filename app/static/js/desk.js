// What every page of the desk does in the browser, beyond what it does without.

// a browser that knows of no passkeys is not asked for one, nor is any at an address without a name: none counts there
const nameless = /^[\d.]+$|^\[/.test(location.hostname);
for (const part of document.querySelectorAll('[data-scripted="passkey"]')) {
  part.hidden = nameless || !("PublicKeyCredential" in window);
}
