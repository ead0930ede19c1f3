// Products, variants, collections and the words they are sorted by.

import { decimal } from "../../money.ts";
import { updatedAtOf } from "../../products.ts";
import { type Collection, gid, idOf, type Product, type Variant } from "../../world.ts";
import type { Area, Args, Ask, Fields } from "../ask.ts";
import { connection } from "../connection.ts";
import { moneyV2 } from "../money-fields.ts";
import { matcher, type Searchable } from "../search.ts";
import { count } from "./customers.ts";
import { metafieldFields } from "./metafields.ts";

export type VariantOf = { variant: Variant; product: Product };

const prices = ({ variants }: Product): number[] => variants.map(({ price }) => price);
const picture = ({ image, title }: Product) => (image ? { url: image, altText: title, width: 800, height: 800, id: null } : null);

const product: Fields<Product> = {
  ...metafieldFields("Product"),
  id: ({ id }) => gid("Product", id),
  legacyResourceId: ({ id }) => id,
  status: () => "ACTIVE",
  isGiftCard: ({ giftCard }) => giftCard,
  description: ({ description }, { truncateAt }) => (truncateAt ? description.slice(0, truncateAt) : description),
  descriptionHtml: ({ description }) => description,
  createdAt: () => "2024-01-01T00:00:00Z",
  updatedAt: updatedAtOf,
  publishedAt: () => "2024-01-01T00:00:00Z",
  onlineStoreUrl: ({ handle }, _, { shop }) => `https://${shop.handle}.myshopify.com/products/${handle}`,
  featuredImage: picture,
  featuredMedia: (one) =>
    picture(one) ? { __typename: "MediaImage", id: gid("MediaImage", one.id), alt: one.title, preview: { image: picture(one) } } : null,
  priceRangeV2: (one, _, { shop }) => ({
    minVariantPrice: moneyV2(Math.min(...prices(one)), shop.currency),
    maxVariantPrice: moneyV2(Math.max(...prices(one)), shop.currency),
  }),
  totalInventory: () => 100,
  totalVariants: ({ variants }) => variants.length,
  variantsCount: ({ variants }) => count(variants.length),
  hasOnlyDefaultVariant: ({ variants }) => variants.length === 1,
  variants: (one, args, ask) =>
    connection(
      ask,
      one.variants.map((variant) => ({ variant, product: one })),
      args,
      { id: ({ variant }) => variant.id },
    ),
  collections: (one, args, ask) =>
    collectionConnection(
      ask,
      one.collections.flatMap((id) => ask.state.collections.get(id) ?? []),
      args,
    ),
  inCollection: (one, { id }) => one.collections.includes(idOf(id)),
};

const variant: Fields<VariantOf> = {
  ...metafieldFields("ProductVariant"),
  id: ({ variant: one }) => gid("ProductVariant", one.id),
  legacyResourceId: ({ variant: one }) => one.id,
  title: ({ variant: one }) => one.title,
  displayName: ({ variant: one, product: of }) => `${of.title} - ${one.title}`,
  sku: ({ variant: one }) => one.sku,
  price: ({ variant: one }, _, { shop }) => decimal(one.price, shop.currency),
  compareAtPrice: ({ variant: one }, _, { shop }) => (one.compareAtPrice === null ? null : decimal(one.compareAtPrice, shop.currency)),
  availableForSale: () => true,
  inventoryQuantity: () => 100,
  position: ({ variant: one, product: of }) => of.variants.indexOf(one) + 1,
  taxable: () => true,
  product: ({ product: of }) => of,
  image: ({ product: of }) => picture(of),
};

const inCollection = ({ state }: Ask, { id }: Collection): Product[] =>
  [...state.products.values()].filter(({ collections }) => collections.includes(id));

const collection: Fields<Collection> = {
  ...metafieldFields("Collection"),
  id: ({ id }) => gid("Collection", id),
  legacyResourceId: ({ id }) => id,
  description: () => "",
  updatedAt: updatedAtOf,
  productsCount: (one, _, ask) => count(inCollection(ask, one).length),
  products: (one, args, ask) => productConnection(ask, inCollection(ask, one), args),
  hasProduct: (one, { id }, { state }) => state.products.get(idOf(id))?.collections.includes(one.id) ?? false,
  image: (one, _, ask) => {
    const [first] = inCollection(ask, one);
    return first ? picture(first) : null;
  },
};

const productSearch: Searchable<Product> = {
  text: ({ title, vendor, productType, tags }) => [title, vendor, productType, ...tags].join(" "),
  fields: {
    id: ({ id }) => id,
    title: ({ title }) => title,
    handle: ({ handle }) => handle,
    vendor: ({ vendor }) => vendor,
    product_type: ({ productType }) => productType,
    tag: ({ tags }) => tags,
    status: () => "active",
    sku: ({ variants }) => variants.map(({ sku }) => sku),
    collection_id: ({ collections }) => collections,
    gift_card: ({ giftCard }) => giftCard,
    updated_at: updatedAtOf,
  },
};

const collectionSearch: Searchable<Collection> = {
  text: ({ title }) => title,
  fields: { id: ({ id }) => id, title: ({ title }) => title, handle: ({ handle }) => handle },
};

const sortValues: Record<string, (one: Product) => string> = {
  TITLE: ({ title }) => title,
  VENDOR: ({ vendor }) => vendor,
  PRODUCT_TYPE: ({ productType }) => productType,
};

export const productConnection = (ask: Ask, products: Product[], args: Args) =>
  connection(ask, products.filter(matcher(args.query, productSearch)), args, {
    id: ({ id }) => id,
    sortValue: sortValues[args.sortKey] ?? (({ id }) => Number(id)),
  });

export const collectionConnection = (ask: Ask, collections: Collection[], args: Args) =>
  connection(ask, collections.filter(matcher(args.query, collectionSearch)), args, {
    id: ({ id }) => id,
    sortValue: args.sortKey === "TITLE" ? ({ title }) => title : ({ id }) => Number(id),
  });

/** A sorted list of words, such as all tags. */
const words = (ask: Ask, of: (one: Product) => string[], args: Args) => {
  const all = [...new Set([...ask.state.products.values()].flatMap(of))].filter(Boolean).sort();
  return connection(ask, all, args, { id: (word) => word, most: 5000 });
};

export function findVariant({ state }: Ask, id: string): VariantOf | null {
  for (const one of state.products.values()) {
    const found = one.variants.find((candidate) => candidate.id === idOf(id));
    if (found) return { variant: found, product: one };
  }
  return null;
}

export const productsArea: Area = {
  QueryRoot: {
    product: (_source: object, { id }, { state }) => state.products.get(idOf(id)) ?? null,
    productVariant: (_source: object, { id }, ask) => findVariant(ask, id),
    products: (_source: object, args, ask) => productConnection(ask, [...ask.state.products.values()], args),
    productsCount: (_source: object, { query, limit }, { state }) =>
      count([...state.products.values()].filter(matcher(query, productSearch)).length, limit),
    collection: (_source: object, { id }, { state }) => state.collections.get(idOf(id)) ?? null,
    collections: (_source: object, args, ask) => collectionConnection(ask, [...ask.state.collections.values()], args),
    productTags: (_source: object, args, ask) => words(ask, ({ tags }) => tags, args),
    productTypes: (_source: object, args, ask) => words(ask, ({ productType }) => [productType], args),
    productVendors: (_source: object, args, ask) => words(ask, ({ vendor }) => [vendor], args),
  },
  Product: product,
  ProductVariant: variant,
  Collection: collection,
};
