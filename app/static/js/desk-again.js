// A window in which somebody signed in again: it tells the page that waits for it, and goes.

new BroadcastChannel("desk").postMessage("signed in");
window.close();
