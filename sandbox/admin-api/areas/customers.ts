// Customers as they are read.

import { received } from "../../orders.ts";
import { type Customer, gid, idOf, type Order } from "../../world.ts";
import { type Area, type Args, type Ask, type Fields, failure } from "../ask.ts";
import { connection } from "../connection.ts";
import { moneyV2 } from "../money-fields.ts";
import { matcher, type Searchable } from "../search.ts";
import { metafieldFields } from "./metafields.ts";
import { orderConnection } from "./orders.ts";

export const ordersOf = ({ state }: Ask, { id }: Customer): Order[] =>
  [...state.orders.values()].filter((order) => order.customerId === id);

export const displayName = ({ firstName, lastName, email, phone }: Customer): string =>
  [firstName, lastName].filter(Boolean).join(" ") || email || phone || "";

const spent = (ask: Ask, customer: Customer): number =>
  ordersOf(ask, customer).reduce((sum, order) => sum + (order.test || order.cancelledAt ? 0 : received(order)), 0);

const customer: Fields<Customer> = {
  ...metafieldFields("Customer"),
  id: ({ id }) => gid("Customer", id),
  legacyResourceId: ({ id }) => id,
  displayName,
  state: ({ state }) => state.toUpperCase(),
  note: ({ note }) => note ?? null,
  verifiedEmail: ({ email }) => email !== null,
  validEmailAddress: ({ email }) => email !== null,
  taxExempt: ({ taxExempt }) => taxExempt ?? false,
  taxExemptions: () => [],
  dataSaleOptOut: () => false,
  canDelete: (one, _, ask) => ordersOf(ask, one).length === 0,
  lifetimeDuration: () => "about a year",
  productSubscriberStatus: () => "NEVER_SUBSCRIBED",
  multipassIdentifier: () => null,
  numberOfOrders: (one, _, ask) => String(ordersOf(ask, one).length),
  amountSpent: (one, _, ask) => moneyV2(spent(ask, one), ask.shop.currency),
  lastOrder: (one, _, ask) => ordersOf(ask, one).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0] ?? null,
  orders: (one, args, ask) => orderConnection(ask, ordersOf(ask, one), args),
  defaultEmailAddress: (one) => (one.email === null ? null : emailAddress(one)),
  emailMarketingConsent: (one) =>
    one.email === null
      ? null
      : {
          marketingState: one.marketing,
          marketingOptInLevel: consentOf(one).level,
          consentUpdatedAt: consentOf(one).at,
          sourceLocation: null,
        },
  defaultPhoneNumber: (one) => (one.phone === null ? null : phoneNumber(one)),
  smsMarketingConsent: (one) =>
    one.phone === null
      ? null
      : {
          marketingState: smsOf(one).state,
          marketingOptInLevel: smsOf(one).level,
          consentUpdatedAt: smsOf(one).at,
          consentCollectedFrom: "OTHER",
          sourceLocation: null,
        },
  defaultAddress: ({ country }) => (country ? address(country) : null),
  addresses: ({ country }) => (country ? [address(country)] : []),
  addressesV2: ({ country }, args, ask) =>
    connection(ask, country ? [address(country)] : [], args, { id: ({ countryCodeV2 }) => countryCodeV2 }),
  mergeable: (one) => ({ isMergeable: one.mergedInto === null, reason: null, errorFields: [], mergeInProgress: null }),
  statistics: () => ({ predictedSpendTier: null, rfmGroup: null }),
};

const consentOf = (one: Customer) =>
  one.consent ?? { level: "SINGLE_OPT_IN", at: one.marketing === "NOT_SUBSCRIBED" ? null : one.createdAt };
const smsOf = (one: Customer) => one.sms ?? { state: "NOT_SUBSCRIBED", level: "SINGLE_OPT_IN", at: null };

const emailAddress = (one: Customer) => ({
  emailAddress: one.email,
  marketingState: one.marketing,
  marketingOptInLevel: consentOf(one).level,
  marketingUpdatedAt: consentOf(one).at,
  validFormat: true,
  openTrackingLevel: "UNKNOWN",
  sourceLocation: null,
});

const phoneNumber = (one: Customer) => ({
  phoneNumber: one.phone,
  marketingState: smsOf(one).state,
  marketingOptInLevel: smsOf(one).level,
  marketingUpdatedAt: smsOf(one).at,
  marketingCollectedFrom: "OTHER",
  smsMarketingConsent: {
    state: smsOf(one).state === "NOT_SUBSCRIBED" ? "NEVER_SUBSCRIBED" : smsOf(one).state,
    optInLevel: smsOf(one).level,
    updatedAt: smsOf(one).at,
  },
});

const address = (country: string) => ({
  countryCodeV2: country,
  countryCode: country,
  country,
  provinceCode: null,
  province: null,
  city: null,
  zip: null,
  formattedArea: country,
});

export const customerSearch = (ask: Ask): Searchable<Customer> => ({
  text: (one) => [one.firstName, one.lastName, one.email, one.phone].filter(Boolean).join(" "),
  fields: {
    id: ({ id }) => id,
    email: ({ email }) => email,
    phone: ({ phone }) => phone,
    first_name: ({ firstName }) => firstName,
    last_name: ({ lastName }) => lastName,
    tag: ({ tags }) => tags,
    tag_not: () => null,
    state: ({ state }) => state,
    country: ({ country }) => country,
    created_at: ({ createdAt }) => createdAt,
    customer_date: ({ createdAt }) => createdAt,
    updated_at: ({ updatedAt }) => updatedAt,
    orders_count: (one) => ordersOf(ask, one).length,
    total_spent: (one) => spent(ask, one) / 100,
    accepts_marketing: ({ marketing }) => marketing === "SUBSCRIBED",
    email_marketing_state: ({ marketing }) => marketing,
  },
});

const sortValues: Record<string, (one: Customer) => string> = {
  CREATED_AT: ({ createdAt }) => createdAt,
  UPDATED_AT: ({ updatedAt }) => updatedAt,
  NAME: ({ lastName, firstName }) => `${lastName ?? ""}, ${firstName ?? ""}`,
  LOCATION: ({ country }) => country,
};

export const customersArea: Area = {
  QueryRoot: {
    customer: (_source: object, { id }, { state }) => state.customers.get(idOf(id)) ?? null,
    customerByIdentifier: (_source: object, { identifier }, ask) => byIdentifier(ask, identifier),
    customers: (_source: object, args, ask) => {
      const matches = matcher(args.query, customerSearch(ask));
      const sortValue = sortValues[args.sortKey];
      return connection(ask, [...ask.state.customers.values()].filter(matches), args, {
        id: ({ id }) => id,
        sortValue: sortValue ?? (({ id }) => Number(id)),
      });
    },
    customersCount: (_source: object, { query, limit }, ask) =>
      count([...ask.state.customers.values()].filter(matcher(query, customerSearch(ask))).length, limit),
  },
  Customer: customer,
};

/** A count above its limit says so. */
export const count = (found: number, limit?: number | null) =>
  limit != null && found > limit ? { count: limit, precision: "AT_LEAST" } : { count: found, precision: "EXACT" };

function byIdentifier({ state }: Ask, identifier: Args): Customer | null {
  if (identifier.id) return state.customers.get(idOf(identifier.id)) ?? null;
  if (identifier.customId) throw failure("Metafield definition of type 'id' is required when using custom ids.", "NOT_FOUND");
  const email = identifier.emailAddress?.trim().toLowerCase();
  return (
    [...state.customers.values()].find((one) => (email ? one.email?.toLowerCase() === email : one.phone === identifier.phoneNumber)) ?? null
  );
}
