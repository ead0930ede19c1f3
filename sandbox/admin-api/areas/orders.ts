// Orders as they are read: as placed, as they now stand, and what was paid.

import { currentTotals, originalTotals, outstanding, received, refundedTotal, type Totals } from "../../orders.ts";
import { gid, idOf, type Minor, type Order, type Transaction } from "../../world.ts";
import { holds } from "../access.ts";
import type { Area, Args, Ask, Fields } from "../ask.ts";
import { type Connection, connection } from "../connection.ts";
import { moneyBag } from "../money-fields.ts";
import { matcher, type Searchable } from "../search.ts";
import { count } from "./customers.ts";
import { metafieldFields } from "./metafields.ts";
import { applicationsOf, linesOf } from "./order-lines.ts";
import { refundsOf } from "./refunds.ts";

const day = 86_400_000;

const asPlaced = (part: keyof Totals) => (order: Order) => moneyBag(originalTotals(order)[part], order);
const asItStands = (part: keyof Totals) => (order: Order) => moneyBag(currentTotals(order)[part], order);
const amount = (minor: (order: Order) => Minor) => (order: Order) => moneyBag(minor(order), order);

const order: Fields<Order> = {
  ...metafieldFields("Order"),
  id: ({ id }) => gid("Order", id),
  legacyResourceId: ({ id }) => id,
  number: ({ number }) => number,
  confirmed: () => true,
  closed: ({ closedAt }) => closedAt !== null,
  cancelReason: ({ cancelReason }) => (cancelReason ? cancelReason.toUpperCase() : null),
  currencyCode: ({ currency }) => currency,
  presentmentCurrencyCode: ({ presentmentCurrency }) => presentmentCurrency,
  displayFinancialStatus: ({ financialStatus }) => financialStatus.toUpperCase(),
  displayFulfillmentStatus: ({ fulfillmentStatus }) =>
    fulfillmentStatus === "fulfilled" ? "FULFILLED" : fulfillmentStatus === "partial" ? "PARTIALLY_FULFILLED" : "UNFULFILLED",
  fullyPaid: ({ financialStatus }) => financialStatus === "paid" || financialStatus === "partially_refunded",
  unpaid: ({ financialStatus }) => financialStatus === "pending",
  returnStatus: () => "NO_RETURN",
  refundable: (one) => received(one) > 0,
  merchantEditable: ({ cancelledAt }) => cancelledAt === null,
  email: ({ email }) => email,
  phone: () => null,
  attribution: ({ sourceName }) => ({ handle: sourceName, displayName: sources[sourceName] ?? "Online Store", icon: null }),
  app: ({ sourceName }) => ({ id: gid("App", sourceName === "pos" ? "129785" : "580111"), name: sources[sourceName] ?? "Online Store" }),
  retailLocation: ({ sourceName }, _, { shop }) => (sourceName === "pos" ? { id: gid("Location", shop.id), name: shop.name } : null),
  customer: ({ customerId }, _, { state }) => (customerId ? (state.customers.get(customerId) ?? null) : null),
  // The sandbox has no companies: whoever bought is a person.
  purchasingEntity: ({ customerId }, _, { state }) => {
    const customer = customerId ? state.customers.get(customerId) : undefined;
    return customer ? { ...customer, __typename: "Customer" } : null;
  },
  customAttributes: ({ noteAttributes }) => noteAttributes.map(({ name, value }) => ({ key: name, value })),
  discountCode: ({ discountApplications }) => discountApplications.find(({ code }) => code)?.code ?? null,
  discountCodes: ({ discountApplications }) => discountApplications.flatMap(({ code }) => code ?? []),
  discountApplications: (one, args, ask) => connection(ask, applicationsOf(one), args, { id: ({ index }) => String(index) }),
  paymentGatewayNames: ({ gateway }) => [gateway],
  subtotalLineItemsQuantity: ({ lines }) =>
    lines.filter(({ addedByEdit }) => !addedByEdit).reduce((sum, { quantity }) => sum + quantity, 0),
  currentSubtotalLineItemsQuantity: ({ lines }) => lines.reduce((sum, { currentQuantity }) => sum + currentQuantity, 0),
  shippingAddress: ({ country }) => ({ countryCodeV2: country, country, provinceCode: null }),
  billingAddress: ({ country }) => ({ countryCodeV2: country, country, provinceCode: null }),

  subtotalPriceSet: asPlaced("subtotal"),
  totalPriceSet: asPlaced("total"),
  originalTotalPriceSet: asPlaced("total"),
  totalTaxSet: asPlaced("tax"),
  totalDiscountsSet: asPlaced("discounts"),
  totalShippingPriceSet: asPlaced("shipping"),
  totalTipReceivedSet: asPlaced("tip"),
  currentSubtotalPriceSet: asItStands("subtotal"),
  currentTotalPriceSet: asItStands("total"),
  currentTotalTaxSet: asItStands("tax"),
  currentTotalDiscountsSet: asItStands("discounts"),
  currentShippingPriceSet: asItStands("shipping"),
  totalRefundedSet: amount(refundedTotal),
  totalRefundedShippingSet: amount(({ refunds }) => refunds.reduce((sum, { shipping }) => sum + shipping, 0)),
  totalReceivedSet: amount((one) => received(one) + refundedTotal(one)),
  totalOutstandingSet: amount(outstanding),
  netPaymentSet: amount(received),

  lineItems: (one, args, ask) => connection(ask, linesOf(one), args, { id: ({ line }) => line.id }),
  shippingLines: (one, args, ask) => connection(ask, one.shipping ? [{ ...one.shipping, order: one }] : [], args, { id: ({ id }) => id }),
  refunds: (one, { first }) => refundsOf(one).slice(0, first ?? undefined),
  transactions: (one, { first }) => one.transactions.slice(0, first ?? undefined).map((transaction) => transactionOf(transaction, one)),
  fulfillments: ({ fulfillments }, { first }) =>
    fulfillments.slice(0, first ?? undefined).map(({ id, createdAt }) => ({ id: gid("Fulfillment", id), status: "SUCCESS", createdAt })),
  events: (one, args, ask) => connection(ask, eventsOf(one), args, { id: ({ id }) => id }),
};

const sources: Record<string, string> = {
  web: "Online Store",
  pos: "Point of Sale",
  shopify_draft_order: "Draft Orders",
  subscription_contract: "Subscriptions",
  subscription_contract_checkout_one: "Subscriptions",
};

export const transactionOf = (transaction: Transaction, one: Order) => ({
  id: gid("OrderTransaction", transaction.id),
  kind: transaction.kind.toUpperCase(),
  status: transaction.status.toUpperCase(),
  gateway: transaction.gateway,
  test: one.test,
  createdAt: transaction.createdAt,
  processedAt: transaction.createdAt,
  amountSet: moneyBag(transaction.amount, one),
});

const eventsOf = ({ id, createdAt, cancelledAt, refunds }: Order) => [
  { __typename: "BasicEvent", id: gid("BasicEvent", `${id}1`), createdAt, message: "The order was placed." },
  ...refunds.map((refund) => ({
    __typename: "BasicEvent",
    id: gid("BasicEvent", refund.id),
    createdAt: refund.createdAt,
    message: "A refund was made.",
  })),
  ...(cancelledAt
    ? [{ __typename: "BasicEvent", id: gid("BasicEvent", `${id}9`), createdAt: cancelledAt, message: "The order was canceled." }]
    : []),
];

const search: Searchable<Order> = {
  text: ({ name, email }) => `${name} ${email ?? ""}`,
  fields: {
    id: ({ id }) => id,
    name: ({ name }) => name,
    email: ({ email }) => email,
    customer_id: ({ customerId }) => customerId,
    tag: ({ tags }) => tags,
    test: ({ test }) => test,
    source_name: ({ sourceName }) => sourceName,
    discount_code: ({ discountApplications }) => discountApplications.flatMap(({ code }) => code ?? []),
    financial_status: ({ financialStatus }) => financialStatus,
    fulfillment_status: ({ fulfillmentStatus }) => fulfillmentStatus ?? "unfulfilled",
    status: ({ cancelledAt, closedAt }) => (cancelledAt ? ["cancelled"] : closedAt ? ["closed"] : ["open", "not_closed"]),
    created_at: ({ createdAt }) => createdAt,
    processed_at: ({ processedAt }) => processedAt,
    updated_at: ({ updatedAt }) => updatedAt,
  },
};

const sortValues: Record<string, (one: Order) => string | number> = {
  CREATED_AT: ({ createdAt }) => createdAt,
  PROCESSED_AT: ({ processedAt }) => processedAt,
  UPDATED_AT: ({ updatedAt }) => updatedAt,
  ORDER_NUMBER: ({ number }) => number,
  ID: ({ id }) => Number(id),
  TOTAL_PRICE: (one) => originalTotals(one).total,
};

export function orderConnection(ask: Ask, orders: Order[], args: Args): Connection<Order> {
  const matches = matcher(args.query, search);
  const found = orders.filter((one) => mayRead(ask, one) && matches(one));
  return connection(ask, found, args, { id: ({ id }) => id, sortValue: sortValues[args.sortKey] ?? (({ processedAt }) => processedAt) });
}

/** Without read_all_orders what is older than sixty days is as if it were not there. */
const mayRead = (ask: Ask, { createdAt }: Order): boolean =>
  holds(ask, "read_all_orders") || ask.world.clock.now().getTime() - Date.parse(createdAt) <= 60 * day;

export const readableOrder = (ask: Ask, id: string): Order | null => {
  const found = ask.state.orders.get(idOf(id));
  return found && mayRead(ask, found) ? found : null;
};

export const ordersArea: Area = {
  QueryRoot: {
    order: (_source: object, { id }, ask) => readableOrder(ask, id),
    orders: (_source: object, args, ask) => orderConnection(ask, [...ask.state.orders.values()], args),
    ordersCount: (_source: object, { query, limit }, ask) => {
      const matches = matcher<Order>(query, search);
      return count([...ask.state.orders.values()].filter((one) => mayRead(ask, one) && matches(one)).length, limit);
    },
  },
  Order: order,
};
