// Puts a shop's shelves in order: collections, products and a welcome code.

import type { ShopState } from "../shop-state.ts";
import type { World } from "../store.ts";
import type { Discount, Minor } from "../world.ts";
import { type Colours, picture, type Shape } from "./pictures.ts";

export type Shelf = {
  vendor: string;
  collections: { handle: string; title: string }[];
  products: {
    title: string;
    type: string;
    description: string;
    shape: Shape;
    colours: Colours;
    collections: string[];
    tags?: string[];
    /** Absent: the shop's own. */
    vendor?: string;
    giftCard?: boolean;
    variants: { title: string; price: Minor; compareAt?: Minor }[];
  }[];
};

export function stock(world: World, state: ShopState, shelf: Shelf): void {
  const ids = new Map<string, string>();
  for (const { handle, title } of shelf.collections) {
    const id = world.nextId();
    ids.set(handle, id);
    state.collections.set(id, { id, handle, title });
  }
  for (const product of shelf.products) {
    const id = world.nextId();
    const handle = product.title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");
    state.products.set(id, {
      id,
      handle,
      title: product.title,
      description: product.description,
      vendor: product.vendor ?? shelf.vendor,
      productType: product.type,
      tags: product.tags ?? [],
      collections: product.collections.map((one) => ids.get(one) ?? unknownCollection(one)),
      giftCard: product.giftCard ?? false,
      image: picture(product.shape, product.colours),
      variants: product.variants.map(({ title, price, compareAt }) => ({
        id: world.nextId(),
        title,
        sku: `${handle}-${title}`.toUpperCase().replace(/[^A-Z0-9]+/g, "-"),
        price,
        compareAtPrice: compareAt ?? null,
      })),
    });
  }
  const discount = welcomeCode(world);
  state.discounts.set(discount.id, discount);
  world.changed(state.shop.handle);
}

const unknownCollection = (handle: string): never => {
  throw new Error(`The shelf has no collection ${handle}.`);
};

/** The merchant's own code, there before any app. It began long ago, so that past orders may carry it. */
function welcomeCode(world: World): Discount {
  const at = world.clock.now().toISOString();
  return {
    id: world.nextId(),
    method: "code",
    kind: "basic",
    title: "WELCOME10",
    codes: [{ id: world.nextId(), code: "WELCOME10", uses: 0 }],
    startsAt: new Date(world.clock.now().getTime() - 3 * 365 * 86_400_000).toISOString(),
    endsAt: null,
    usageLimit: null,
    oncePerCustomer: true,
    customers: null,
    segments: null,
    value: { basisPoints: 1000 },
    items: { all: true },
    buys: null,
    minimumSubtotal: null,
    minimumQuantity: null,
    usesPerOrder: null,
    combinesWith: { order: false, product: false, shipping: true },
    tags: [],
    usedBy: [],
    createdAt: at,
    updatedAt: at,
    metafields: [],
  };
}
