// Builders for the sandbox's own tests: a small shop of which a test says only what matters to it.

import { readToml } from "../../sandbox/read-toml.ts";
import { openShop, type ShopSeed } from "../../sandbox/seed.ts";
import type { ShopState } from "../../sandbox/shop-state.ts";
import { createWorld, type World, type WorldOptions } from "../../sandbox/store.ts";
import type { App, Discount } from "../../sandbox/world.ts";

export const anApp = (differs: Partial<App> = {}): App => ({
  apiKey: "key-1",
  secret: "secret-1",
  handle: "laurel",
  title: "Laurel",
  distribution: "public",
  url: "http://127.0.0.1:1",
  protectedData: true,
  ...differs,
});

export function aWorld({ app = anApp(), shop = {}, ...options }: Partial<WorldOptions> & { app?: App; shop?: Partial<ShopSeed> } = {}): {
  world: World;
  state: ShopState;
} {
  const world = createWorld({ apps: [app], config: readToml("shopify.app.toml"), ...options });
  const state = openShop(world, {
    handle: "corner-shop",
    app: app.apiKey,
    shelves: "empty",
    taxRateBasisPoints: 0,
    shippingRate: 0,
    ...shop,
  });
  return { world, state };
}

/** A product with one variant; answers the variant's id. */
export function aProduct(
  world: World,
  state: ShopState,
  {
    price,
    giftCard = false,
    collections = [] as string[],
    type = "Thing",
  }: { price: number; giftCard?: boolean; collections?: string[]; type?: string },
) {
  const id = world.nextId();
  const variant = world.nextId();
  state.products.set(id, {
    id,
    handle: `thing-${id}`,
    title: `Thing ${id}`,
    description: "",
    vendor: "Maker",
    productType: type,
    tags: [],
    collections,
    giftCard,
    image: "",
    variants: [{ id: variant, title: "Default Title", sku: `S${id}`, price, compareAtPrice: null }],
  });
  return { product: id, variant };
}

/** A code that takes 10 % off everything, unless said otherwise. */
export function aCode(world: World, state: ShopState, code: string, differs: Partial<Discount> = {}): Discount {
  const at = "2020-01-01T00:00:00Z";
  const discount: Discount = {
    id: world.nextId(),
    method: "code",
    kind: "basic",
    title: code,
    codes: [{ id: world.nextId(), code, uses: 0 }],
    startsAt: at,
    endsAt: null,
    usageLimit: null,
    oncePerCustomer: false,
    customers: null,
    segments: null,
    value: { basisPoints: 1000 },
    items: { all: true },
    buys: null,
    minimumSubtotal: null,
    minimumQuantity: null,
    usesPerOrder: null,
    combinesWith: { order: false, product: false, shipping: false },
    tags: [],
    usedBy: [],
    createdAt: at,
    updatedAt: at,
    metafields: [],
    ...differs,
  };
  state.discounts.set(discount.id, discount);
  return discount;
}

/** The body of the last delivery of a topic, as an app would parse it. */
export function lastBody(state: ShopState, topic: string) {
  const delivery = [...state.deliveries.values()].filter((one) => one.topic === topic).at(-1);
  if (!delivery) throw new Error(`Nothing was queued for ${topic}.`);
  return JSON.parse(delivery.body);
}

export const topicsOf = (state: ShopState): string[] => [...state.deliveries.values()].map((one) => one.topic);
