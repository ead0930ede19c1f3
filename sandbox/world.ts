// What the sandbox remembers: the nouns of a small Shopify. Every part of the sandbox speaks in these.
// Money is a whole number of minor units in the shop's currency. Instants are ISO strings in sandbox time.
// Ids are the numeric part of a Shopify GID, kept as strings because real ones pass 2^53.

export type Minor = number;
export type Instant = string;

export type Plan = "basic" | "standard" | "plus";
export type Distribution = "public" | "custom";

/** One Shopify app as its Partner Dashboard would know it. */
export type App = {
  apiKey: string;
  secret: string;
  handle: string;
  title: string;
  distribution: Distribution;
  /** Base address of the running app, such as http://127.0.0.1:3000. */
  url: string;
  /** Protected customer data level 2 (names, e-mails) has been approved. */
  protectedData: boolean;
};

/** What shopify.app.toml says; the sandbox reads the real file. */
export type AppConfig = {
  scopes: string[];
  optionalScopes: string[];
  apiVersion: string;
  subscriptions: { topic: string; path: string; filter?: string; includeFields?: string[] }[];
  complianceTopics: { topic: string; path: string }[];
  proxy: { path: string; prefix: string; subpath: string };
  metafieldDefinitions: {
    ownerType: string;
    namespace: string;
    key: string;
    type: string;
    name: string;
    customerAccount: string;
    storefront: string;
  }[];
};

export type Installation = {
  apiKey: string;
  installedAt: Instant;
  uninstalledAt: Instant | null;
  scopes: string[];
};

export type Shop = {
  id: string;
  /** Such as laurel-demo; the domain is <handle>.myshopify.com. */
  handle: string;
  name: string;
  email: string;
  currency: string;
  timeZone: string;
  country: string;
  plan: Plan;
  taxesIncluded: boolean;
  /** In basis points, such as 825 for 8.25 %. */
  taxRateBasisPoints: number;
  shippingRate: Minor;
  sellsSubscriptions: boolean;
  locale: string;
  installation: Installation | null;
  storefrontPort: number;
};

export type Variant = { id: string; title: string; sku: string; price: Minor; compareAtPrice: Minor | null };
export type Product = {
  id: string;
  handle: string;
  title: string;
  description: string;
  vendor: string;
  productType: string;
  tags: string[];
  collections: string[];
  giftCard: boolean;
  image: string;
  variants: Variant[];
  /** Absent: nobody has changed it since the shop was opened. */
  updatedAt?: Instant;
};
export type Collection = { id: string; handle: string; title: string; updatedAt?: Instant };

export type Metafield = { id: string; namespace: string; key: string; type: string; value: string; updatedAt: Instant };

export type ConsentLevel = "SINGLE_OPT_IN" | "CONFIRMED_OPT_IN" | "UNKNOWN";

export type Customer = {
  id: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  locale: string;
  tags: string[];
  /** enabled: has an account. disabled: bought as a guest. */
  state: "enabled" | "disabled" | "invited";
  marketing: "SUBSCRIBED" | "NOT_SUBSCRIBED" | "UNSUBSCRIBED" | "PENDING";
  country: string;
  createdAt: Instant;
  updatedAt: Instant;
  metafields: Metafield[];
  mergedInto: string | null;
  note?: string | null;
  taxExempt?: boolean;
  /** How and when the marketing consent was given; absent: as the shop does it, when the customer was made. */
  consent?: { level: ConsentLevel; at: Instant | null };
  sms?: { state: Customer["marketing"]; level: ConsentLevel; at: Instant | null };
};

export type DiscountKind = "basic" | "bxgy" | "free shipping" | "app";
export type Discount = {
  id: string;
  /** Code discounts are DiscountCodeNode; automatic ones DiscountAutomaticNode. */
  method: "code" | "automatic";
  kind: DiscountKind;
  title: string;
  codes: { id: string; code: string; uses: number }[];
  startsAt: Instant;
  endsAt: Instant | null;
  usageLimit: number | null;
  oncePerCustomer: boolean;
  /** null: everybody. */
  customers: string[] | null;
  segments: string[] | null;
  value:
    | { amount: Minor; onEachItem: boolean }
    | { basisPoints: number }
    | { freeShipping: true; maximum: Minor | null }
    | { getQuantity: number; basisPoints: number }
    | null;
  items: { all: true } | { products: string[]; variants: string[]; collections: string[] };
  buys: { products: string[]; variants: string[]; collections: string[]; quantity: number | null; amount: Minor | null } | null;
  minimumSubtotal: Minor | null;
  minimumQuantity: number | null;
  /** How often a buy-x-get-y may apply in one order; null: as often as it fits. */
  usesPerOrder: number | null;
  combinesWith: { order: boolean; product: boolean; shipping: boolean };
  tags: string[];
  usedBy: string[];
  createdAt: Instant;
  updatedAt: Instant;
  metafields: Metafield[];
  /** What it applies to in a shop with subscriptions; absent: one-time purchases. */
  purchases?: { oneTime: boolean; subscription: boolean };
  recurringCycleLimit?: number | null;
};

export type OrderLine = {
  id: string;
  productId: string | null;
  variantId: string | null;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  vendor: string | null;
  price: Minor;
  quantity: number;
  currentQuantity: number;
  giftCard: boolean;
  taxable: boolean;
  tax: Minor;
  properties: { name: string; value: string }[];
  sellingPlan: { id: string; name: string } | null;
  /** Came by an order edit: it counts in the current totals, never in those of the order as placed. */
  addedByEdit: boolean;
  /** index points into Order.discountApplications; the amount is for the whole line. */
  allocations: { index: number; amount: Minor }[];
};

export type DiscountApplication = {
  type: "discount_code" | "automatic" | "manual";
  code: string | null;
  title: string;
  valueType: "fixed_amount" | "percentage";
  value: string;
  targetType: "line_item" | "shipping_line";
  targetSelection: "all" | "entitled";
  allocationMethod: "across" | "each";
};

export type Refund = {
  id: string;
  createdAt: Instant;
  note: string | null;
  lines: { id: string; lineId: string; quantity: number; subtotal: Minor; tax: Minor; restock: "return" | "cancel" | "no_restock" }[];
  shipping: Minor;
  /** Money given back beyond lines and shipping: an amount without lines. Negative when less was given back than the lines are worth. */
  discrepancy: Minor;
  transactions: Transaction[];
};

export type Transaction = {
  id: string;
  kind: "sale" | "authorization" | "capture" | "refund" | "void";
  status: "success" | "pending";
  gateway: string;
  amount: Minor;
  createdAt: Instant;
};

export type Order = {
  id: string;
  number: number;
  name: string;
  customerId: string | null;
  email: string | null;
  createdAt: Instant;
  processedAt: Instant;
  updatedAt: Instant;
  cancelledAt: Instant | null;
  cancelReason: string | null;
  closedAt: Instant | null;
  deletedAt: Instant | null;
  test: boolean;
  /** web, pos, shopify_draft_order, subscription_contract or an app id. */
  sourceName: string;
  currency: string;
  presentmentCurrency: string;
  /** Presentment units for one shop unit. */
  presentmentRate: number;
  taxesIncluded: boolean;
  financialStatus: "pending" | "authorized" | "paid" | "partially_paid" | "partially_refunded" | "refunded" | "voided";
  fulfillmentStatus: "fulfilled" | "partial" | null;
  fulfillments: { id: string; createdAt: Instant; lines: { lineId: string; quantity: number }[] }[];
  lines: OrderLine[];
  discountApplications: DiscountApplication[];
  shipping: { id: string; title: string; price: Minor; tax: Minor; allocations: { index: number; amount: Minor }[] } | null;
  tip: Minor;
  duties: Minor;
  refunds: Refund[];
  transactions: Transaction[];
  tags: string[];
  note: string | null;
  noteAttributes: { name: string; value: string }[];
  country: string;
  gateway: string;
  metafields: Metafield[];
};

/** A gid for the numeric id, such as gid://shopify/Order/5001. */
export const gid = (type: string, id: string): string => `gid://shopify/${type}/${id}`;
export const idOf = (anyGid: string): string => anyGid.slice(anyGid.lastIndexOf("/") + 1).split("?")[0] ?? "";
export const domainOf = (shop: Shop): string => `${shop.handle}.myshopify.com`;
