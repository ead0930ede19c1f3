import { z } from "zod";
import { exponentOf } from "../../loyalty/money.ts";
import {
  choice,
  collections,
  count,
  day,
  localTime,
  minorUnits,
  products,
  segments,
  shortText,
  texts,
  tierId,
  variants,
} from "../../loyalty/settings.ts";
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
  products: products({ label: "Product" }).max(1, "An item is one product.").nullable().default(null),
  variants: variants({ label: "Variant" }).max(1, "An item is one variant.").nullable().default(null),
  sku: shortText({ label: "SKU", suggest: "skus" }, 255).nullable().default(null),
  discount: minorUnits({ label: "Taken off by discounts" }).nullable().default(null),
  compareAt: minorUnits({ label: "Compare-at price" }).nullable().default(null),
  subscription: z.boolean().meta({ label: "As a subscription" }).default(false),
});

export const imaginedMember = z.strictObject({
  tierId: tierId({ label: "Tier" }).nullable().default(null),
  ordersBefore: count({ label: "Orders before this one" }, { least: 0 }).default(0),
  lastOrder: day({ label: "Last order" }).nullable().default(null),
  joined: day({ label: "Joined" }).nullable().default(null),
  birthday: day({ label: "Birthday", help: "Only its month and day count." }).nullable().default(null),
  tags: texts({ label: "Customer tags", suggest: "customer tags" }).nullable().default(null),
  segments: segments({ label: "Customer segments" }).nullable().default(null),
});

const channels = { web: "Online store", pos: "Point of sale", shopify_draft_order: "Draft order", subscription_contract: "Subscription" };

export const imaginedOrder = z.strictObject({
  channel: choice({ label: "Bought in" }, channels).default("web"),
  at: localTime({ label: "Day and time" }),
  gateway: shortText({ label: "Paid with", suggest: "gateways" }).nullable().default(null),
  codes: texts({ label: "Discount codes" }).nullable().default(null),
  country: shortText({ label: "Delivered to", help: "Two letters, such as CA.", suggest: "countries" }, 2).nullable().default(null),
  currency: shortText({ label: "Currency paid in", help: "Three letters, such as EUR.", suggest: "currencies" }, 3)
    .nullable()
    .default(null),
  company: z.boolean().meta({ label: "Bought by a company" }).default(false),
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
