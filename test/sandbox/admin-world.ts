// A small shop with an installed app, and a way to ask its Admin API without HTTP.

import { type Answer, answer } from "../../sandbox/admin-api/answer.ts";
import { askAs } from "../../sandbox/admin-api/index.ts";
import { resolveNamespace } from "../../sandbox/app-ids.ts";
import { createWorld, type GiftCard, type ShopState, type World } from "../../sandbox/store.ts";
import type { App, AppConfig, Customer, Discount, Instant, Order, OrderLine, Product, Shop } from "../../sandbox/world.ts";

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

/** With one of everything an app may ask for: a product in a collection, a customer and a paid order of hers, a code, a gift card and so on; the records it keeps have the id 1, the line 21. */
export function smallWorld({
  shopIs = {},
  appIs = {},
  now = "2026-11-21T12:00:00Z",
  version = "2026-10",
}: {
  shopIs?: Partial<Shop>;
  appIs?: Partial<App>;
  now?: Instant;
  version?: string;
} = {}): SmallWorld {
  const own = { ...app, ...appIs };
  const world = createWorld({ apps: [own], config, shops: [shop(shopIs)], now });
  const state = world.shops.get("laurel-demo");
  if (!state) throw new Error("The small world has no shop.");
  state.collections.set("1", { id: "1", handle: "bags", title: "Summer bags" });
  state.products.set("1", tote);
  state.customers.set("1", structuredClone(ann));
  state.customers.set("2", {
    ...structuredClone(ann),
    id: "2",
    state: "disabled",
    firstName: "Bo",
    email: "b@example.com",
    phone: null,
    tags: [],
  });
  state.orders.set("1", structuredClone(order));
  state.discounts.set("1", structuredClone(fiveOff));
  state.giftCards.set("1", { ...card });
  state.storeCredit.set("1", { id: "1", customerId: "1", currency: "USD", balance: 1000, transactions: [] });
  state.segments.set("1", { id: "1", name: "Gold", query: "customer_tags CONTAINS 'gold'", createdAt: at, updatedAt: at });
  state.webhookSubscriptions.set("1", {
    id: "1",
    topic: "SHOP_UPDATE",
    uri: "https://example.com/w",
    filter: null,
    includeFields: [],
    createdAt: at,
    updatedAt: at,
  });
  state.metafieldDefinitions.set("1", {
    id: "1",
    ownerType: "CUSTOMER",
    namespace: resolveNamespace(own, "$app"),
    key: "points_total",
    type: "number_integer",
    name: "Points",
    access: { admin: "MERCHANT_READ", storefront: "NONE", customerAccount: "READ" },
  });
  state.bulkOperations.set("1", {
    id: "1",
    type: "QUERY",
    query: "{ orders { edges { node { id } } } }",
    status: "RUNNING",
    errorCode: null,
    objectCount: 0,
    rootObjectCount: 0,
    jsonl: "",
    createdAt: at,
    completedAt: null,
  });
  return {
    world,
    state,
    ask: (query, variables = {}) => answer(askAs(world, state, version), { query, variables }).answer,
  };
}

const at = "2026-11-20T00:00:00Z";

const fiveOff: Discount = {
  id: "1",
  method: "code",
  kind: "basic",
  title: "Five off",
  codes: [{ id: "51", code: "FIVE", uses: 0 }],
  startsAt: at,
  endsAt: null,
  usageLimit: 1,
  oncePerCustomer: true,
  customers: ["1"],
  segments: null,
  value: { amount: 500, onEachItem: false },
  items: { all: true },
  buys: null,
  minimumSubtotal: null,
  minimumQuantity: null,
  usesPerOrder: null,
  combinesWith: { order: false, product: true, shipping: true },
  tags: ["loyalty"],
  usedBy: [],
  createdAt: at,
  updatedAt: at,
  metafields: [],
};

const card: GiftCard = {
  id: "1",
  code: "abcd1234efgh5678",
  initialAmount: 1000,
  balance: 1000,
  currency: "USD",
  customerId: null,
  note: null,
  expiresOn: null,
  deactivatedAt: null,
  createdAt: at,
  updatedAt: at,
};

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
  variants: [{ id: "1", title: "Default", sku: "TOTE", price: 2500, compareAtPrice: null }],
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
  variantId: "1",
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
