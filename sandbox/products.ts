// The shop's shelves: products and collections are made, changed and taken away. Every change is told by webhook.

import { randomUUID } from "node:crypto";
import { secondOf } from "./orders/touch.ts";
import type { ShopState } from "./shop-state.ts";
import type { World } from "./store.ts";
import { tidyTags } from "./tags.ts";
import type { Collection, Instant, Minor, Product } from "./world.ts";

export type VariantWish = { title?: string; sku?: string; price: Minor; compareAtPrice?: Minor | null };
export type ProductWish = {
  title?: string;
  productType?: string;
  vendor?: string;
  tags?: string[];
  /** Ids of collections. */
  collections?: string[];
  giftCard?: boolean;
  variants?: VariantWish[];
  /** For every variant. */
  price?: Minor;
  compareAtPrice?: Minor | null;
};

/** Before anybody changed it. */
const longAgo = "2024-01-01T00:00:00Z";
export const updatedAtOf = ({ updatedAt }: { updatedAt?: Instant }): Instant => updatedAt ?? longAgo;

export function createProduct(world: World, state: ShopState, wish: ProductWish): Product {
  const id = world.nextId();
  const title = wish.title ?? `Product ${id}`;
  const variants = wish.variants ?? [{ price: wish.price ?? 1000, compareAtPrice: wish.compareAtPrice ?? null }];
  const product: Product = {
    id,
    handle: handleOf(title),
    title,
    description: "",
    vendor: wish.vendor ?? state.shop.name,
    productType: wish.productType ?? "",
    tags: tidyTags(wish.tags ?? []),
    collections: wish.collections ?? [],
    giftCard: wish.giftCard ?? false,
    image: "",
    variants: variants.map((one) => ({
      id: world.nextId(),
      title: one.title ?? "Default Title",
      sku: one.sku ?? "",
      price: one.price,
      compareAtPrice: one.compareAtPrice ?? null,
    })),
    updatedAt: secondOf(world.clock.now()),
  };
  state.products.set(id, product);
  world.changed(state.shop.handle, "products", id);
  told(world, state, "products/create", product, product.collections);
  return product;
}

export function changeProduct(world: World, state: ShopState, product: Product, wish: ProductWish): Product {
  const before = product.collections;
  for (const field of ["title", "productType", "vendor", "giftCard"] as const)
    if (wish[field] !== undefined) Object.assign(product, { [field]: wish[field] });
  if (wish.tags !== undefined) product.tags = tidyTags(wish.tags);
  if (wish.collections !== undefined) product.collections = wish.collections;
  for (const variant of product.variants) {
    if (wish.price !== undefined) variant.price = wish.price;
    if (wish.compareAtPrice !== undefined) variant.compareAtPrice = wish.compareAtPrice;
  }
  product.updatedAt = later(world, product);
  world.changed(state.shop.handle, "products", product.id);
  const moved = [...before, ...product.collections].filter((id) => before.includes(id) !== product.collections.includes(id));
  told(world, state, "products/update", product, moved);
  return product;
}

export function deleteProduct(world: World, state: ShopState, product: Product): void {
  state.products.delete(product.id);
  world.changed(state.shop.handle, "products", product.id);
  told(world, state, "products/delete", product, product.collections);
}

export type CollectionWish = { title?: string; handle?: string /** Ids of the products that it holds. */; products?: string[] };

export function createCollection(world: World, state: ShopState, wish: CollectionWish): Collection {
  const id = world.nextId();
  const title = wish.title ?? `Collection ${id}`;
  const collection: Collection = { id, title, handle: wish.handle ?? handleOf(title), updatedAt: secondOf(world.clock.now()) };
  state.collections.set(id, collection);
  fill(world, state, collection, wish.products);
  world.changed(state.shop.handle, "collections", id);
  world.events.emit(state.shop.handle, "collections/create", { collection });
  return collection;
}

export function changeCollection(world: World, state: ShopState, collection: Collection, wish: CollectionWish): Collection {
  if (wish.title !== undefined) collection.title = wish.title;
  if (wish.handle !== undefined) collection.handle = wish.handle;
  fill(world, state, collection, wish.products);
  collection.updatedAt = later(world, collection);
  world.changed(state.shop.handle, "collections", collection.id);
  world.events.emit(state.shop.handle, "collections/update", { collection });
  return collection;
}

export function deleteCollection(world: World, state: ShopState, collection: Collection): void {
  fill(world, state, collection, []);
  state.collections.delete(collection.id);
  world.changed(state.shop.handle, "collections", collection.id);
  world.events.emit(state.shop.handle, "collections/delete", { collection });
}

// What a collection holds is changed without a word about its products, as a smart collection sorts anew.
function fill(world: World, state: ShopState, { id }: Collection, products: string[] | undefined): void {
  if (!products) return;
  for (const product of state.products.values()) {
    const without = product.collections.filter((one) => one !== id);
    product.collections = products.includes(product.id) ? [...without, id] : without;
    world.changed(state.shop.handle, "products", product.id);
  }
}

function told(world: World, state: ShopState, topic: string, product: Product, collections: string[]): void {
  const eventId = randomUUID();
  world.events.emit(state.shop.handle, topic, { product }, { eventId });
  for (const id of collections) {
    const collection = state.collections.get(id);
    if (!collection) continue;
    collection.updatedAt = later(world, collection);
    world.changed(state.shop.handle, "collections", id);
    world.events.emit(state.shop.handle, "collections/update", { collection }, { eventId });
  }
}

// In whole seconds, and never twice the same.
function later(world: World, one: { updatedAt?: Instant }): Instant {
  const now = secondOf(world.clock.now());
  const before = updatedAtOf(one);
  return now > before ? now : secondOf(new Date(Date.parse(before) + 1000));
}

const handleOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
