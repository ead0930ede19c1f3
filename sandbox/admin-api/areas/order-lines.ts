// The lines of an order and what was taken off them.

import { lineDiscount } from "../../orders.ts";
import { type DiscountApplication, gid, type Minor, type Order, type OrderLine } from "../../world.ts";
import type { Area, Fields } from "../ask.ts";
import { moneyBag, moneyV2 } from "../money-fields.ts";

export type LineOf = { line: OrderLine; order: Order };
type ApplicationOf = DiscountApplication & { __typename: string; index: number; order: Order };

export const linesOf = (order: Order): LineOf[] => order.lines.map((line) => ({ line, order }));

const typeNames = {
  discount_code: "DiscountCodeApplication",
  automatic: "AutomaticDiscountApplication",
  manual: "ManualDiscountApplication",
} as const;

export const applicationsOf = (order: Order): ApplicationOf[] =>
  order.discountApplications.map((application, index) => ({ ...application, __typename: typeNames[application.type], index, order }));

const allocationsOf = (order: Order, allocations: { index: number; amount: Minor }[]) =>
  allocations.map(({ index, amount }) => ({
    allocatedAmountSet: moneyBag(amount, order),
    discountApplication: applicationsOf(order)[index],
  }));

/** Discounts on the line itself; codes only where they are asked for. */
function shownDiscount({ line, order }: LineOf, withCodes: boolean): Minor {
  return line.allocations
    .filter(({ index }) => withCodes || order.discountApplications[index]?.type !== "discount_code")
    .reduce((sum, { amount }) => sum + amount, 0);
}

const lineItem: Fields<LineOf> = {
  id: ({ line }) => gid("LineItem", line.id),
  title: ({ line }) => line.title,
  name: ({ line }) => (line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title),
  variantTitle: ({ line }) => line.variantTitle,
  sku: ({ line }) => line.sku,
  vendor: ({ line }) => line.vendor,
  quantity: ({ line }) => line.quantity,
  currentQuantity: ({ line }) => line.currentQuantity,
  refundableQuantity: ({ line }) => line.currentQuantity,
  isGiftCard: ({ line }) => line.giftCard,
  taxable: ({ line }) => line.taxable,
  requiresShipping: ({ line }) => !line.giftCard,
  // A product since deleted is null here while its id stays in the webhook.
  product: ({ line }, _, { state }) => (line.productId ? (state.products.get(line.productId) ?? null) : null),
  variant: ({ line }, _, { state }) => {
    const product = line.productId ? state.products.get(line.productId) : undefined;
    const variant = product?.variants.find(({ id }) => id === line.variantId);
    return product && variant ? { product, variant } : null;
  },
  sellingPlan: ({ line }) =>
    line.sellingPlan ? { name: line.sellingPlan.name, sellingPlanId: gid("SellingPlan", line.sellingPlan.id) } : null,
  customAttributes: ({ line }) => line.properties.map(({ name, value }) => ({ key: name, value })),
  originalUnitPriceSet: ({ line, order }) => moneyBag(line.price, order),
  originalTotalSet: ({ line, order }) => moneyBag(line.price * line.quantity, order),
  discountedTotalSet: (one, { withCodeDiscounts }) =>
    moneyBag(one.line.price * one.line.quantity - shownDiscount(one, withCodeDiscounts === true), one.order),
  discountedUnitPriceSet: (one) =>
    moneyBag(Math.round((one.line.price * one.line.quantity - shownDiscount(one, false)) / one.line.quantity), one.order),
  discountedUnitPriceAfterAllDiscountsSet: ({ line, order }) =>
    moneyBag(Math.round((line.price * line.quantity - lineDiscount(line)) / line.quantity), order),
  totalDiscountSet: ({ line, order }) => moneyBag(lineDiscount(line), order),
  discountAllocations: ({ line, order }) => allocationsOf(order, line.allocations),
  taxLines: ({ line, order }) => (line.tax > 0 ? [{ title: "Tax", priceSet: moneyBag(line.tax, order) }] : []),
};

type ShippingOf = NonNullable<Order["shipping"]> & { order: Order };
const shippingLine: Fields<ShippingOf> = {
  id: ({ id }) => gid("ShippingLine", id),
  isRemoved: () => false,
  taxLines: ({ tax, order }) => (tax > 0 ? [{ title: "Tax", priceSet: moneyBag(tax, order) }] : []),
  originalPriceSet: ({ price, order }) => moneyBag(price, order),
  discountedPriceSet: ({ price, allocations, order }) => moneyBag(price - allocations.reduce((sum, { amount }) => sum + amount, 0), order),
  discountAllocations: ({ allocations, order }) => allocationsOf(order, allocations),
};

const application: Fields<ApplicationOf> = {
  targetType: ({ targetType }) => targetType.toUpperCase(),
  targetSelection: ({ targetSelection }) => targetSelection.toUpperCase(),
  allocationMethod: ({ allocationMethod }) => allocationMethod.toUpperCase(),
  description: ({ title }) => title,
  value: ({ valueType, value, order }) =>
    valueType === "percentage"
      ? { __typename: "PricingPercentageValue", percentage: Number(value) }
      : {
          __typename: "MoneyV2",
          amount: String(Number(value)).includes(".") ? String(Number(value)) : `${Number(value)}.0`,
          currencyCode: moneyV2(0, order.currency).currencyCode,
        },
};

export const orderLinesArea: Area = {
  LineItem: lineItem,
  ShippingLine: shippingLine,
  DiscountCodeApplication: application,
  AutomaticDiscountApplication: application,
  ManualDiscountApplication: application,
};
