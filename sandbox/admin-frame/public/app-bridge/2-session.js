// Session tokens, the fetch that carries them, and the ways out of the frame.
((bridge) => {
  const { config } = bridge;
  const plainFetch = window.fetch.bind(window);

  let cached;
  bridge.idToken = async () => {
    if (!cached || cached.expires - 5 < Date.now() / 1000) {
      const address = `${bridge.tokenUrl}?${new URLSearchParams({ shop: config.shop ?? "", app: config.apiKey })}`;
      const response = await plainFetch(address);
      if (!response.ok) throw new Error(`No session token: ${await response.text()}`);
      const jwt = (await response.text()).trim();
      const claims = JSON.parse(atob(jwt.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
      cached = { jwt, expires: claims.exp };
    }
    return cached.jwt;
  };

  // Only calls to the app itself get the token, and an Authorization header that is there stays.
  window.fetch = async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    const own = url.hostname === location.hostname || url.hostname.endsWith(`.${location.hostname}`);
    if (!own) return plainFetch(input, init);

    const send = async () => {
      const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined));
      if (!headers.has("authorization")) headers.set("Authorization", `Bearer ${await bridge.idToken()}`);
      if (!headers.has("accept-language")) headers.set("Accept-Language", config.locale);
      headers.set("X-Requested-With", "XMLHttpRequest");
      return plainFetch(input instanceof Request ? input.clone() : input, { ...init, headers });
    };
    let response = await send();
    if (response.status === 401 && response.headers.get("X-Shopify-Retry-Invalid-Session-Request")) {
      cached = undefined;
      response = await send();
    }
    const reauthorize = response.headers.get("X-Shopify-API-Request-Failure-Reauthorize-Url");
    if (reauthorize) bridge.openTop(new URL(reauthorize, location.href).href);
    return response;
  };

  // The admin's own addresses lead to the sandbox's admin instead.
  const inSandbox = (address) => {
    const url = String(address);
    const handle = (config.shop ?? "").split(".")[0];
    const own = /^shopify:(?:\/\/)?\/?admin\/(.*)$/.exec(url);
    if (own) return `${bridge.sandbox}/store/${handle}/${own[1]}`;
    const admin = /^https:\/\/admin\.shopify\.com\/store\/(.*)$/.exec(url);
    if (admin) return `${bridge.sandbox}/store/${admin[1]}`;
    const shop = /^https:\/\/([a-z0-9-]+)\.myshopify\.com(\/.*)?$/.exec(url);
    if (!shop) return;
    const path = (shop[2] ?? "/").slice(1);
    return path.startsWith("admin/")
      ? `${bridge.sandbox}/store/${shop[1]}/${path.slice(6)}`
      : `${bridge.sandbox}/store/${shop[1]}/storefront/${path}`;
  };

  bridge.openTop = (address, target = "_top") => {
    const url = inSandbox(address) ?? new URL(address, location.href).href;
    bridge.topLevel.push({ url, asked: String(address), target });
    bridge.tell("top", { url });
    window.dispatchEvent(new CustomEvent("app-bridge:top", { detail: url }));
  };

  const plainOpen = window.open.bind(window);
  window.open = (address, target = "_blank", ...rest) => {
    if (["_top", "_parent"].includes(target) || /^app:/.test(String(address))) {
      bridge.openTop(address, target);
      return null;
    }
    const local = inSandbox(address);
    if (local) bridge.topLevel.push({ url: local, asked: String(address), target });
    return plainOpen(local ?? address, target, ...rest);
  };
  window.print = () => {
    bridge.prints += 1;
  };

  document.addEventListener(
    "click",
    (event) => {
      const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.getAttribute("href"));
      if (!link || event.defaultPrevented) return;
      const outward = ["_top", "_parent"].includes(link.target);
      const local = inSandbox(link.href);
      if (!outward && !local) return;
      event.preventDefault();
      if (link.target === "_blank") window.open(link.href, "_blank", "noopener");
      else bridge.openTop(link.href, link.target || "_top");
    },
    true,
  );

  // A page loaded without a token (/auth/session-token?shopify-reload=…) goes back to where it was wanted, with one.
  const address = new URLSearchParams(location.search).get("shopify-reload");
  if (address) {
    bridge.idToken().then((token) => location.replace(bridge.withSession(address, token)));
  }

  bridge.withSession = (address, token) => {
    const url = new URL(address, location.href);
    const session = { embedded: "1", shop: config.shop, host: config.host, locale: config.locale, id_token: token };
    for (const [name, value] of Object.entries(session)) if (value) url.searchParams.set(name, value);
    return url.href;
  };
})(window.__appBridge);
