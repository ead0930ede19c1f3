// The rewards block works without this file. With it a reward is redeemed in one tap, on the page where it stands.
(() => {
  if (customElements.get("laurel-rewards")) return;

  // A tap has one request id, kept until its answer has settled: a double tap, a retry after a lost answer and the
  // back button ask for the same code, not for another one.
  const keepMs = 120_000;
  const storage = {
    get(key) {
      try {
        return JSON.parse(sessionStorage.getItem(key));
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        if (value) sessionStorage.setItem(key, JSON.stringify(value));
        else sessionStorage.removeItem(key);
      } catch {
        // Without storage a tap is remembered by the page alone.
      }
    },
  };
  const newId = () =>
    crypto.randomUUID
      ? crypto.randomUUID()
      : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
          (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16),
        );

  class LaurelRewards extends HTMLElement {
    connectedCallback() {
      this.taps = {};
      this.addEventListener("submit", this);
      // Back from the cart: the page is as it was left, and must not look busy.
      window.addEventListener("pageshow", this);
    }

    disconnectedCallback() {
      window.removeEventListener("pageshow", this);
    }

    handleEvent(event) {
      if (event.type === "pageshow") return event.persisted && this.rest();
      const form = event.target;
      const act = { redeem: this.redeem, "hand-back": this.handBack }[form.dataset.laurel];
      if (!act) return;
      event.preventDefault();
      if (!this.busy) act.call(this, form, Object.fromEntries(new FormData(form)));
    }

    async redeem(form, { reward, return: back }) {
      const key = `laurel:${reward}`;
      for (let attempt = 0; attempt < 2; attempt++) {
        const tap = this.tapOf(key);
        const answer = await this.ask(form, "redeem", { reward, request: tap.id, return: back });
        if (!answer) return;
        if (answer.url) {
          this.keep(key, { id: tap.id, until: Date.now() + keepMs });
          location.assign(answer.url);
          return;
        }
        // The server has heard this tap and is done with it: the next one is a new wish.
        if (answer.settled) this.keep(key, null);
        if (!answer.again) return this.rest(answer.sentence);
      }
      this.rest(this.dataset.failed);
    }

    async handBack(form, { redemption }) {
      const answer = await this.ask(form, "hand-back", { redemption });
      if (!answer) return;
      this.rest(answer.sentence);
      if (!answer.handedBack) return;
      const row = form.closest("li");
      row.style.visibility = "hidden";
      this.status.tabIndex = -1;
      this.status.focus();
    }

    async ask(form, path, body) {
      this.busy = form.querySelector("button");
      this.busy.setAttribute("aria-disabled", "true");
      this.say(this.dataset.busy);
      try {
        const response = await fetch(`${this.dataset.proxy}/${path}`, {
          method: "POST",
          headers: { "content-type": "application/json", accept: "application/json" },
          body: JSON.stringify({ ...body, locale: this.dataset.locale }),
        });
        const answer = await response.json();
        if (answer.login) {
          location.assign(`${answer.login}?return_url=${encodeURIComponent(location.pathname + location.search)}`);
          return null;
        }
        return answer;
      } catch {
        this.rest(this.dataset.failed);
        return null;
      }
    }

    tapOf(key) {
      const kept = this.taps[key] ?? storage.get(key);
      if (kept && !(kept.until < Date.now())) return kept;
      const tap = { id: newId() };
      this.keep(key, tap);
      return tap;
    }

    keep(key, tap) {
      this.taps[key] = tap ?? undefined;
      storage.set(key, tap);
    }

    rest(sentence = "") {
      this.busy?.removeAttribute("aria-disabled");
      this.busy = undefined;
      this.say(sentence);
    }

    say(sentence) {
      if (this.status) this.status.textContent = sentence;
    }

    get status() {
      return this.querySelector("[data-laurel-status]");
    }
  }

  customElements.define("laurel-rewards", LaurelRewards);
})();
