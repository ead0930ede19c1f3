// The contextual save bar: the frame shows it, the app's own two buttons are pressed. Un-framed it stands at the top of the page.
((bridge) => {
  bridge.style(`
    ui-save-bar[data-shown="page"] { display: flex !important; position: fixed; inset: 0 0 auto; z-index: 600; gap: 8px;
      justify-content: flex-end; padding: 8px 16px; background: #303030; }
  `);
  const shown = new Set();
  bridge.unsaved = () => shown.size > 0;

  class SaveBar extends HTMLElement {
    get showing() {
      return shown.has(this);
    }
    get discardConfirmation() {
      return this.hasAttribute("discardconfirmation") || this.hasAttribute("discard-confirmation");
    }
    set discardConfirmation(wanted) {
      this.toggleAttribute("discardconfirmation", Boolean(wanted));
    }
    get save() {
      return this.querySelector('button[variant="primary"]');
    }
    get discard() {
      return this.querySelector('button:not([variant="primary"])');
    }
    async show() {
      if (this.showing) return;
      shown.add(this);
      bridge.saveBars[this.id] = true;
      if (!bridge.framed) this.dataset.shown = "page";
      this.watch = new MutationObserver(() => this.tell());
      this.watch.observe(this, { childList: true, subtree: true, attributes: true, characterData: true });
      this.tell();
      this.dispatchEvent(new Event("show"));
    }
    async hide() {
      if (!this.showing) return;
      shown.delete(this);
      bridge.saveBars[this.id] = false;
      delete this.dataset.shown;
      this.watch?.disconnect();
      bridge.tell("save bar", { shown: bridge.unsaved() });
      this.dispatchEvent(new Event("hide"));
    }
    async toggle() {
      return this.showing ? this.hide() : this.show();
    }
    disconnectedCallback() {
      this.hide();
    }
    tell() {
      const button = (one, label) => ({
        label: one?.textContent.trim() || label,
        disabled: one?.disabled === true,
        loading: Boolean(one?.hasAttribute("loading") && one.getAttribute("loading") !== "false"),
      });
      bridge.tell("save bar", {
        shown: true,
        confirmDiscard: this.discardConfirmation,
        save: button(this.save, "Save"),
        discard: button(this.discard, "Discard"),
      });
    }
  }
  bridge.define("ui-save-bar", SaveBar);

  const last = () => [...shown].at(-1);
  bridge.hear("save", () => last()?.save?.click());
  bridge.hear("discard", () => last()?.discard?.click());
  bridge.leaveConfirmation = async () => {
    bridge.leaveConfirmations += 1;
    if (bridge.unsaved() && bridge.framed) await bridge.ask("leave");
  };

  // <form data-save-bar>: dirty when somebody types, clean when it is sent or reset.
  const barOf = new WeakMap();
  const bar = (form) => {
    if (barOf.has(form)) return barOf.get(form);
    const element = document.createElement("ui-save-bar");
    const save = Object.assign(document.createElement("button"), { type: "button", textContent: "Save" });
    const discard = Object.assign(document.createElement("button"), { type: "button", textContent: "Discard" });
    save.setAttribute("variant", "primary");
    save.addEventListener("click", () => form.requestSubmit());
    discard.addEventListener("click", () => form.reset());
    element.discardConfirmation = form.hasAttribute("data-discard-confirmation");
    element.append(save, discard);
    document.body.append(element);
    barOf.set(form, element);
    return element;
  };
  const savable = (event) => event.target?.closest?.("form[data-save-bar]");
  for (const type of ["input", "change"]) {
    document.addEventListener(type, (event) => {
      const form = savable(event);
      if (form) bar(form).show();
    });
  }
  for (const type of ["submit", "reset"]) {
    document.addEventListener(type, (event) => {
      const form = savable(event);
      if (form) barOf.get(form)?.hide();
    });
  }
})(window.__appBridge);
