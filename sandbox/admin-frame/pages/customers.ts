// The shop's customers, with what the app has written on them.

import { originalTotals } from "../../orders.ts";
import type { ShopState, World } from "../../store.ts";
import type { Customer } from "../../world.ts";
import { type Html, html } from "../html.ts";
import { customerName, day, moment, money, words } from "../say.ts";
import { shell } from "../shell.ts";
import { orderRows } from "./orders.ts";
import { paged, searchBox } from "./paging.ts";

export function customersPage(world: World, state: ShopState, query: URLSearchParams): Html {
  const { shop } = state;
  const wanted = (query.get("q") ?? "").toLowerCase();
  const spent = new Map<string, { orders: number; amount: number }>();
  for (const order of state.orders.values()) {
    if (!order.customerId || order.cancelledAt || order.deletedAt) continue;
    const so = spent.get(order.customerId) ?? { orders: 0, amount: 0 };
    spent.set(order.customerId, { orders: so.orders + 1, amount: so.amount + originalTotals(order).total });
  }
  const all = [...state.customers.values()].filter(
    (one) => !one.mergedInto && `${customerName(one)} ${one.email ?? ""} ${one.tags.join(" ")}`.toLowerCase().includes(wanted),
  );
  const { shown, links } = paged(all.reverse(), query);
  return shell({
    world,
    state,
    at: "customers",
    title: "Customers",
    content: html`<div class="page">
      <header><h1>Customers</h1>${searchBox(query, "Name, e-mail or tag")}<a class="button primary" href="/control#${shop.handle}-customer">New customer</a></header>
      <section class="card flush"><div class="scroll"><table>
        <thead><tr><th>Name</th><th>E-mail</th><th>Account</th><th class="number">Orders</th><th class="number">Spent</th><th>Tags</th></tr></thead>
        <tbody>${shown.map((one) => {
          const so = spent.get(one.id);
          return html`<tr><td><a href="/store/${shop.handle}/customers/${one.id}"><b>${customerName(one)}</b></a></td><td>${one.email}</td><td>${account(one)}</td>
            <td class="number">${so?.orders ?? 0}</td><td class="number">${money(so?.amount ?? 0, shop.currency)}</td><td>${one.tags.join(", ")}</td></tr>`;
        })}</tbody></table></div>${links}</section>
    </div>`,
  });
}

export function customerPage(world: World, state: ShopState, id: string): Html | undefined {
  const customer = state.customers.get(id);
  if (!customer) return undefined;
  const { shop } = state;
  const orders = [...state.orders.values()].filter((order) => order.customerId === id && !order.deletedAt).reverse();
  const call = `/control/${shop.handle}/customers/${id}`;
  return shell({
    world,
    state,
    at: "customers",
    title: customerName(customer),
    content: html`<div class="page">
      <header>
        <a class="back" href="/store/${shop.handle}/customers">‹ Customers</a>
        <h1>${customerName(customer)} ${account(customer)}</h1>
        <a class="button" href="/store/${shop.handle}/storefront/account/login?as=${customer.id}">Shop as ${customer.firstName ?? "this customer"}</a>
        <form class="inline" data-call="${call}/data-request" data-then="reload"><button>Request data</button></form>
        <form class="inline" data-call="${call}/redact" data-then="reload"><button data-confirm="Ask the app to forget ${customerName(customer)}?">Redact</button></form>
      </header>
      <div class="columns">
        <div class="stack">
          <section class="card flush"><h2>Orders</h2>${orderRows(state, orders.slice(0, 20))}</section>
          <section class="card"><h2>Metafields</h2>${customer.metafields.length === 0 && html`<span class="quiet">None yet.</span>`}
            ${customer.metafields.map((one) => html`<div><b>${one.namespace}.${one.key}</b> <span class="quiet">${one.type}, ${moment(one.updatedAt, shop)}</span><output>${pretty(one.value)}</output></div>`)}
          </section>
        </div>
        <div class="stack">
          <section class="card"><h2>About</h2><dl class="plain">
            <dt>E-mail</dt><dd>${customer.email ?? "none"}</dd>
            <dt>Marketing</dt><dd>${words(customer.marketing.toLowerCase())}</dd>
            <dt>Language</dt><dd>${customer.locale}</dd>
            <dt>Since</dt><dd>${day(customer.createdAt, shop)}</dd>
            <dt>Id</dt><dd><code>${customer.id}</code></dd>
          </dl></section>
          <form class="card" data-call="${call}" data-then="reload">
            <h2>Change</h2>
            <label>First name<input name="firstName" value="${customer.firstName ?? ""}"></label>
            <label>Last name<input name="lastName" value="${customer.lastName ?? ""}"></label>
            <label>E-mail<input type="email" name="email" value="${customer.email ?? ""}"></label>
            <label>Tags<input name="tags" data-as="list" data-always value="${customer.tags.join(", ")}"></label>
            <label class="check"><input type="checkbox" name="account" data-always ${customer.state === "enabled" ? "checked" : ""}> Has an account</label>
            <button class="primary">Save</button>
          </form>
        </div>
      </div>
    </div>`,
  });
}

const account = (customer: Customer): Html =>
  customer.state === "enabled"
    ? html`<span class="badge good">Account</span>`
    : html`<span class="badge">${customer.state === "invited" ? "Invited" : "Guest"}</span>`;

function pretty(value: string): string {
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}
