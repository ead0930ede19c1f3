// <ui-modal>: a dialog over the app. The frame dims what is around it.
((bridge) => {
  bridge.style(`
    .app-bridge-modal { position: fixed; inset: 0; z-index: 450; display: grid; place-items: start center; padding: 6vh 16px 16px;
      background: rgb(0 0 0 / 45%); overflow: auto; }
    .app-bridge-modal > section { inline-size: min(100%, 620px); background: #fff; color: #303030; border-radius: 16px; overflow: hidden;
      box-shadow: 0 20px 60px rgb(0 0 0 / 35%); font: 450 13px/20px Inter, system-ui, sans-serif; }
    .app-bridge-modal[data-variant="small"] > section { inline-size: min(100%, 380px); }
    .app-bridge-modal[data-variant="large"] > section { inline-size: min(100%, 980px); }
    .app-bridge-modal[data-variant="max"] { padding: 0; place-items: stretch; }
    .app-bridge-modal[data-variant="max"] > section { inline-size: 100%; border-radius: 0; }
    .app-bridge-modal header { display: flex; align-items: center; gap: 8px; padding: 12px 16px; background: #f3f3f3; border-bottom: 1px solid #e3e3e3; }
    .app-bridge-modal h2 { flex: 1; margin: 0; font-size: 14px; font-weight: 650; }
    .app-bridge-modal .body { max-block-size: 68vh; overflow: auto; }
    .app-bridge-modal .body > iframe { display: block; inline-size: 100%; block-size: 60vh; border: 0; }
    .app-bridge-modal footer { display: flex; justify-content: flex-end; gap: 8px; padding: 12px 16px; border-top: 1px solid #e3e3e3; }
    .app-bridge-modal footer:empty { display: none; }
    .app-bridge-modal button.app-bridge { min-block-size: 28px; padding: 4px 12px; border: 1px solid #ccc; border-radius: 8px; background: #fff;
      color: #303030; font: 550 12px/16px Inter, system-ui, sans-serif; cursor: pointer; }
    .app-bridge-modal button.app-bridge:hover { background: #f7f7f7; }
    .app-bridge-modal button.app-bridge.primary { background: #303030; border-color: #303030; color: #fff; }
    .app-bridge-modal button.app-bridge.critical { background: #c70a24; border-color: #c70a24; color: #fff; }
    .app-bridge-modal button.app-bridge:disabled { opacity: .5; cursor: default; }
    .app-bridge-modal button.app-bridge.close { padding: 4px 8px; border-color: transparent; background: transparent; font-size: 16px; }
  `);

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  class Modal extends HTMLElement {
    #content = document.createElement("div");
    #overlay;
    #frame;
    #before;

    get content() {
      return this.#content;
    }
    get contentWindow() {
      return this.#frame?.contentWindow ?? null;
    }
    get variant() {
      return this.getAttribute("variant") ?? "base";
    }
    set variant(value) {
      this.setAttribute("variant", value);
      if (this.#overlay) this.#overlay.dataset.variant = value;
    }
    get src() {
      return this.getAttribute("src") ?? undefined;
    }
    set src(value) {
      this.setAttribute("src", value);
    }
    get titleBar() {
      return this.querySelector("ui-title-bar");
    }

    async show() {
      if (this.#overlay) return;
      bridge.modals[this.id] = true;
      this.#before = document.activeElement;
      const body = element("div", { className: "body" }, this.src ? this.#framed() : this.#filled());
      const dialog = element("section", { tabIndex: -1 }, element("header"), body, element("footer"));
      dialog.setAttribute("role", "dialog");
      dialog.setAttribute("aria-modal", "true");
      this.#overlay = element("div", { className: "app-bridge-modal" }, dialog);
      this.#overlay.dataset.variant = this.variant;
      this.#overlay.addEventListener("keydown", (event) => this.#keys(event));
      this.#overlay.addEventListener("mousedown", (event) => event.target === this.#overlay && this.hide());
      this.retitle();
      document.body.append(this.#overlay);
      dialog.focus();
      bridge.tell("dim", { on: true });
      this.dispatchEvent(new Event("show"));
    }
    async hide() {
      if (!this.#overlay) return;
      bridge.modals[this.id] = false;
      this.#overlay.remove();
      this.#overlay = undefined;
      this.#frame = undefined;
      bridge.tell("dim", { on: false });
      this.#before?.focus?.();
      this.dispatchEvent(new Event("hide"));
    }
    async toggle() {
      return this.#overlay ? this.hide() : this.show();
    }
    disconnectedCallback() {
      this.hide();
    }

    // Title and buttons come from the <ui-title-bar> inside; pressing one presses the app's own button.
    retitle() {
      if (!this.#overlay) return;
      const title = this.titleBar?.getAttribute("title") || document.title;
      const dialog = this.#overlay.firstElementChild;
      dialog.setAttribute("aria-label", title);
      const close = element("button", { type: "button", className: "app-bridge close", textContent: "×", onclick: () => this.hide() });
      close.setAttribute("aria-label", "Close");
      dialog.querySelector("header").replaceChildren(element("h2", { textContent: title }), close);
      const actions = this.titleBar?.actions ?? [];
      const buttons = actions.map(({ label, primary, critical, disabled }, index) =>
        element("button", {
          type: "button",
          className: `app-bridge ${critical ? "critical" : primary ? "primary" : ""}`,
          textContent: label,
          disabled,
          onclick: () => this.titleBar.buttons[index].click(),
        }),
      );
      // The main action stands last, where the eye and the Tab key end.
      const order = actions.map((action, index) => ({ action, index })).sort((a, b) => Number(a.action.primary) - Number(b.action.primary));
      dialog.querySelector("footer").replaceChildren(...order.map(({ index }) => buttons[index]));
    }

    #framed() {
      this.#frame = element("iframe", { src: this.src, title: this.titleBar?.getAttribute("title") ?? "" });
      return this.#frame;
    }
    // Written without React, the content is the element's own children; React has put it into `content` already.
    #filled() {
      for (const child of [...this.children]) {
        const own = !["UI-TITLE-BAR", "UI-SAVE-BAR"].includes(child.tagName) && child.childNodes.length > 0;
        if (own) this.#content.append(child);
      }
      return this.#content;
    }
    #keys(event) {
      if (event.key === "Escape") this.hide();
      if (event.key !== "Tab") return;
      const stops = [...this.#overlay.querySelectorAll("a[href], button, input, select, textarea, [tabindex]")].filter(
        (one) => !one.disabled && one.tabIndex >= 0 && one.offsetParent,
      );
      const edge = event.shiftKey ? stops[0] : stops.at(-1);
      const leaving = document.activeElement === edge || document.activeElement === this.#overlay.firstElementChild;
      if (!leaving || (document.activeElement !== edge && !event.shiftKey)) return;
      event.preventDefault();
      (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
    }
  }
  bridge.define("ui-modal", Modal);
})(window.__appBridge);
