// `node` and `nodes`: any record by its id.

import { appId, installationId } from "../../app-ids.ts";
import { idOf } from "../../world.ts";
import { typeOf } from "../access.ts";
import { type Area, type Ask, as } from "../ask.ts";
import { installedOf } from "./app.ts";
import { discountAsNode } from "./discount-fields.ts";
import { readableOrder } from "./orders.ts";
import { findVariant } from "./products.ts";

type Find = (ask: Ask, id: string) => object | null | undefined;

const finders: Record<string, Find> = {
  Customer: ({ state }, id) => state.customers.get(idOf(id)),
  Order: readableOrder,
  Product: ({ state }, id) => state.products.get(idOf(id)),
  ProductVariant: findVariant,
  Collection: ({ state }, id) => state.collections.get(idOf(id)),
  Shop: ({ shop }, id) => (idOf(id) === shop.id ? shop : null),
  App: ({ app }, id) => (idOf(id) === appId(app) ? app : null),
  AppInstallation: (ask, id) => (idOf(id) === installationId(ask.app, ask.shop) ? installedOf(ask) : null),
  GiftCard: ({ state }, id) => state.giftCards.get(idOf(id)),
  BulkOperation: ({ state }, id) => state.bulkOperations.get(idOf(id)),
  StoreCreditAccount: ({ state }, id) => state.storeCredit.get(idOf(id)),
};

export function findNode(ask: Ask, id: string): object | null {
  const type = typeOf(id);
  if (type === "DiscountCodeNode" || type === "DiscountAutomaticNode") {
    const found = ask.state.discounts.get(idOf(id));
    return found ? discountAsNode(found) : null;
  }
  const found = finders[type]?.(ask, id);
  return found ? as(type, found) : null;
}

export const nodesArea: Area = {
  QueryRoot: {
    node: (_source: object, { id }, ask) => findNode(ask, id),
    nodes: (_source: object, { ids }, ask) => ids.map((id: string) => findNode(ask, id)),
  },
};
