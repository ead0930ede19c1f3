// A small shop with an installed app, and a way to ask its Admin API without HTTP.

import { type Answer, answer } from "../../sandbox/admin-api/answer.ts";
import { askAs } from "../../sandbox/admin-api/index.ts";
import { createWorld, type ShopState, type World } from "../../sandbox/store.ts";
import type { App, AppConfig, Customer, Order, OrderLine, Product, Shop } from "../../sandbox/world.ts";

export const everyScope = [
  "write_customers",
  "write_customer_merge",
  "read_orders",
  "write_orders",
  "read_all_orders",
  "write_products",
  "write_discounts",
  "write_gift_cards",
  "write_gift_card_transactions",
  "write_store_credit_accounts",
  "write_store_credit_account_transactions",
  "write_draft_orders",
  "read_locales",
  "read_locations",
  "read_markets",
];

export const app: App = {
  apiKey: "key-of-laurel",
  secret: "secret-of-laurel",
  handle: "laurel",
  title: "Laurel",
  distribution: "public",
  url: "http://127.0.0.1:3000",
  protectedData: true,
};

const config: AppConfig = {
  scopes: ["read_customers", "write_customers", "read_orders", "read_products", "write_discounts"],
  optionalScopes: ["read_all_orders"],
  apiVersion: "2026-10",
  subscriptions: [],
  complianceTopics: [],
  proxy: { path: "/proxy", prefix: "apps", subpath: "laurel" },
  metafieldDefinitions: [
    {
      ownerType: "customer",
      namespace: "$app",
      key: "points_balance",
      type: "number_integer",
      name: "Points balance",
      customerAccount: "read",
      storefront: "none",
    },
  ],
};

export const shop = (more: Partial<Shop> = {}): Shop => ({
  id: "1",
  handle: "laurel-demo",
  name: "Juniper & Co",
  email: "owner@example.com",
  currency: "USD",
  timeZone: "America/New_York",
  country: "US",
  plan: "plus",
  taxesIncluded: false,
  taxRateBasisPoints: 0,
  shippingRate: 500,
  sellsSubscriptions: false,
  locale: "en",
  installation: { apiKey: app.apiKey, installedAt: "2026-01-01T00:00:00Z", uninstalledAt: null, scopes: [...everyScope] },
  storefrontPort: 0,
  ...more,
});

export type SmallWorld = { world: World; state: ShopState; ask(query: string, variables?: Record<string, unknown>): Answer };

/** With one product in one collection, one customer and one paid order of hers; all have the id 1 but the variant's 11 and the line's 21. */
export function smallWorld({ shopIs = {}, appIs = {} }: { shopIs?: Partial<Shop>; appIs?: Partial<App> } = {}): SmallWorld {
  const own = { ...app, ...appIs };
  const world = createWorld({ apps: [own], config, shops: [shop(shopIs)], now: "2026-11-21T12:00:00Z" });
  const state = world.shops.get("laurel-demo");
  if (!state) throw new Error("The small world has no shop.");
  state.collections.set("1", { id: "1", handle: "bags", title: "Summer bags" });
  state.products.set("1", tote);
  state.customers.set("1", { ...ann });
  state.orders.set("1", structuredClone(order));
  return {
    world,
    state,
    ask: (query, variables = {}) =>
      answer(askAs(world, state, "2026-10"), { query, variables }).answer,
  };
}

const tote: Product = {
  id: "1",
  handle: "tote",
  title: "Tote",
  description: "A bag.",
  vendor: "Juniper",
  productType: "Bags",
  tags: ["canvas"],
  collections: ["1"],
  giftCard: false,
  image: "data:image/svg+xml,",
  variants: [{ id: "11", title: "Default", sku: "TOTE", price: 2500, compareAtPrice: null }],
};

const ann: Customer = {
  id: "1",
  firstName: "Ann",
  lastName: "Li",
  email: "a@example.com",
  phone: "+15555550100",
  locale: "en",
  tags: ["gold"],
  state: "enabled",
  marketing: "NOT_SUBSCRIBED",
  country: "US",
  createdAt: "2026-01-02T00:00:00Z",
  updatedAt: "2026-01-02T00:00:00Z",
  metafields: [],
  mergedInto: null,
};

const line: OrderLine = {
  id: "21",
  productId: "1",
  variantId: "11",
  title: "Tote",
  variantTitle: null,
  sku: "TOTE",
  vendor: "Juniper",
  price: 2500,
  quantity: 2,
  currentQuantity: 1,
  giftCard: false,
  taxable: true,
  tax: 0,
  properties: [],
  sellingPlan: null,
  addedByEdit: false,
  allocations: [{ index: 0, amount: 500 }],
};

/** Two totes at 25.00, 5.00 off by code, 5.00 shipping, one tote given back. */
const order: Order = {
  id: "1",
  number: 1001,
  name: "#1001",
  customerId: "1",
  email: "a@example.com",
  createdAt: "2026-11-01T00:00:00Z",
  processedAt: "2026-11-01T00:00:00Z",
  updatedAt: "2026-11-02T00:00:00Z",
  cancelledAt: null,
  cancelReason: null,
  closedAt: null,
  deletedAt: null,
  test: false,
  sourceName: "web",
  currency: "USD",
  presentmentCurrency: "EUR",
  presentmentRate: 0.9,
  taxesIncluded: false,
  financialStatus: "partially_refunded",
  fulfillmentStatus: null,
  fulfillments: [],
  lines: [line],
  discountApplications: [
    {
      type: "discount_code",
      code: "LOY-1",
      title: "LOY-1",
      valueType: "fixed_amount",
      value: "5.00",
      targetType: "line_item",
      targetSelection: "all",
      allocationMethod: "across",
    },
  ],
  shipping: { id: "31", title: "Standard", price: 500, tax: 0, allocations: [] },
  tip: 0,
  duties: 0,
  refunds: [
    {
      id: "41",
      createdAt: "2026-11-02T00:00:00Z",
      note: null,
      lines: [{ id: "42", lineId: "21", quantity: 1, subtotal: 2250, tax: 0, restock: "return" }],
      shipping: 0,
      discrepancy: 0,
      transactions: [{ id: "43", kind: "refund", status: "success", gateway: "bogus", amount: 2250, createdAt: "2026-11-02T00:00:00Z" }],
    },
  ],
  transactions: [
    { id: "44", kind: "sale", status: "success", gateway: "bogus", amount: 5000, createdAt: "2026-11-01T00:00:00Z" },
    { id: "43", kind: "refund", status: "success", gateway: "bogus", amount: 2250, createdAt: "2026-11-02T00:00:00Z" },
  ],
  tags: [],
  note: null,
  noteAttributes: [],
  country: "US",
  gateway: "bogus",
  metafields: [],
};
