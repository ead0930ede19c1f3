// The admin around every page of a shop: dark bar on top, menu at the side.

import type { ShopState, World } from "../store.ts";
import type { App } from "../world.ts";
import { type Content, type Html, html, raw } from "./html.ts";
import { icon } from "./icons.ts";
import { day } from "./say.ts";

export type Page = {
  world: World;
  state: ShopState;
  /** Which entry of the menu is lit: orders, customers, apps/laurel and so on. */
  at: string;
  title: string;
  content: Content;
  /** The app owns the whole area below the bar. */
  app?: App;
  scripts?: string[];
};

const entries = [
  { path: "", label: "Home", icon: "home" },
  { path: "orders", label: "Orders", icon: "orders" },
  { path: "products", label: "Products", icon: "products" },
  { path: "customers", label: "Customers", icon: "customers" },
  { path: "discounts", label: "Discounts", icon: "discounts" },
];

export function shell({ world, state, at, title, content, app, scripts = [] }: Page): Html {
  const { shop } = state;
  const base = `/store/${shop.handle}`;
  const entry = (path: string, label: string, name: string) =>
    html`<li><a href="${path ? `${base}/${path}` : base}" ${path === at ? raw('aria-current="page"') : ""}>${icon(name)}<span>${label}</span></a></li>`;
  const apps = [...world.apps.values()].filter((one) => shop.installation?.apiKey === one.apiKey);

  return document(
    `${title} · ${shop.name} · Sandbox admin`,
    html`
      <a class="skip" href="#main">Skip to content</a>
      <header class="bar">
        <button type="button" class="bar-menu" aria-expanded="false" aria-controls="menu" aria-label="Menu">${icon("menu")}</button>
        <a class="bar-brand" href="/" aria-label="Sandbox admin, all shops">${mark}<span>Sandbox admin</span></a>
        <div class="bar-middle">
          ${world.clock.offsetMs !== 0 && html`<a class="bar-clock" href="/control#clock">${icon("clock")}Sandbox time ${day(world.clock.now(), shop)}</a>`}
          ${app && saveBar}
        </div>
        <a class="bar-shop" href="${base}/storefront/" title="Open the storefront"><span>${shop.name}</span><b aria-hidden="true">${initials(shop.name)}</b></a>
        <div class="bar-loading" hidden></div>
      </header>
      <div class="below">
        <nav id="menu" class="menu" aria-label="Shop">
          <ul>${entries.map((one) => entry(one.path, one.label, one.icon))}</ul>
          <h2>Sales channels</h2>
          <ul>
            ${entry("themes/current/editor", "Online store", "theme")}
            <li><a href="${base}/storefront/" target="_blank" rel="noopener">${icon("view")}<span>View the storefront</span></a></li>
          </ul>
          <h2>Apps</h2>
          <ul class="menu-apps">
            ${apps.map((one) => html`${entry(`apps/${one.handle}`, one.title, "app")}${one === app && html`<li><ul class="app-nav"></ul></li>`}`)}
            ${apps.length === 0 && html`<li class="quiet">No app installed</li>`}
          </ul>
          <ul class="menu-end">
            <li><a href="/control">${icon("control")}<span>Sandbox controls</span></a></li>
            <li><a href="/">${icon("store")}<span>All shops</span></a></li>
          </ul>
        </nav>
        <main id="main" class="${app ? "is-app" : "is-page"}">${content}</main>
      </div>
      <div class="toasts" role="status" aria-live="polite"></div>`,
    ["admin.js", ...scripts],
  );
}

const saveBar = html`<div class="save-bar" role="region" aria-label="Unsaved changes" hidden>
  <span>Unsaved changes</span>
  <button type="button" class="save-bar-discard">Discard</button>
  <button type="button" class="save-bar-save">Save</button>
</div>`;

/** A page of the sandbox itself, outside of every shop. */
export function document(title: string, content: Content, scripts: string[], kind = "is-admin"): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/admin-frame/icon.svg" type="image/svg+xml">
${styles.map((style) => html`<link rel="stylesheet" href="/admin-frame/${style}.css">`)}
${scripts.map((script) => html`<script type="module" src="/admin-frame/${script}"></script>`)}
</head>
<body class="${kind}">${content}</body>
</html>`;
}

/** Their order is that of the cascade. */
const styles = ["admin", "records", "forms", "own-pages", "small-screens"];

export const mark = raw(
  '<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><rect width="24" height="24" rx="7" fill="#4fb477"/><path d="M7.5 15.5c1.6 1.3 8.6 1.8 8.6-1.5 0-3.6-7.8-1.6-7.8-5 0-2.8 5.8-2.8 7.4-1.2" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/></svg>',
);

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .filter((word) => /^\w/.test(word))
    .map((word) => word[0])
    .join("")
    .slice(0, 2)
    .toUpperCase();
