// What can be done to an order, each by one call of the control API.

import { digitsOf } from "../../money.ts";
import { outstanding } from "../../orders.ts";
import type { ShopState } from "../../store.ts";
import type { Order } from "../../world.ts";
import { type Content, type Html, html } from "../html.ts";
import { customerName } from "../say.ts";

export function orderActions(state: ShopState, order: Order): Html {
  const at = `/control/${state.shop.handle}/orders/${order.id}`;
  const open = !order.cancelledAt;
  return html`
    ${outstanding(order) > 0 && open && once(`${at}/pay`, "Mark as paid", "primary")}
    ${order.fulfillmentStatus !== "fulfilled" && open && once(`${at}/fulfill`, "Fulfil")}
    <button type="button" data-opens="refund">Refund</button>
    ${open && html`<button type="button" data-opens="edit">Edit</button><button type="button" data-opens="cancel">Cancel</button>`}
    <button type="button" data-opens="more">More</button>
    ${refundDialog(state, order, at)}${editDialog(state, order, at)}${cancelDialog(at)}${moreDialog(state, order, at)}`;
}

const once = (call: string, label: string, tone = ""): Html =>
  html`<form class="inline" data-call="${call}" data-then="reload"><button class="${tone}">${label}</button></form>`;

const box = (id: string, title: string, call: string, button: string, fields: Content, then = "reload"): Html => html`
  <dialog id="${id}" aria-label="${title}">
    <form data-call="${call}" data-then="${then}">
      <header><h2>${title}</h2></header>
      <div class="dialog-body">${fields}</div>
      <footer><button type="button" data-closes>Close</button><button class="primary">${button}</button></footer>
    </form>
  </dialog>`;

const lineFields = (order: Order, list: string): Content =>
  order.lines
    .filter((line) => line.currentQuantity > 0)
    .map(
      (line, index) => html`<div class="line">
        <span></span><label for="${list}-${index}">${line.title}${line.variantTitle && `, ${line.variantTitle}`}</label>
        <input type="hidden" name="${list}[${index}].line" value="${line.id}">
        <input id="${list}-${index}" style="inline-size:80px" type="number" name="${list}[${index}].quantity" min="0" max="${line.currentQuantity}" value="0"><span class="quiet">of ${line.currentQuantity}</span>
      </div>`,
    );

const amount = (state: ShopState, name: string, label: string): Html => {
  const digits = digitsOf(state.shop.currency);
  return html`<label>${label}<input type="number" name="${name}" data-as="minor" data-digits="${digits}" step="${(10 ** -digits).toFixed(digits)}"></label>`;
};

const refundDialog = (state: ShopState, order: Order, at: string): Html =>
  box(
    "refund",
    `Refund ${order.name}`,
    `${at}/refund`,
    "Refund",
    html`<label class="check"><input type="checkbox" name="all"> Everything that is left</label>
      ${lineFields(order, "lines")}
      <div class="fields">${amount(state, "shipping", "Shipping")}${amount(state, "amount", "Amount without items")}</div>
      <label>Note<input name="note"></label>`,
  );

const editDialog = (state: ShopState, order: Order, at: string): Html =>
  box(
    "edit",
    `Edit ${order.name}`,
    `${at}/edit`,
    "Save the edit",
    html`<h3>Remove</h3>${lineFields(order, "remove")}
      <h3>Add</h3>
      <div class="fields">
        <label>Product<select name="add[0].variant">${[...state.products.values()].flatMap((product) =>
          product.variants.map(
            (variant) =>
              html`<option value="${variant.id}">${product.title}${product.variants.length > 1 && `, ${variant.title}`}</option>`,
          ),
        )}</select></label>
        <label>Quantity<input type="number" name="add[0].quantity" min="0" value="0"></label>
      </div>`,
  );

const cancelDialog = (at: string): Html =>
  box(
    "cancel",
    "Cancel the order",
    `${at}/cancel`,
    "Cancel the order",
    html`<label class="check"><input type="checkbox" name="refund" checked> Give the money back</label>`,
  );

const moreDialog = (state: ShopState, order: Order, at: string): Html => html`
  <dialog id="more" aria-label="More">
    <header><h2>More for ${order.name}</h2></header>
    <div class="dialog-body">
      <form class="inline" data-call="${at}/customer" data-then="reload">
        <label>Belongs to<select name="customer" data-as="nothing"><option value="null">Nobody</option>${[...state.customers.values()]
          .slice(0, 300)
          .map((one) => html`<option value="${one.id}">${customerName(one)}</option>`)}</select></label>
        <button>Give</button>
      </form>
      <form class="inline" data-call="${at}/tags" data-then="reload"><label>Tags<input name="tags" data-as="list" value="${order.tags.join(", ")}"></label><button>Save tags</button></form>
      <form class="inline" data-call="${at}/delete" data-then="/store/${state.shop.handle}/orders"><button class="critical" data-confirm="Delete ${order.name} for good?">Delete the order</button></form>
    </div>
    <footer><button type="button" data-closes>Close</button></footer>
  </dialog>`;
