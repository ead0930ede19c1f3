// A shop at a glance.

import { originalTotals } from "../../orders.ts";
import type { ShopState, World } from "../../store.ts";
import { type Html, html } from "../html.ts";
import { money } from "../say.ts";
import { shell } from "../shell.ts";
import { orderRows } from "./orders.ts";

export function homePage(world: World, state: ShopState): Html {
  const { shop } = state;
  const since = world.clock.now().getTime() - 30 * 86_400_000;
  const orders = [...state.orders.values()].filter((order) => !order.deletedAt);
  const recent = orders.filter((order) => Date.parse(order.createdAt) >= since && !order.cancelledAt);
  const sales = recent.reduce((total, order) => total + originalTotals(order).total, 0);
  const waiting = [...state.deliveries.values()].filter(({ state: is }) => is === "queued" || is === "held").length;
  const tile = (name: string, value: string | number, to: string) =>
    html`<a class="card tile" href="${to}"><span class="quiet">${name}</span><b>${value}</b></a>`;
  const base = `/store/${shop.handle}`;

  return shell({
    world,
    state,
    at: "",
    title: "Home",
    content: html`
      <div class="page">
        <header><h1>${shop.name}</h1><a class="button primary" href="${base}/storefront/">View the storefront</a></header>
        <div class="tiles">
          ${tile("Sales, 30 days", money(sales, shop.currency), `${base}/orders`)}
          ${tile("Orders, 30 days", recent.length, `${base}/orders`)}
          ${tile("Customers", state.customers.size, `${base}/customers`)}
          ${tile("Deliveries waiting", waiting, `/control#${shop.handle}-deliveries`)}
        </div>
        <section class="card flush"><h2>Latest orders</h2>${orderRows(state, orders.slice(-8).reverse())}</section>
      </div>`,
  });
}
