// Discounts as they are read.

import { classOf } from "../../discounts/combine.ts";
import { type Discount, domainOf, gid, type Minor } from "../../world.ts";
import { type Area, type Ask, as, type Fields } from "../ask.ts";
import { connection } from "../connection.ts";
import { moneyV2 } from "../money-fields.ts";
import { count } from "./customers.ts";
import { summaryOf } from "./discount-summary.ts";
import { metafieldFields } from "./metafields.ts";
import { collectionConnection, findVariant, productConnection } from "./products.ts";

const codeTypes = {
  basic: "DiscountCodeBasic",
  bxgy: "DiscountCodeBxgy",
  "free shipping": "DiscountCodeFreeShipping",
  app: "DiscountCodeApp",
} as const;
const automaticTypes = {
  basic: "DiscountAutomaticBasic",
  bxgy: "DiscountAutomaticBxgy",
  "free shipping": "DiscountAutomaticFreeShipping",
  app: "DiscountAutomaticApp",
} as const;

const typed = (one: Discount): Discount => as((one.method === "code" ? codeTypes : automaticTypes)[one.kind], one);
const nodeType = ({ method }: Discount): string => (method === "code" ? "DiscountCodeNode" : "DiscountAutomaticNode");

export const nodeGid = (one: Discount): string => gid(nodeType(one), one.id);

/** The node as `node(id:)` sees it. */
export const discountAsNode = (one: Discount): Discount => as(nodeType(one), one);

export function statusOf({ startsAt, endsAt }: Discount, now: Date): "SCHEDULED" | "EXPIRED" | "ACTIVE" {
  if (endsAt && Date.parse(endsAt) <= now.getTime()) return "EXPIRED";
  return Date.parse(startsAt) > now.getTime() ? "SCHEDULED" : "ACTIVE";
}

export const usesOf = ({ codes, usedBy, method }: Discount): number =>
  method === "code" ? codes.reduce((sum, { uses }) => sum + uses, 0) : usedBy.length;

const node: Fields<Discount> = {
  ...metafieldFields("DiscountNode"),
  id: nodeGid,
  codeDiscount: typed,
  automaticDiscount: typed,
  discount: typed,
};

const discount: Fields<Discount> = {
  status: (one, _, { world }) => statusOf(one, world.clock.now()),
  summary: (one, _, ask) => summaryOf(one, ask),
  shortSummary: (one, _, ask) => summaryOf(one, ask).split(" • ")[0],
  asyncUsageCount: usesOf,
  usageLimit: ({ usageLimit }) => usageLimit,
  usesPerOrderLimit: ({ usesPerOrder }) => usesPerOrder,
  appliesOncePerCustomer: ({ oncePerCustomer }) => oncePerCustomer,
  recurringCycleLimit: ({ recurringCycleLimit }) => recurringCycleLimit ?? null,
  appliesOnOneTimePurchase: ({ purchases }) => purchases?.oneTime ?? true,
  appliesOnSubscription: ({ purchases }) => purchases?.subscription ?? false,
  discountId: nodeGid,
  discountClass: (one) => classOf(one).toUpperCase(),
  discountClasses: (one) => [classOf(one).toUpperCase()],
  combinesWith: ({ combinesWith: { order, product, shipping } }) => ({
    orderDiscounts: order,
    productDiscounts: product,
    shippingDiscounts: shipping,
    productDiscountsWithTagsOnSameCartLine: [],
  }),
  codes: ({ codes }, args, ask) => connection(ask, codes, args, { id: ({ id }) => id }),
  codesCount: ({ codes }) => count(codes.length),
  context: (one, _, { state }) => {
    if (one.customers) return { __typename: "DiscountCustomers", customers: one.customers.flatMap((id) => state.customers.get(id) ?? []) };
    if (one.segments)
      return { __typename: "DiscountCustomerSegments", segments: one.segments.map((id) => ({ id: gid("Segment", id), name: id })) };
    return { __typename: "DiscountBuyerSelectionAll", all: "ALL" };
  },
  customerSelection: (one, _, { state }) =>
    one.customers
      ? { __typename: "DiscountCustomers", customers: one.customers.flatMap((id) => state.customers.get(id) ?? []) }
      : { __typename: "DiscountCustomerAll", allCustomers: true },
  customerGets: (one, _, ask) => ({
    value: takenOff(one, ask),
    items: itemsOf("all" in one.items ? null : one.items, ask),
    appliesOnOneTimePurchase: one.purchases?.oneTime ?? true,
    appliesOnSubscription: one.purchases?.subscription ?? false,
  }),
  customerBuys: ({ buys }, _, ask) => ({
    value:
      buys?.quantity != null
        ? { __typename: "DiscountQuantity", quantity: String(buys.quantity) }
        : { __typename: "DiscountPurchaseAmount", amount: moneyV2(buys?.amount ?? 0, ask.shop.currency).amount },
    items: itemsOf(buys, ask),
    isOneTimePurchase: true,
    isSubscription: false,
  }),
  minimumRequirement: ({ minimumQuantity, minimumSubtotal }, _, { shop }) => {
    if (minimumSubtotal !== null)
      return { __typename: "DiscountMinimumSubtotal", greaterThanOrEqualToSubtotal: moneyV2(minimumSubtotal, shop.currency) };
    return minimumQuantity === null
      ? null
      : { __typename: "DiscountMinimumQuantity", greaterThanOrEqualToQuantity: String(minimumQuantity) };
  },
  maximumShippingPrice: ({ value }, _, { shop }) =>
    value && "freeShipping" in value && value.maximum !== null ? moneyV2(value.maximum, shop.currency) : null,
  destinationSelection: () => ({ __typename: "DiscountCountryAll", allCountries: true }),
  shareableUrls: ({ codes }, _, { shop }) =>
    codes.slice(0, 1).map(({ code }) => ({
      url: `https://${domainOf(shop)}/discount/${code}`,
      title: "Homepage",
      targetType: "HOME",
      targetItemImage: null,
    })),
  totalSales: (_, __, { shop }) => moneyV2(0, shop.currency),
  hasTimelineComment: () => false,
  appDiscountType: () => ({ functionId: "loyalty-discount", title: "Function", appKey: null }),
  errorHistory: () => null,
};

function takenOff({ value }: Discount, { shop }: Ask): object {
  if (value && "amount" in value)
    return { __typename: "DiscountAmount", amount: moneyV2(value.amount, shop.currency), appliesOnEachItem: value.onEachItem };
  if (value && "getQuantity" in value)
    return {
      __typename: "DiscountOnQuantity",
      quantity: { quantity: String(value.getQuantity) },
      effect: { __typename: "DiscountPercentage", percentage: fraction(value.basisPoints) },
    };
  return { __typename: "DiscountPercentage", percentage: value && "basisPoints" in value ? fraction(value.basisPoints) : 0 };
}

const fraction = (basisPoints: Minor): number => basisPoints / 10_000;

function itemsOf(items: { products: string[]; variants: string[]; collections: string[] } | null, ask: Ask): object {
  if (!items) return { __typename: "AllDiscountItems", allItems: true };
  if (items.collections.length > 0)
    return {
      __typename: "DiscountCollections",
      collections: (args: object) =>
        collectionConnection(
          ask,
          items.collections.flatMap((id) => ask.state.collections.get(id) ?? []),
          args,
        ),
    };
  return {
    __typename: "DiscountProducts",
    products: (args: object) =>
      productConnection(
        ask,
        items.products.flatMap((id) => ask.state.products.get(id) ?? []),
        args,
      ),
    productVariants: (args: object) =>
      connection(
        ask,
        items.variants.flatMap((id) => findVariant(ask, id) ?? []),
        args,
        { id: ({ variant }) => variant.id },
      ),
  };
}

const redeemCode: Fields<Discount["codes"][number]> = {
  id: ({ id }) => gid("DiscountRedeemCode", id),
  asyncUsageCount: ({ uses }) => uses,
  createdBy: (_, __, { app }) => app,
};

export const discountFieldsArea: Area = {
  DiscountCodeNode: node,
  DiscountAutomaticNode: node,
  DiscountNode: node,
  ...Object.fromEntries([...Object.values(codeTypes), ...Object.values(automaticTypes)].map((name) => [name, discount])),
  DiscountRedeemCode: redeemCode,
};
