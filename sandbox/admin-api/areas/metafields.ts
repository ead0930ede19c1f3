// Metafields as they are read, and the records that bear them.

import { createHash } from "node:crypto";
import { installationId, resolveNamespace } from "../../app-ids.ts";
import { gid, idOf, type Metafield } from "../../world.ts";
import { typeOf } from "../access.ts";
import { type Area, type Ask, as, type Fields } from "../ask.ts";
import { connection } from "../connection.ts";

/** Where an owner keeps its metafields. */
export type Owner = { gid: string; type: string; record: object; metafields: Metafield[]; keep(): void };
type Read = { field: Metafield; owner: Owner };

/** The owner of an id, or null when there is no such record. */
export function ownerOf(ask: Ask, id: string): Owner | null {
  const { state, world, shop, app } = ask;
  const type = typeOf(id);
  const key = idOf(id);
  const record = {
    Customer: state.customers,
    Order: state.orders,
    DiscountCodeNode: state.discounts,
    DiscountAutomaticNode: state.discounts,
    DiscountNode: state.discounts,
  }[type]?.get(key);
  if (record) {
    const table = type === "Customer" ? "customers" : type === "Order" ? "orders" : "discounts";
    return { gid: id, type, record, metafields: record.metafields, keep: () => world.changed(shop.handle, table, key) };
  }
  if (type === "Shop" && key === shop.id)
    return { gid: id, type, record: shop, metafields: state.shopMetafields, keep: () => world.changed(shop.handle, "shopMetafields") };
  if (type === "AppInstallation" && key === installationId(app, shop))
    return {
      gid: id,
      type,
      record: { installationOf: app },
      metafields: state.appMetafields,
      keep: () => world.changed(shop.handle, "appMetafields"),
    };
  return null;
}

/** The fields of every bearer of metafields. Types whose metafields the sandbox does not keep have none. */
export const metafieldFields = (type: string): Fields<object> => ({
  metafield: (source, { namespace, key }, ask) => {
    const owner = ownerOfRecord(ask, type, source);
    const field = find(owner, resolveNamespace(ask.app, namespace), key);
    return field ? { field, owner } : null;
  },
  metafields: (source, args, ask) => {
    const owner = ownerOfRecord(ask, type, source);
    const namespace = args.namespace ? resolveNamespace(ask.app, args.namespace) : null;
    const keys: string[] | undefined = args.keys?.map((key: string) => key.replace(/^\$app\./, `${resolveNamespace(ask.app, null)}.`));
    const fields = owner.metafields
      .filter(
        (field) =>
          (!namespace || field.namespace === namespace) &&
          (!keys || keys.includes(`${field.namespace}.${field.key}`)) &&
          mayRead(ask, field),
      )
      .map((field) => ({ field, owner }));
    return connection(ask, fields, args, { id: ({ field }) => field.id });
  },
});

export const find = (owner: Owner, namespace: string, key: string): Metafield | undefined =>
  owner.metafields.find((field) => field.namespace === namespace && field.key === key);

/** What another app keeps for itself is not seen. */
const mayRead = (ask: Ask, { namespace }: Metafield): boolean =>
  !namespace.startsWith("app--") || namespace.startsWith(resolveNamespace(ask.app, null));

function ownerOfRecord(ask: Ask, type: string, source: object): Owner {
  const id = type === "AppInstallation" ? installationId(ask.app, ask.shop) : String((source as { id?: string }).id);
  const owner = ownerOf(ask, gid(type, id));
  return owner ?? { gid: gid(type, id), type, record: source, metafields: [], keep: () => {} };
}

export const digestOf = (value: string): string => createHash("sha256").update(value).digest("hex");

const ownerTypes: Record<string, string> = {
  AppInstallation: "API_PERMISSION",
  DiscountCodeNode: "DISCOUNT",
  DiscountAutomaticNode: "DISCOUNT",
  DiscountNode: "DISCOUNT",
};
export const ownerTypeOf = (type: string): string => ownerTypes[type] ?? type.toUpperCase();

const metafield: Fields<Read> = {
  id: ({ field }) => gid("Metafield", field.id),
  legacyResourceId: ({ field }) => field.id,
  namespace: ({ field }) => field.namespace,
  key: ({ field }) => field.key,
  type: ({ field }) => field.type,
  value: ({ field }) => field.value,
  jsonValue: ({ field }) => jsonOf(field),
  compareDigest: ({ field }) => digestOf(field.value),
  sizeInBytes: ({ field }) => Buffer.byteLength(field.value),
  createdAt: ({ field }) => field.updatedAt,
  updatedAt: ({ field }) => field.updatedAt,
  description: () => null,
  ownerType: ({ owner }) => ownerTypeOf(owner.type),
  owner: ({ owner }) => as(owner.type, owner.record),
};

function jsonOf({ type, value }: Metafield): unknown {
  if (
    type === "json" ||
    type.startsWith("list.") ||
    type === "boolean" ||
    type === "number_integer" ||
    type === "rating" ||
    type === "money"
  )
    return JSON.parse(value);
  return value;
}

export const metafieldsArea: Area = { Metafield: metafield };
