// What the sandbox keeps about one shop. Every Map is a table and everything else one value each:
// persistence.ts writes and reads them by that rule, so a new field needs no change there.

import type { Collection, Customer, Discount, Instant, Metafield, Minor, Order, Product, Shop } from "./world.ts";

/** An offline token and the refresh token that came with it. Instants are wall-clock milliseconds: tokens live in real time. */
export type Token = {
  accessToken: string;
  refreshToken: string;
  apiKey: string;
  scopes: string[];
  issuedAtMs: number;
  expiresAtMs: number;
  refreshExpiresAtMs: number;
  dead: boolean;
  /** The access token whose refresh token this one took the place of; gone once this one has been used. */
  replaces?: string | undefined;
};

/** One Admin API call, for /control/:shop/calls. */
export type CallLog = {
  at: Instant;
  operation: string | null;
  status: number;
  cost: number;
  millis: number;
  error: string | null;
};

export type Fault = { next: number; how: "500" | "timeout" | "unknown" | "throttled" | "429" | "401"; operation?: string };

/** How deliveries misbehave. */
export type Chaos = { duplicate: number; shuffle: boolean; delayMs: number; drop: number; seed: number };

export type Attempt = { at: Instant; status: number | null; error: string | null; millis: number };

/** One webhook on its way to one subscription. The body is the text as signed; it never changes. */
export type Delivery = {
  webhookId: string;
  eventId: string;
  topic: string;
  apiKey: string;
  path: string;
  name: string | null;
  body: string;
  triggeredAt: Instant;
  state: "queued" | "held" | "delivered" | "failed";
  attempts: Attempt[];
  /** Wall-clock milliseconds before which it is not sent. */
  dueAtMs: number;
};

/** A subscription made through GraphQL; those of the toml are not kept here. */
export type WebhookSubscription = {
  id: string;
  topic: string;
  uri: string;
  filter: string | null;
  includeFields: string[];
  createdAt: Instant;
  updatedAt: Instant;
};

export type GiftCard = {
  id: string;
  code: string;
  initialAmount: Minor;
  balance: Minor;
  currency: string;
  customerId: string | null;
  note: string | null;
  expiresOn: string | null;
  deactivatedAt: Instant | null;
  createdAt: Instant;
  updatedAt: Instant;
};

export type StoreCreditAccount = {
  id: string;
  customerId: string;
  currency: string;
  balance: Minor;
  transactions: { id: string; amount: Minor; balanceAfter: Minor; createdAt: Instant; expiresAt: Instant | null; event: string }[];
};

export type BulkOperation = {
  id: string;
  type: "QUERY" | "MUTATION";
  query: string;
  status: "CREATED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELING" | "CANCELED";
  errorCode: string | null;
  objectCount: number;
  rootObjectCount: number;
  jsonl: string;
  createdAt: Instant;
  completedAt: Instant | null;
};

export type MetafieldDefinition = {
  id: string;
  ownerType: string;
  namespace: string;
  key: string;
  type: string;
  name: string;
  access: { admin: string; storefront: string; customerAccount: string };
};

export type Segment = {
  id: string;
  name: string;
  query: string;
  /** Ids of customers who belong to it whatever the query says. */
  members?: string[];
  createdAt: Instant;
  updatedAt: Instant;
};

export type SellingPlanGroup = { id: string; name: string; plans: { id: string; name: string }[]; createdAt: Instant };

export type DraftOrder = {
  id: string;
  number: number;
  customerId: string | null;
  email: string | null;
  lines: { variantId?: string; title?: string; price?: Minor; quantity: number; properties?: { name: string; value: string }[] }[];
  codes: string[];
  note: string | null;
  tags: string[];
  noteAttributes: { name: string; value: string }[];
  orderId: string | null;
  createdAt: Instant;
  updatedAt: Instant;
};

export type ShopState = {
  shop: Shop;
  products: Map<string, Product>;
  collections: Map<string, Collection>;
  customers: Map<string, Customer>;
  discounts: Map<string, Discount>;
  orders: Map<string, Order>;
  shopMetafields: Metafield[];
  /** Owned by the AppInstallation. */
  appMetafields: Metafield[];
  metafieldDefinitions: Map<string, MetafieldDefinition>;
  webhookSubscriptions: Map<string, WebhookSubscription>;
  giftCards: Map<string, GiftCard>;
  storeCredit: Map<string, StoreCreditAccount>;
  bulkOperations: Map<string, BulkOperation>;
  segments: Map<string, Segment>;
  sellingPlanGroups: Map<string, SellingPlanGroup>;
  draftOrders: Map<string, DraftOrder>;
  deliveries: Map<string, Delivery>;
  /** By access token. */
  tokens: Map<string, Token>;
  calls: CallLog[];
  chaos: Chaos;
  /** While true, new deliveries wait as held. */
  hold: boolean;
  faults: Fault[];
  latencyMs: number;
  /** The Admin API's leaky bucket; atMs is wall clock. null: not used yet. */
  bucket: { available: number; atMs: number } | null;
  nextOrderNumber: number;
  /** Which app blocks the merchant has put on which page of the theme; null: as the theme comes. */
  placements: { page: string; block: string }[] | null;
};

export const calm: Chaos = { duplicate: 0, shuffle: false, delayMs: 0, drop: 0, seed: 1 };

export const emptyShopState = (shop: Shop): ShopState => ({
  shop,
  products: new Map(),
  collections: new Map(),
  customers: new Map(),
  discounts: new Map(),
  orders: new Map(),
  shopMetafields: [],
  appMetafields: [],
  metafieldDefinitions: new Map(),
  webhookSubscriptions: new Map(),
  giftCards: new Map(),
  storeCredit: new Map(),
  bulkOperations: new Map(),
  segments: new Map(),
  sellingPlanGroups: new Map(),
  draftOrders: new Map(),
  deliveries: new Map(),
  tokens: new Map(),
  calls: [],
  chaos: calm,
  hold: false,
  faults: [],
  latencyMs: 0,
  bucket: null,
  nextOrderNumber: 1001,
  placements: null,
});
