// window.shopify, as far as an embedded app uses it.
((bridge) => {
  const byId = (id) => {
    const element = document.getElementById(id);
    if (!element) throw new Error(`There is no element #${id}.`);
    return element;
  };
  const byElement = { show: (id) => byId(id).show(), hide: (id) => byId(id).hide(), toggle: (id) => byId(id).toggle() };

  const toast = {
    show(message, options = {}) {
      const id = `toast-${bridge.toasts.length + 1}`;
      const { duration = 5000, isError = false, action } = options;
      bridge.toasts.push({ id, message, isError, duration, action, options });
      bridge.tell("toast", { id, message, isError, duration, action });
      return id;
    },
    hide(id) {
      bridge.tell("toast hide", { id });
      dismissed(id);
    },
  };
  const dismissed = (id) => {
    const one = bridge.toasts.find((known) => known.id === id);
    if (!one || one.hidden) return;
    one.hidden = true;
    one.options.onDismiss?.();
  };
  bridge.hear("toast action", ({ id }) => bridge.toasts.find((one) => one.id === id)?.options.onAction?.());
  bridge.hear("toast dismissed", ({ id }) => dismissed(id));

  // A test may lay the answer ready in pickerQueue; without it the frame asks the person.
  const pick = async (kind, options) => {
    bridge.pickers.push(options);
    const plain = JSON.parse(JSON.stringify(options));
    const ready = bridge.pickerQueue.length > 0;
    return ready || !bridge.framed ? bridge.pickerQueue.shift() : bridge.ask(kind, { options: plain });
  };
  const resourcePicker = async (options) => {
    const selection = await pick("resource picker", options);
    if (selection) selection.selection = selection;
    return selection ?? undefined;
  };
  const picker = async (options) => ({ selected: pick("picker", options).then((chosen) => chosen ?? undefined) });

  const aboutShop = async (what) => {
    const query = new URLSearchParams({ shop: bridge.config.shop ?? "", app: bridge.config.apiKey });
    const response = await fetch(`${bridge.sandbox}/app-bridge/${what}?${query}`);
    if (!response.ok) throw new Error(`The sandbox does not tell the ${what}: ${await response.text()}`);
    return response.json();
  };
  const scopes = {
    query: () => aboutShop("scopes"),
    request: async (wanted) => {
      bridge.scopes.push(wanted);
      const result = bridge.framed ? await bridge.ask("scopes", { wanted }) : "declined-all";
      return { result, detail: await aboutShop("scopes") };
    },
    revoke: async (given) => {
      if (bridge.framed) await bridge.ask("revoke scopes", { given });
      return { detail: await aboutShop("scopes") };
    },
  };

  // No intent workflow is played: unless a test has laid an answer ready, each closes at once.
  const intents = {
    request: { value: null, subscribe: () => () => {} },
    register: () => () => {},
    invoke: async (intent, options) => {
      bridge.intents.push([intent, options]);
      return { complete: Promise.resolve(bridge.intentQueue.shift() ?? { code: "closed" }) };
    },
    response: { ok: async () => {}, error: async () => {}, closed: async () => {} },
  };

  window.shopify = {
    config: bridge.config,
    origin: location.origin,
    ready: Promise.resolve(),
    environment: { mobile: false, embedded: bridge.framed, pos: false, intent: false },
    setSignals() {},
    idToken: bridge.idToken,
    user: () => aboutShop("user"),
    loading(on = true) {
      bridge.loading.push(on);
      bridge.tell("loading", { on: Boolean(on) });
    },
    toast,
    saveBar: { ...byElement, leaveConfirmation: bridge.leaveConfirmation },
    modal: byElement,
    resourcePicker,
    picker,
    scopes,
    intents,
    app: { extensions: () => aboutShop("extensions") },
    webVitals: {
      onReport: async (report) => {
        bridge.webVitals = report;
      },
    },
    support: {
      registerHandler: async (open) => {
        bridge.support = open;
      },
    },
    reviews: { request: async () => ({ success: false, code: "merchant-ineligible", message: "The sandbox has no reviews." }) },
    scanner: { capture: async () => Promise.reject(new Error("The sandbox has no camera.")) },
    tools: { register: () => () => {}, unregister() {}, clear() {} },
  };
})(window.__appBridge);
