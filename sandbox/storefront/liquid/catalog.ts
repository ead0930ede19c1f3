// Products, variants and collections as Liquid has them.

import { createHash } from "node:crypto";
import type { ShopState } from "../../store.ts";
import type { Collection, Product, Variant } from "../../world.ts";
import { toLiquid } from "./money.ts";

export function liquidProduct(state: ShopState, product: Product) {
  const { currency } = state.shop;
  const variants = product.variants.map((variant) => liquidVariant(state, product, variant));
  const prices = variants.map(({ price }) => price);
  const first = variants[0];
  const image = { src: pictureAddress(product), alt: product.title, width: 800, height: 800 };
  return {
    id: Number(product.id),
    handle: product.handle,
    title: product.title,
    description: product.description,
    content: product.description,
    vendor: product.vendor,
    type: product.productType,
    tags: product.tags,
    url: `/products/${product.handle}`,
    available: true,
    gift_card: product.giftCard,
    "gift_card?": product.giftCard,
    featured_image: image,
    images: [image],
    variants,
    selected_or_first_available_variant: first,
    first_available_variant: first,
    has_only_default_variant: product.variants.length === 1,
    price: Math.min(...prices),
    price_min: Math.min(...prices),
    price_max: Math.max(...prices),
    price_varies: new Set(prices).size > 1,
    compare_at_price: first?.compare_at_price ?? null,
    collections: product.collections
      .flatMap((id) => state.collections.get(id) ?? [])
      .map(({ title, handle }) => ({ title, handle, url: `/collections/${handle}` })),
    metafields: {},
    currency,
  };
}

export function liquidVariant({ shop }: ShopState, product: Product, variant: Variant) {
  return {
    id: Number(variant.id),
    title: variant.title,
    name: product.variants.length > 1 ? `${product.title} - ${variant.title}` : product.title,
    sku: variant.sku,
    price: toLiquid(variant.price, shop.currency),
    compare_at_price: variant.compareAtPrice === null ? null : toLiquid(variant.compareAtPrice, shop.currency),
    available: true,
    url: `/products/${product.handle}?variant=${variant.id}`,
    featured_image: { src: pictureAddress(product), alt: product.title },
  };
}

export function liquidCollection(state: ShopState, { id, handle, title }: Collection) {
  const products = [...state.products.values()].filter((product) => product.collections.includes(id));
  return {
    id: Number(id),
    handle,
    title,
    url: `/collections/${handle}`,
    description: "",
    products_count: products.length,
    get products() {
      return products.map((product) => liquidProduct(state, product));
    },
  };
}

/** Pictures are kept as data addresses; a page that named each would carry them all, so they get an address of their own. */
export const pictureAddress = (product: Product): string =>
  product.image.startsWith("data:")
    ? `/cdn/shop/products/${product.id}?v=${createHash("sha256").update(product.image).digest("hex").slice(0, 8)}`
    : product.image;
