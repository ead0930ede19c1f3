// What a webhook says. A subject is whatever the topic is about; the body is built from it at once,
// because a webhook carries the state of its moment.

import type { ShopState } from "../shop-state.ts";
import type { World } from "../store.ts";
import {
  type App,
  type Collection,
  type Customer,
  type Discount,
  domainOf,
  gid,
  type Instant,
  type Order,
  type Product,
  type Refund,
  type Shop,
} from "../world.ts";
import { collectionBody, collectionDeleted, discountBody, discountDeleted, productBody, productDeleted } from "./catalogue.ts";
import { customerBody, customerDeleted, customerRedact, emailConsent, purchasingSummary, tagsChanged } from "./customer.ts";
import { orderBody } from "./order.ts";
import { refundBody } from "./refund.ts";
import { number, zoned } from "./say.ts";
import { shopBody } from "./shop.ts";

export type OrderEdit = {
  id: string;
  committedAt: Instant;
  additions: { lineId: string; delta: number }[];
  removals: { lineId: string; delta: number }[];
};

export type Subject = {
  order?: Order;
  refund?: Refund;
  edit?: OrderEdit;
  customer?: Customer;
  /** For customer.tags_added and customer.tags_removed. */
  tags?: string[];
  discount?: Discount;
  product?: Product;
  collection?: Collection;
  bulkOperation?: { id: string; status: string; type: string; errorCode: string | null; createdAt: Instant; completedAt: Instant | null };
  /** For app/scopes_update. */
  scopes?: { previous: string[]; current: string[] };
  /** For customers/merge. */
  merge?: { keptId: string; deletedId: string };
  /** Sent as it is, in place of a body of our making. */
  body?: unknown;
};

export type BodyContext = { world: World; state: ShopState; app: App };

type Body = (context: BodyContext, subject: Subject) => unknown;

const order: Body = (context, subject) => orderBody(context, need(subject, "order"));
const customer: Body = (context, subject) => customerBody(context, need(subject, "customer"));
const discount: Body = (context, subject) => discountBody(context, need(subject, "discount"));
const product: Body = (context, subject) => productBody(context, need(subject, "product"));
const collection: Body = (context, subject) => collectionBody(context, need(subject, "collection"));
const shop: Body = ({ world, state }) => shopBody(state.shop, world.clock.now().toISOString());

const bodies: Record<string, Body> = {
  "orders/create": order,
  "orders/paid": order,
  "orders/updated": order,
  "orders/fulfilled": order,
  "orders/partially_fulfilled": order,
  "orders/cancelled": order,
  "orders/delete": (_, subject) => ({ id: number(need(subject, "order").id) }),
  "orders/edited": ({ state }, subject) => editBody(need(subject, "order"), need(subject, "edit"), state.shop),
  "refunds/create": ({ state }, subject) => refundBody(need(subject, "order"), need(subject, "refund"), state.shop),
  "customers/create": customer,
  "customers/update": customer,
  "customers/enable": customer,
  "customers/disable": customer,
  "customers/delete": (_, subject) => customerDeleted(need(subject, "customer")),
  "customers/purchasing_summary": (context, subject) => purchasingSummary(context, need(subject, "customer")),
  "customers/merge": (_, subject) => mergeBody(need(subject, "merge")),
  "customers_email_marketing_consent/update": (context, subject) => emailConsent(context, need(subject, "customer")),
  "customer.tags_added": (context, subject) => tagsChanged(context, need(subject, "customer"), need(subject, "tags")),
  "customer.tags_removed": (context, subject) => tagsChanged(context, need(subject, "customer"), need(subject, "tags")),
  "customers/data_request": (context, subject) => ({
    ...customerRedact(context, need(subject, "customer"), "orders_requested"),
    data_request: { id: number(context.world.nextId()) },
  }),
  "customers/redact": (context, subject) => customerRedact(context, need(subject, "customer"), "orders_to_redact"),
  "shop/redact": ({ state }) => ({ shop_id: number(state.shop.id), shop_domain: domainOf(state.shop) }),
  "shop/update": shop,
  "app/uninstalled": shop,
  "app/scopes_update": ({ world, state }, subject) => ({
    id: number(world.nextId()),
    shop_id: gid("Shop", state.shop.id),
    ...need(subject, "scopes"),
    updated_at: world.clock.now().toISOString(),
  }),
  "discounts/create": discount,
  "discounts/update": discount,
  "discounts/delete": (context, subject) => discountDeleted(context, need(subject, "discount")),
  "products/create": product,
  "products/update": product,
  "products/delete": (_, subject) => productDeleted(need(subject, "product")),
  "collections/create": collection,
  "collections/update": collection,
  "collections/delete": (_, subject) => collectionDeleted(need(subject, "collection")),
  "bulk_operations/finish": ({ state }, subject) => bulkBody(need(subject, "bulkOperation"), state.shop),
};

export const knownTopics = Object.keys(bodies);

/** The body of a webhook, or an error when the sandbox has none for the topic. */
export function bodyOf(context: BodyContext, topic: string, subject: Subject): unknown {
  if (subject.body !== undefined) return subject.body;
  const body = bodies[topic];
  if (!body) throw new Error(`The sandbox has no body for ${topic}.`);
  return body(context, subject);
}

function need<K extends keyof Subject>(subject: Subject, what: K): NonNullable<Subject[K]> {
  const value = subject[what];
  if (value === undefined || value === null) throw new Error(`A webhook body needs its ${what}.`);
  return value as NonNullable<Subject[K]>;
}

function editBody(edited: Order, edit: OrderEdit, { timeZone }: Shop) {
  const delta = (all: OrderEdit["additions"]) => all.map((one) => ({ id: number(one.lineId), delta: one.delta }));
  const nothing = { additions: [], removals: [] };
  return {
    order_edit: {
      id: number(edit.id),
      app_id: null,
      created_at: zoned(edit.committedAt, { timeZone }),
      committed_at: zoned(edit.committedAt, { timeZone }),
      notify_customer: false,
      order_id: number(edited.id),
      staff_note: "",
      user_id: null,
      line_items: { additions: delta(edit.additions), removals: delta(edit.removals) },
      discounts: { line_item: nothing },
      shipping_lines: nothing,
    },
  };
}

const mergeBody = ({ keptId, deletedId }: NonNullable<Subject["merge"]>) => ({
  admin_graphql_api_customer_kept_id: gid("Customer", keptId),
  admin_graphql_api_customer_deleted_id: gid("Customer", deletedId),
  admin_graphql_api_job_id: null,
  status: "completed",
  errors: [],
});

const bulkBody = (operation: NonNullable<Subject["bulkOperation"]>, shop: Shop) => ({
  admin_graphql_api_id: gid("BulkOperation", operation.id),
  completed_at: zoned(operation.completedAt, shop),
  created_at: zoned(operation.createdAt, shop),
  error_code: operation.errorCode,
  status: operation.status.toLowerCase(),
  type: operation.type.toLowerCase(),
});
