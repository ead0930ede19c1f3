// tagsAdd and tagsRemove on whatever bears tags.

import { changeCustomer } from "../../customers.ts";
import { tagOrder } from "../../orders.ts";
import { changeProduct } from "../../products.ts";
import { tidyTags } from "../../tags.ts";
import { idOf } from "../../world.ts";
import { typeOf } from "../access.ts";
import { type Area, type Ask, as, userError } from "../ask.ts";

type Wish = { id: string; tags: string[] };

export const tagsArea: Area = {
  Mutation: {
    tagsAdd: (_source: object, { id, tags }: Wish, ask) => change(ask, id, (before) => [...before, ...tags]),
    tagsRemove: (_source: object, { id, tags }: Wish, ask) => {
      const gone = new Set(tidyTags(tags).map((tag) => tag.toLowerCase()));
      return change(ask, id, (before) => before.filter((tag) => !gone.has(tag.toLowerCase())));
    },
  },
};

function change(ask: Ask, id: string, next: (before: string[]) => string[]): object {
  const { world, state } = ask;
  const key = idOf(id);
  const type = typeOf(id);
  const customer = type === "Customer" ? state.customers.get(key) : undefined;
  const order = type === "Order" ? state.orders.get(key) : undefined;
  const product = type === "Product" ? state.products.get(key) : undefined;
  const record = customer ?? order ?? product;
  if (!record) return { node: null, userErrors: [userError("id", `${type || "Resource"} does not exist`)] };

  const tags = tidyTags(next(record.tags));
  if (tags.length > 250) return { node: null, userErrors: [userError("tags", "Tags cannot be more than 250")] };
  if (tags.some((tag) => tag.length > 255))
    return { node: null, userErrors: [userError("tags", "Tags is too long (maximum is 255 characters)")] };
  // Nothing changed, nothing told.
  if (tags.join("\n") !== record.tags.join("\n")) {
    if (customer) changeCustomer(world, state, customer, { tags });
    else if (order) tagOrder(world, state, order, tags);
    else if (product) changeProduct(world, state, product, { tags });
  }
  return { node: as(type, record), userErrors: [] };
}
