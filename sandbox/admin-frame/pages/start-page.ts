// The first page: which shops there are and what can be done with them.

import { installedApp, type World } from "../../store.ts";
import { domainOf } from "../../world.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { document, mark } from "../shell.ts";

export function startPage(world: World): Html {
  const content = html`
    <header class="bar"><a class="bar-brand" href="/" aria-label="Sandbox, all shops">${mark}<span>Sandbox</span></a></header>
    <main class="plain-page">
      <div class="hero">
        <h1>A Shopify of your own</h1>
        <p>Two sides of every shop: what the merchant sees, with the app in it, and what the shopper sees. Buy something on the storefront and watch the points move in the app.</p>
      </div>
      <div class="shops">${[...world.shops.values()].map((state) => {
        const { shop } = state;
        const app = installedApp(world, state);
        const base = `/store/${shop.handle}`;
        return html`
          <section class="card">
            <header><h2>${shop.name}</h2><span class="badge">${shop.plan}</span></header>
            <p class="quiet">${domainOf(shop)} · ${shop.currency} · ${shop.timeZone}<br>
              ${state.products.size} products, ${state.customers.size} customers, ${state.orders.size} orders</p>
            <div class="doors">
              ${app && html`<a class="primary" href="${base}/apps/${app.handle}">${icon("app")}<span>Open ${app.title} in the admin</span></a>`}
              ${!app && [...world.apps.values()].map((one) => html`<a href="${base}/apps/${one.handle}">${icon("app")}<span>Install ${one.title}</span></a>`)}
              <a href="${base}/storefront/">${icon("store")}<span>Shop on the storefront</span></a>
              <a href="${base}/orders">${icon("orders")}<span>Orders, customers, discounts</span></a>
            </div>
          </section>`;
      })}
        <section class="card">
          <h2>Controls</h2>
          <p class="quiet">Move the clock, place and refund orders, make deliveries late, doubled or lost, and see what was sent.</p>
          <div class="doors"><a href="/control">${icon("control")}<span>Open the controls</span></a></div>
        </section>
      </div>
    </main>`;
  return document("Sandbox", content, [], "is-plain");
}
