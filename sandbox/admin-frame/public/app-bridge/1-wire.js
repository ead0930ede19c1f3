// What the stand-in knows of itself, and its wire to the admin frame around it.
// It plays https://cdn.shopify.com/shopifycloud/app-bridge.js for an app that runs in the sandbox, framed or not.
// Everything a test may want to see is kept in window.__appBridge.
(() => {
  const script = document.currentScript;
  const query = new URLSearchParams(location.search);
  const kept = (name) => {
    const value = query.get(name);
    try {
      if (value) sessionStorage.setItem(`app-bridge.${name}`, value);
      return value ?? sessionStorage.getItem(`app-bridge.${name}`) ?? undefined;
    } catch {
      return value ?? undefined; // A browser may refuse storage to a framed site.
    }
  };
  const meta = document.querySelector('meta[name="shopify-api-key"]');
  const config = {
    apiKey: script?.dataset.apiKey || meta?.content || "",
    shop: kept("shop"),
    host: kept("host"),
    locale: kept("locale") ?? "en-US",
  };

  const bridge = {
    config,
    sandbox: new URL(script?.src || location.href).origin,
    tokenUrl: script?.dataset.tokenUrl,
    framed: window.parent !== window,
    toasts: [],
    navigations: [],
    pickers: [],
    intents: [],
    scopes: [],
    loading: [],
    topLevel: [],
    saveBars: {},
    modals: {},
    titleBars: [],
    prints: 0,
    leaveConfirmations: 0,
    pickerQueue: [],
    intentQueue: [],
  };
  window.__appBridge = bridge;
  bridge.tokenUrl ??= `${bridge.sandbox}/app-bridge/session-token`;

  bridge.tell = (kind, content = {}) => {
    if (bridge.framed) window.parent.postMessage({ appBridge: 1, kind, ...content }, "*");
  };

  let asked = 0;
  const waiting = new Map();
  bridge.ask = (kind, content = {}) =>
    new Promise((resolve) => {
      asked += 1;
      waiting.set(asked, resolve);
      bridge.tell(kind, { ...content, ask: asked });
    });

  const listeners = {};
  bridge.hear = (kind, listener) => {
    listeners[kind] = listener;
  };
  window.addEventListener("message", ({ source, data }) => {
    if (source !== window.parent || data?.adminFrame !== 1) return;
    if (data.kind === "answer") {
      waiting.get(data.ask)?.(data.answer);
      waiting.delete(data.ask);
    } else listeners[data.kind]?.(data);
  });

  bridge.define = (name, element) => customElements.get(name) || customElements.define(name, element);

  // An adopted sheet, not a <style>: the app hydrates the whole document and trips over nodes it did not render.
  bridge.style = (css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };
})();
