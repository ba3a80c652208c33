// The line to the server: JSON out and in, and pages as documents (scripts make no markup of texts here).

export class Line {
  constructor(form) {
    this.at = `${location.pathname}/`;
    this.token = form.elements.csrf_token;
  }

  async #ask(path, options) {
    try {
      const answer = await fetch(this.at + path, { credentials: "same-origin", redirect: "error", ...options });
      const json = (answer.headers.get("Content-Type") ?? "").includes("json");
      return { status: answer.status, body: json ? await answer.json() : undefined };
    } catch {
      return { status: 0 };
    }
  }

  post(path, body) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token.value };
    return this.#ask(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  get(path) {
    return this.#ask(path, { cache: "no-cache" });
  }

  beacon(path, said) {
    const sent = new FormData();
    sent.append("csrf_token", this.token.value);
    sent.append("said", JSON.stringify(said));
    return navigator.sendBeacon(this.at + path, sent);
  }

  /** A new token, once somebody has signed in again; resolves to the status of the answer. */
  async renew() {
    const { status, body } = await this.get("token");
    if (status === 200) this.token.value = body.token;
    return status;
  }

  /** Send a form of this page by one of its buttons: { status, page }. */
  submit(address, form, button) {
    const sent = new FormData(form);
    sent.set("csrf_token", this.token.value);
    if (button.name) sent.append(button.name, button.value);
    return this.page(address, "POST", sent);
  }

  /** A page of ours: its status, 0 where the line is down, and the document. */
  page(address, method = "GET", sent = null) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open(method, address);
      request.responseType = "document";
      for (const end of ["load", "error", "abort"]) {
        request.addEventListener(end, () => resolve({ status: request.status, page: request.response }));
      }
      request.send(sent);
    });
  }
}
