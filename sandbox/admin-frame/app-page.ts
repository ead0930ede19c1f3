// The page in which an embedded app runs, and the address the frame opens the app at.

import { createHmac, randomBytes } from "node:crypto";
import { sessionToken } from "../session-token.ts";
import { installedApp, type ShopState, type World } from "../store.ts";
import { type App, domainOf, type Shop } from "../world.ts";
import { type Html, html, jsonScript, raw } from "./html.ts";
import { shell } from "./shell.ts";

/** The app by its handle or, as Shopify's own redirects name it, by its key. */
export const appNamed = (world: World, name: string): App | undefined =>
  world.apps.get(name) ?? [...world.apps.values()].find((app) => app.handle === name);

/** What Shopify tells the app as `host`: where in the admin it is framed. */
export const hostOf = (shop: Shop): string => Buffer.from(`admin.shopify.com/store/${shop.handle}`).toString("base64url");

/** The app's address with everything the admin hands to an embedded app, signed with the app's secret. */
export function framedAddress(world: World, { shop }: ShopState, app: App, path: string): string {
  const url = new URL(`${app.url.replace(/\/$/, "")}${path.startsWith("/") ? path : `/${path}`}`);
  const handed = {
    embedded: "1",
    host: hostOf(shop),
    id_token: sessionToken(world, { shop: shop.handle, apiKey: app.apiKey }),
    locale: shop.locale,
    session: randomBytes(32).toString("hex"),
    shop: domainOf(shop),
    timestamp: String(Math.floor(Date.now() / 1000)),
  };
  for (const [name, value] of Object.entries(handed)) url.searchParams.set(name, value);
  const message = [...url.searchParams]
    .filter(([name]) => name !== "hmac")
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join("&");
  url.searchParams.set("hmac", createHmac("sha256", app.secret).update(message).digest("hex"));
  return url.href;
}

export function appPage(world: World, state: ShopState, app: App, path: string): Html {
  const { shop } = state;
  const base = `/store/${shop.handle}/apps/${app.handle}`;
  if (installedApp(world, state) !== app) return installPage(world, state, app);

  const frame = { shop: shop.handle, app: { handle: app.handle, title: app.title, url: app.url }, base };
  return shell({
    world,
    state,
    at: `apps/${app.handle}`,
    app,
    title: app.title,
    scripts: ["frame.js"],
    content: html`
      <div class="app-bar">
        <b class="app-icon" aria-hidden="true">${app.title.charAt(0)}</b>
        <h1>${app.title}</h1><span class="app-title"></span>
        <div class="app-actions"></div>
      </div>
      ${earlyWords}
      <iframe id="app" title="${app.title}" src="${framedAddress(world, state, app, path)}" allow="clipboard-write"></iframe>
      <div class="app-away" hidden>
        <h2>${app.title} does not answer</h2>
        <p>The sandbox expects it at <code>${app.url}</code>. Start it, then load this page again.</p>
      </div>
      <script type="application/json" id="frame">${jsonScript(frame)}</script>`,
  });
}

// The app may speak before the frame's own script has loaded; what it says is kept for it.
const earlyWords = raw(
  '<script>window.early = []; window.addEventListener("message", window.keepEarly = (event) => window.early.push(event));</script>',
);

function installPage(world: World, state: ShopState, app: App): Html {
  const other = installedApp(world, state);
  return shell({
    world,
    state,
    at: `apps/${app.handle}`,
    title: `Install ${app.title}`,
    content: html`
      <section class="card install">
        <b class="app-icon" aria-hidden="true">${app.title.charAt(0)}</b>
        <h1>Install ${app.title}</h1>
        <p>${app.title} will be able to:</p>
        <ul>${world.config.scopes.map((scope) => html`<li>${sentenceOf(scope)} <code>${scope}</code></li>`)}</ul>
        ${other && html`<p class="quiet">${other.title} is installed in this shop and will make room: the sandbox keeps one app in a shop.</p>`}
        <form data-call="/control/${state.shop.handle}/install" data-then="reload">
          <input type="hidden" name="app" value="${app.apiKey}">
          <button class="primary">Install</button>
        </form>
      </section>`,
  });
}

const sentenceOf = (scope: string): string => {
  const [verb = "", ...nouns] = scope.split("_");
  return `${verb === "write" ? "See and change" : "See"} ${nouns.join(" ")}`;
};
