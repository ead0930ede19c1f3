import { z } from "zod";
import { exponentOf } from "../../loyalty/money.ts";
import { choice, collections, count, localTime, minorUnits, shortText, texts, tierId } from "../../loyalty/settings.ts";
import { type Draft, draftOf } from "../form/draft.ts";

/** What somebody imagines who tries a rule: a form of its own, with the same fields as the rest. */
export const imaginedItem = z.strictObject({
  title: shortText({ label: "Item" }).default("Item"),
  price: minorUnits({ label: "Price" }, { least: 0 }),
  quantity: count({ label: "Quantity" }, { most: 10_000 }),
  type: shortText({ label: "Product type", suggest: "types" }, 255).nullable().default(null),
  vendor: shortText({ label: "Vendor", suggest: "vendors" }, 255).nullable().default(null),
  tags: texts({ label: "Product tags", suggest: "product tags" }).nullable().default(null),
  collections: collections({ label: "In collections" }).nullable().default(null),
  discount: minorUnits({ label: "Taken off by discounts" }).nullable().default(null),
});

export const imaginedMember = z.strictObject({
  tierId: tierId({ label: "Tier" }).nullable().default(null),
  ordersBefore: count({ label: "Orders before this one" }, { least: 0 }).default(0),
  tags: texts({ label: "Customer tags", suggest: "customer tags" }).nullable().default(null),
});

const channels = { web: "Online store", pos: "Point of sale", shopify_draft_order: "Draft order", subscription_contract: "Subscription" };

export const imaginedOrder = z.strictObject({
  channel: choice({ label: "Bought in" }, channels).default("web"),
  at: localTime({ label: "Day and time" }),
  gateway: shortText({ label: "Paid with", suggest: "gateways" }).nullable().default(null),
  codes: texts({ label: "Discount codes" }).nullable().default(null),
});

export const imaginedProperty = z.strictObject({ name: shortText({ label: "Property" }), value: shortText({ label: "Value" }) });

export const imagined = z.strictObject({
  items: z.array(imaginedItem).min(1),
  member: imaginedMember,
  order: imaginedOrder,
  properties: z.array(imaginedProperty),
});

export type Imagined = z.infer<typeof imagined>;

/** Fifty of the everyday unit of money, now. */
export const firstImagined = (currency: string, localNow: string): Draft =>
  draftOf(
    imagined,
    { items: [{ price: 50 * 10 ** exponentOf(currency), quantity: 1 }], order: { at: localNow }, member: {}, properties: [] },
    currency,
  );
