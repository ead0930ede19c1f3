// Products, collections and segments are put on the shelf, changed and taken off it.

import type { Request, Router } from "express";
import type { CollectionWish, ProductWish } from "../products.ts";
import { changeCollection, changeProduct, createCollection, createProduct, deleteCollection, deleteProduct } from "../products.ts";
import type { Segment, ShopState, World } from "../store.ts";
import { idOf } from "../world.ts";
import { type Body, bodyOf, flag, named, rows, shopOf, text, texts, whole, wrong } from "./read.ts";

export function productCalls(router: Router, world: World): void {
  router.get("/:shop/products", (request, response) => void response.json([...shopOf(world, request).products.values()]));
  router.post("/:shop/products", (request, response) => {
    const state = shopOf(world, request);
    response.status(201).json(createProduct(world, state, productWish(state, bodyOf(request))));
  });
  router.post("/:shop/products/:id", (request, response) => {
    const state = shopOf(world, request);
    response.json(changeProduct(world, state, productOf(state, request), productWish(state, bodyOf(request))));
  });
  router.post("/:shop/products/:id/delete", (request, response) => {
    const state = shopOf(world, request);
    deleteProduct(world, state, productOf(state, request));
    response.json({ deleted: true });
  });

  router.get("/:shop/collections", (request, response) => void response.json([...shopOf(world, request).collections.values()]));
  router.post("/:shop/collections", (request, response) => {
    const state = shopOf(world, request);
    response.status(201).json(createCollection(world, state, collectionWish(bodyOf(request))));
  });
  router.post("/:shop/collections/:id", (request, response) => {
    const state = shopOf(world, request);
    response.json(changeCollection(world, state, collectionOf(state, request.params.id ?? ""), collectionWish(bodyOf(request))));
  });
  router.post("/:shop/collections/:id/delete", (request, response) => {
    const state = shopOf(world, request);
    deleteCollection(world, state, collectionOf(state, request.params.id ?? ""));
    response.json({ deleted: true });
  });

  router.get("/:shop/segments", (request, response) => void response.json([...shopOf(world, request).segments.values()]));
  router.post("/:shop/segments", (request, response) => {
    const state = shopOf(world, request);
    const { name = wrong("A segment has a name."), ...rest } = segmentWish(bodyOf(request));
    const at = world.clock.now().toISOString();
    response
      .status(201)
      .json(
        keep(world, state, { id: world.nextId(), name, query: `customer_tags CONTAINS '${name}'`, createdAt: at, updatedAt: at, ...rest }),
      );
  });
  router.post("/:shop/segments/:id", (request, response) => {
    const state = shopOf(world, request);
    const segment = named("segment", state.segments, request.params.id ?? "");
    response.json(keep(world, state, { ...segment, ...segmentWish(bodyOf(request)), updatedAt: world.clock.now().toISOString() }));
  });
}

const productOf = (state: ShopState, request: Request) => named("product", state.products, request.params.id ?? "");

/** By its id or its handle. */
const collectionOf = (state: ShopState, asked: string) =>
  [...state.collections.values()].find(({ handle }) => handle === asked) ?? named("collection", state.collections, asked);

function productWish(state: ShopState, body: Body): ProductWish {
  const wish: ProductWish = {
    title: text(body, "title"),
    productType: text(body, "type"),
    vendor: text(body, "vendor"),
    tags: texts(body, "tags"),
    collections: texts(body, "collections")?.map((one) => collectionOf(state, one).id),
    giftCard: flag(body, "giftCard"),
    price: whole(body, "price"),
    variants: rows(body, "variants")?.map((one) => ({
      title: text(one, "title"),
      sku: text(one, "sku"),
      price: whole(one, "price") ?? wrong("A variant has a price."),
      compareAtPrice: whole(one, "compareAt") ?? null,
    })),
  };
  return "compareAt" in body ? { ...wish, compareAtPrice: whole(body, "compareAt") ?? null } : wish;
}

const collectionWish = (body: Body): CollectionWish => ({
  title: text(body, "title"),
  handle: text(body, "handle"),
  products: texts(body, "products")?.map(idOf),
});

/** Who is named belongs to it, whatever its query says. */
function segmentWish(body: Body): Partial<Pick<Segment, "name" | "query" | "members">> {
  const [name, query, members] = [text(body, "name"), text(body, "query"), texts(body, "members")?.map(idOf)];
  return { ...(name && { name }), ...(query && { query }), ...(members && { members }) };
}

function keep(world: World, state: ShopState, segment: Segment): Segment {
  state.segments.set(segment.id, segment);
  world.changed(state.shop.handle, "segments", segment.id);
  return segment;
}
