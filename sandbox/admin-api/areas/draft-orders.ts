// Draft orders, as far as an app that makes one for a customer and completes it needs.

import { type CartLine, priceCart } from "../../checkout.ts";
import { minorOf } from "../../money.ts";
import { placeOrder } from "../../orders.ts";
import { isRefused } from "../../refused.ts";
import type { DraftOrder } from "../../store.ts";
import { domainOf, gid, idOf } from "../../world.ts";
import { type Area, type Args, type Ask, type Fields, userError } from "../ask.ts";
import { moneyBag } from "../money-fields.ts";
import { findVariant } from "./products.ts";

const cartLines = ({ lines }: DraftOrder): CartLine[] => lines.map(({ variantId, ...line }) => ({ variantId: variantId ?? null, ...line }));

const priced = (draft: DraftOrder, { state, world }: Ask) =>
  priceCart(state, { lines: cartLines(draft), codes: draft.codes, customerId: draft.customerId, now: world.clock.now() });
const bag = (minor: number, { shop }: Ask) =>
  moneyBag(minor, { currency: shop.currency, presentmentCurrency: shop.currency, presentmentRate: 1 });

const draftOrder: Fields<DraftOrder> = {
  id: ({ id }) => gid("DraftOrder", id),
  legacyResourceId: ({ id }) => id,
  name: ({ number }) => `#D${number}`,
  status: ({ orderId }) => (orderId ? "COMPLETED" : "OPEN"),
  ready: () => true,
  invoiceUrl: ({ id }, _, { shop }) => `https://${domainOf(shop)}/${shop.id}/invoices/${id}`,
  currencyCode: (_, __, { shop }) => shop.currency,
  discountCodes: ({ codes }) => codes,
  customAttributes: ({ noteAttributes }) => noteAttributes.map(({ name, value }) => ({ key: name, value })),
  note2: ({ note }) => note,
  customer: ({ customerId }, _, { state }) => (customerId ? (state.customers.get(customerId) ?? null) : null),
  order: ({ orderId }, _, { state }) => (orderId ? (state.orders.get(orderId) ?? null) : null),
  subtotalPriceSet: (one, _, ask) => bag(priced(one, ask).subtotal, ask),
  totalPriceSet: (one, _, ask) => bag(priced(one, ask).total, ask),
  totalTaxSet: (one, _, ask) => bag(priced(one, ask).tax, ask),
  totalDiscountsSet: (one, _, ask) => bag(priced(one, ask).discount, ask),
};

export const draftOrdersArea: Area = {
  QueryRoot: { draftOrder: (_source: object, { id }, { state }) => state.draftOrders.get(idOf(id)) ?? null },
  Mutation: { draftOrderCreate: create, draftOrderComplete: complete },
  DraftOrder: draftOrder,
};

function create(_source: object, { input }: Args, ask: Ask): object {
  const { world, state, shop } = ask;
  const no = (field: string | null, message: string): object => ({ draftOrder: null, userErrors: [userError(field, message)] });
  if (!input.lineItems?.length) return no(null, "Add at least 1 product");
  const customerId = input.purchasingEntity?.customerId ?? input.customerId;
  if (customerId && !state.customers.has(idOf(customerId))) return no("customerId", "Customer does not exist");
  if (input.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(input.email)) return no("email", "Email is invalid");
  for (const [index, line] of input.lineItems.entries()) {
    if (line.quantity < 1) return no(`lineItems.${index}.quantity`, "Quantity must be greater than or equal to 1");
    if (line.variantId && !findVariant(ask, line.variantId))
      return no(null, `Product with ID ${idOf(line.variantId)} is no longer available.`);
    if (!line.variantId && !line.title?.trim()) return no(null, "Merchandise title is empty.");
  }
  const at = world.clock.now().toISOString();
  const made: DraftOrder = {
    id: world.nextId(),
    number: state.draftOrders.size + 1,
    customerId: customerId ? idOf(customerId) : null,
    email: input.email ?? null,
    lines: input.lineItems.map((line: Args) => ({
      quantity: line.quantity,
      ...(line.variantId
        ? { variantId: idOf(line.variantId) }
        : {
            title: line.title,
            price: minorOf(line.originalUnitPriceWithCurrency?.amount ?? line.originalUnitPrice ?? "0", shop.currency),
          }),
      properties: (line.customAttributes ?? []).map(({ key, value }: Args) => ({ name: key, value })),
    })),
    codes: input.discountCodes ?? [],
    note: input.note ?? null,
    tags: input.tags ?? [],
    noteAttributes: (input.customAttributes ?? []).map(({ key, value }: Args) => ({ name: key, value })),
    orderId: null,
    createdAt: at,
    updatedAt: at,
  };
  state.draftOrders.set(made.id, made);
  world.changed(shop.handle, "draftOrders", made.id);
  return { draftOrder: made, userErrors: [] };
}

function complete(_source: object, { id, paymentPending }: Args, ask: Ask): object {
  const { world, state, shop } = ask;
  const draft = state.draftOrders.get(idOf(id));
  const no = (message: string): object => ({ draftOrder: draft ?? null, userErrors: [userError(draft ? null : "id", message)] });
  if (!draft) return no("Draft order does not exist");
  if (draft.orderId) return no("This order has been paid");
  const order = placeOrder(world, state, {
    customerId: draft.customerId,
    email: draft.email,
    lines: cartLines(draft),
    codes: draft.codes,
    paid: paymentPending !== true,
    sourceName: "shopify_draft_order",
    tags: draft.tags,
    note: draft.note,
    noteAttributes: draft.noteAttributes,
  });
  if (isRefused(order)) return no(order.refused);
  draft.orderId = order.id;
  world.changed(shop.handle, "draftOrders", draft.id);
  return { draftOrder: draft, userErrors: [] };
}
