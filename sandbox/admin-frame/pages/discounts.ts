// The shop's discounts, so that somebody can see what the app made of a redemption.

import type { ShopState, World } from "../../store.ts";
import type { Discount } from "../../world.ts";
import { type Html, html } from "../html.ts";
import { customerName, moment, money } from "../say.ts";
import { shell } from "../shell.ts";
import { paged, searchBox } from "./paging.ts";

export function discountsPage(world: World, state: ShopState, query: URLSearchParams): Html {
  const { shop } = state;
  const wanted = (query.get("q") ?? "").toLowerCase();
  const all = [...state.discounts.values()]
    .filter((one) => `${one.title} ${one.codes.map(({ code }) => code).join(" ")}`.toLowerCase().includes(wanted))
    .reverse();
  const { shown, links } = paged(all, query);
  const now = world.clock.now();
  return shell({
    world,
    state,
    at: "discounts",
    title: "Discounts",
    content: html`<div class="page">
      <header><h1>Discounts</h1>${searchBox(query, "Title or code")}</header>
      <section class="card flush">
        ${all.length === 0 && html`<p class="quiet" style="padding:16px">No discounts yet. The app makes one when a member redeems.</p>`}
        ${
          all.length > 0 &&
          html`<div class="scroll"><table>
        <thead><tr><th>Title</th><th>Code</th><th>Status</th><th>Gives</th><th>For</th><th class="number">Used</th></tr></thead>
        <tbody>${shown.map(
          (
            one,
          ) => html`<tr><td><a href="/store/${shop.handle}/discounts/${one.id}"><b>${one.title}</b></a></td><td><code>${one.codes[0]?.code ?? "automatic"}</code></td><td>${status(one, now)}</td>
            <td>${worth(state, one)}</td><td>${forWhom(state, one)}</td><td class="number">${uses(one)}${one.usageLimit !== null && ` / ${one.usageLimit}`}</td></tr>`,
        )}</tbody></table></div>`
        }${links}</section>
    </div>`,
  });
}

export function discountPage(world: World, state: ShopState, id: string): Html | undefined {
  const discount = state.discounts.get(id);
  if (!discount) return undefined;
  const { shop } = state;
  const combines = Object.entries(discount.combinesWith)
    .filter(([, yes]) => yes)
    .map(([name]) => name);
  return shell({
    world,
    state,
    at: "discounts",
    title: discount.title,
    content: html`<div class="page">
      <header><a class="back" href="/store/${shop.handle}/discounts">‹ Discounts</a><h1>${discount.title} ${status(discount, world.clock.now())}</h1></header>
      <section class="card"><dl class="plain">
        <dt>Kind</dt><dd>${discount.method} · ${discount.kind}</dd>
        <dt>Gives</dt><dd>${worth(state, discount)}</dd>
        <dt>For</dt><dd>${forWhom(state, discount)}</dd>
        ${discount.minimumSubtotal !== null && html`<dt>From</dt><dd>${money(discount.minimumSubtotal, shop.currency)}</dd>`}
        ${discount.minimumQuantity !== null && html`<dt>From</dt><dd>${discount.minimumQuantity} items</dd>`}
        <dt>Starts</dt><dd>${moment(discount.startsAt, shop)}</dd>
        <dt>Ends</dt><dd>${discount.endsAt ? moment(discount.endsAt, shop) : "never"}</dd>
        <dt>Combines with</dt><dd>${combines.join(", ") || "nothing"}</dd>
        <dt>Tags</dt><dd>${discount.tags.join(", ") || "none"}</dd>
        <dt>Codes</dt><dd>${discount.codes.map((one) => html`<code>${one.code}</code> used ${one.uses} times<br>`)}</dd>
        <dt>Used by</dt><dd>${discount.usedBy.map((customer) => customerName(state.customers.get(customer))).join(", ") || "nobody"}</dd>
      </dl></section>
    </div>`,
  });
}

const uses = (discount: Discount): number => discount.codes.reduce((total, { uses: times }) => total + times, 0);

function status(discount: Discount, now: Date): Html {
  if (discount.endsAt && new Date(discount.endsAt) <= now) return html`<span class="badge">Expired</span>`;
  if (new Date(discount.startsAt) > now) return html`<span class="badge info">Scheduled</span>`;
  return html`<span class="badge good">Active</span>`;
}

function worth({ shop }: ShopState, { value }: Discount): string {
  if (!value) return "what the app says";
  if ("freeShipping" in value) return "free shipping";
  if ("getQuantity" in value) return `${value.getQuantity} items, ${value.basisPoints / 100}% off`;
  if ("amount" in value) return `${money(value.amount, shop.currency)} off${value.onEachItem ? " each" : ""}`;
  return `${value.basisPoints / 100}% off`;
}

function forWhom(state: ShopState, { customers }: Discount): string {
  if (!customers) return "everybody";
  const [first] = customers;
  return customers.length === 1 && first ? customerName(state.customers.get(first)) : `${customers.length} customers`;
}
