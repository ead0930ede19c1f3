// The shop's orders: the list, and one with everything that can happen to it.

import { currentTotals, lineDiscount, lineNet, originalTotals, outstanding, refundedTotal } from "../../orders.ts";
import type { ShopState, World } from "../../store.ts";
import type { Order, Refund } from "../../world.ts";
import { type Html, html } from "../html.ts";
import { customerName, moment, money, words } from "../say.ts";
import { shell } from "../shell.ts";
import { orderActions } from "./order-actions.ts";
import { paged, searchBox } from "./paging.ts";

export function ordersPage(world: World, state: ShopState, query: URLSearchParams): Html {
  const wanted = (query.get("q") ?? "").toLowerCase();
  const text = (order: Order) =>
    `${order.name} ${order.email ?? ""} ${customerName(state.customers.get(order.customerId ?? ""))}`.toLowerCase();
  const all = [...state.orders.values()]
    .filter((order) => !order.deletedAt && text(order).includes(wanted))
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const { shown, links } = paged(all, query);
  return shell({
    world,
    state,
    at: "orders",
    title: "Orders",
    content: html`<div class="page">
      <header><h1>Orders</h1>${searchBox(query, "Number, name or e-mail")}<a class="button primary" href="/control#${state.shop.handle}-order">Place an order</a></header>
      <section class="card flush">${orderRows(state, shown)}${links}</section>
    </div>`,
  });
}

export function orderRows(state: ShopState, orders: Order[]): Html {
  const { shop } = state;
  if (orders.length === 0) return html`<p class="quiet" style="padding:16px">No orders yet. Buy something on the storefront.</p>`;
  return html`<div class="scroll"><table>
    <thead><tr><th>Order</th><th>Date</th><th>Customer</th><th class="number">Total</th><th>Payment</th><th>Fulfilment</th><th class="number">Items</th></tr></thead>
    <tbody>${orders.map(
      (order) => html`<tr>
        <td><a href="/store/${shop.handle}/orders/${order.id}"><b>${order.name}</b></a></td>
        <td>${moment(order.createdAt, shop)}</td>
        <td>${customerName(state.customers.get(order.customerId ?? ""))}</td>
        <td class="number">${money(originalTotals(order).total, shop.currency)}</td>
        <td>${payment(order)}</td><td>${fulfilment(order)}</td>
        <td class="number">${order.lines.reduce((total, line) => total + line.currentQuantity, 0)}</td>
      </tr>`,
    )}</tbody></table></div>`;
}

export function orderPage(world: World, state: ShopState, id: string): Html | undefined {
  const order = state.orders.get(id);
  if (!order || order.deletedAt) return undefined;
  const { shop } = state;
  const say = (amount: number) => money(amount, shop.currency);
  const customer = state.customers.get(order.customerId ?? "");
  const placed = originalTotals(order);
  const now = currentTotals(order);
  const images = new Map([...state.products.values()].map((product) => [product.id, product.image]));
  const codes = order.discountApplications.map((one) => one.code ?? one.title).join(", ");

  return shell({
    world,
    state,
    at: "orders",
    title: order.name,
    content: html`<div class="page">
      <header>
        <a class="back" href="/store/${shop.handle}/orders">‹ Orders</a>
        <h1>${order.name} ${payment(order)} ${fulfilment(order)} ${order.test && html`<span class="badge warn">Test</span>`}</h1>
        ${orderActions(state, order)}
      </header>
      <div class="columns">
        <div class="stack">
          <section class="card">
            <h2>Items</h2>
            <div>${order.lines.map(
              (line) => html`<div class="line">
                <img class="picture" src="${images.get(line.productId ?? "") ?? ""}" alt="">
                <div><b>${line.title}</b>${line.variantTitle && html`<br><span class="quiet">${line.variantTitle}</span>`}
                  ${line.currentQuantity < line.quantity && html`<br><span class="badge warn">${line.quantity - line.currentQuantity} of ${line.quantity} gone</span>`}
                  ${line.addedByEdit && html`<span class="badge info">Added</span>`}</div>
                <span class="number">${say(line.price)} × ${line.quantity}${lineDiscount(line) > 0 && html`<br><span class="quiet">−${say(lineDiscount(line))}</span>`}</span>
                <b class="number">${say(lineNet(line, line.quantity))}</b>
              </div>`,
            )}</div>
          </section>
          <section class="card">
            <h2>Payment</h2>
            <dl>
              <dt>Subtotal</dt><dd>${say(placed.lines)}</dd>
              ${placed.discounts > 0 && html`<dt>Discount ${codes && html`<span class="badge">${codes}</span>`}</dt><dd>−${say(placed.discounts)}</dd>`}
              <dt>Shipping</dt><dd>${say(placed.shipping)}</dd>
              <dt>Tax${order.taxesIncluded && ", included"}</dt><dd>${say(placed.tax)}</dd>
              ${placed.tip > 0 && html`<dt>Tip</dt><dd>${say(placed.tip)}</dd>`}
              <dt class="total">Total</dt><dd class="total">${say(placed.total)}</dd>
              ${now.total !== placed.total && html`<dt>As it now stands</dt><dd>${say(now.total)}</dd>`}
              ${refundedTotal(order) > 0 && html`<dt>Refunded</dt><dd>−${say(refundedTotal(order))}</dd>`}
              ${outstanding(order) > 0 && html`<dt>Still to pay</dt><dd>${say(outstanding(order))}</dd>`}
            </dl>
          </section>
          ${
            order.refunds.length > 0 &&
            html`<section class="card"><h2>Refunds</h2>${order.refunds.map(
              (
                refund,
              ) => html`<div class="line"><span>↩</span><span>${moment(refund.createdAt, shop)}<br><span class="quiet">${givenBack(refund)}${refund.note && ` · ${refund.note}`}</span></span>
              <b class="number">${say(refund.transactions.reduce((total, one) => total + one.amount, 0))}</b></div>`,
            )}</section>`
          }
        </div>
        <div class="stack">
          <section class="card"><h2>Customer</h2>
            ${customer ? html`<a href="/store/${shop.handle}/customers/${customer.id}">${customerName(customer)}</a>` : html`<span class="quiet">Nobody</span>`}
            ${order.email && html`<span class="quiet">${order.email}</span>`}
          </section>
          <section class="card"><h2>About</h2><dl class="plain">
            <dt>Placed</dt><dd>${moment(order.createdAt, shop)}</dd>
            <dt>Changed</dt><dd>${moment(order.updatedAt, shop)}</dd>
            ${order.cancelledAt && html`<dt>Cancelled</dt><dd>${moment(order.cancelledAt, shop)}</dd>`}
            <dt>From</dt><dd>${order.sourceName}</dd>
            <dt>Gateway</dt><dd>${order.gateway}</dd>
            <dt>Id</dt><dd><code>${order.id}</code></dd>
            ${order.tags.length > 0 && html`<dt>Tags</dt><dd>${order.tags.join(", ")}</dd>`}
            ${order.note && html`<dt>Note</dt><dd>${order.note}</dd>`}
          </dl></section>
        </div>
      </div>
    </div>`,
  });
}

function givenBack({ lines, shipping, discrepancy }: Refund): string {
  const items = lines.reduce((total, { quantity }) => total + quantity, 0);
  const parts = [items === 1 ? "1 item" : items > 1 && `${items} items`, shipping > 0 && "shipping", discrepancy !== 0 && "an amount"];
  return parts.filter(Boolean).join(", ");
}

const payment = (order: Order): Html => {
  if (order.cancelledAt) return html`<span class="badge">Cancelled</span> <span class="badge">${words(order.financialStatus)}</span>`;
  const tone =
    { paid: "good", pending: "warn", partially_paid: "warn", partially_refunded: "info", authorized: "info" }[
      order.financialStatus as string
    ] ?? "";
  return html`<span class="badge ${tone}">${words(order.financialStatus)}</span>`;
};
const fulfilment = (order: Order): Html =>
  html`<span class="badge ${order.fulfillmentStatus ? "good" : "warn"}">${words(order.fulfillmentStatus ?? "unfulfilled")}</span>`;
