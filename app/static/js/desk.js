// What every page of the desk does in the browser, beyond what it does without.

// a browser that knows of no passkeys is not asked for one
for (const part of document.querySelectorAll('[data-scripted="passkey"]')) {
  part.hidden = !("PublicKeyCredential" in window);
}
