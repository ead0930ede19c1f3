// The app's menu and title, shown by the frame, and the path of the app, kept in the browser's address.
((bridge) => {
  bridge.style("ui-nav-menu, s-app-nav, ui-title-bar, ui-save-bar, ui-modal { display: none !important; }");

  const sessionOnly = ["embedded", "shop", "host", "id_token", "hmac", "timestamp", "session", "locale"];
  const path = () => {
    const url = new URL(location.href);
    for (const name of sessionOnly) url.searchParams.delete(name);
    return url.pathname + url.search + url.hash;
  };
  let told;
  const tellPath = () => {
    if (location.search.includes("shopify-reload=") || told === path()) return;
    told = path();
    bridge.tell("path", { path: told, title: document.title });
  };
  for (const method of ["pushState", "replaceState"]) {
    const plain = history[method].bind(history);
    history[method] = (...args) => {
      plain(...args);
      tellPath();
    };
  }
  window.addEventListener("popstate", tellPath);
  window.addEventListener("hashchange", tellPath);

  // Whether the app follows shopify:navigate yet: until it has hydrated, a menu entry loads its page afresh.
  let followers = 0;
  const plainListen = window.addEventListener.bind(window);
  window.addEventListener = (type, ...rest) => {
    if (type === "shopify:navigate") followers += 1;
    return plainListen(type, ...rest);
  };
  const plainForget = window.removeEventListener.bind(window);
  window.removeEventListener = (type, ...rest) => {
    if (type === "shopify:navigate") followers = Math.max(0, followers - 1);
    return plainForget(type, ...rest);
  };

  bridge.navigate = async (href) => {
    bridge.navigations.push(href);
    if (followers === 0) {
      location.assign(bridge.withSession(href, await bridge.idToken()));
      return;
    }
    const entry = document.createElement("a");
    entry.setAttribute("href", href);
    entry.hidden = true;
    document.documentElement.append(entry);
    entry.dispatchEvent(new CustomEvent("shopify:navigate", { bubbles: true, cancelable: true }));
    entry.remove();
  };
  bridge.hear("navigate", ({ href }) => bridge.navigate(href));

  class NavMenu extends HTMLElement {
    connectedCallback() {
      this.watch = new MutationObserver(() => this.tell());
      this.watch.observe(this, { childList: true, subtree: true, characterData: true, attributes: true });
      this.tell();
    }
    disconnectedCallback() {
      this.watch?.disconnect();
    }
    get items() {
      return [...this.querySelectorAll("a, s-link")].map((link) => ({
        href: link.getAttribute("href"),
        label: link.textContent.trim(),
        home: link.getAttribute("rel") === "home",
      }));
    }
    go(href) {
      return bridge.navigate(href);
    }
    tell() {
      bridge.tell("nav", { items: this.items });
    }
  }
  bridge.define("ui-nav-menu", class extends NavMenu {});
  bridge.define("s-app-nav", class extends NavMenu {});

  class TitleBar extends HTMLElement {
    connectedCallback() {
      bridge.titleBars.push(this);
      this.watch = new MutationObserver(() => this.tell());
      this.watch.observe(this, { childList: true, subtree: true, characterData: true, attributes: true });
      this.tell();
    }
    disconnectedCallback() {
      bridge.titleBars.splice(bridge.titleBars.indexOf(this), 1);
      this.watch?.disconnect();
      if (!this.closest("ui-modal")) bridge.tell("title", { title: "", actions: [] });
    }
    get buttons() {
      return [...this.querySelectorAll("button, a")];
    }
    get actions() {
      return this.buttons.map((button) => ({
        label: button.textContent.trim(),
        primary: button.getAttribute("variant") === "primary",
        critical: button.getAttribute("tone") === "critical",
        disabled: button.disabled === true || button.hasAttribute("loading"),
      }));
    }
    tell() {
      const modal = this.closest("ui-modal");
      if (modal) modal.retitle?.();
      else bridge.tell("title", { title: this.getAttribute("title") ?? "", actions: this.actions });
    }
  }
  bridge.define("ui-title-bar", TitleBar);
  bridge.hear("title action", ({ index }) => {
    const bar = bridge.titleBars.find((one) => !one.closest("ui-modal"));
    bar?.buttons[index]?.click();
  });

  tellPath();
  document.addEventListener("DOMContentLoaded", () => bridge.tell("loaded", { title: document.title }));
})(window.__appBridge);
