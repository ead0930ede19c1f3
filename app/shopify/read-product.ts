import { type Minor, minorOf } from "../loyalty/money.ts";
import { gidOf, instant, type Json, type JsonObject, list, object, strings, text } from "./read-json.ts";

export type ReadVariant = { gid: string; title: string; sku: string | null; priceMinor: Minor; compareAtMinor: Minor | null };

/** A product as rules and pickers know it. */
export type ReadProduct = {
  productGid: string;
  title: string;
  handle: string;
  type: string;
  vendor: string;
  tags: string[];
  variants: ReadVariant[];
  image: string | null;
  /** Shopify's updated_at, as ISO; null where the body does not say it. */
  changedAt: string | null;
};

export type Unreadable = { unreadable: string };

/**
 * Reads the body of products/create or update. Bodies tell at most a hundred variants and name the others: those
 * are in `untold`, and whoever writes keeps what was known of them.
 */
export function readProduct(body: JsonObject, currency: string): { product: ReadProduct; untold: string[] } | Unreadable {
  const productGid = gidOf("Product", body);
  if (!productGid) return { unreadable: "The body has no product id." };
  if (!Array.isArray(body.variants)) return { unreadable: "The product has no variants." };
  try {
    const variants = list(body.variants).flatMap((one) => readVariant(one, gidOf("ProductVariant", one), currency));
    const told = new Set(variants.map((one) => one.gid));
    return {
      product: {
        productGid,
        title: text(body.title) ?? "",
        handle: text(body.handle) ?? "",
        type: text(body.product_type)?.trim() ?? "",
        vendor: text(body.vendor)?.trim() ?? "",
        tags: tagsOf(body.tags),
        variants,
        image: text(object(body.image).src) ?? text(list(body.images)[0]?.src),
        changedAt: instant(body.updated_at),
      },
      untold: list(body.variant_gids).flatMap((one) => {
        const gid = gidOf("ProductVariant", one);
        return gid && !told.has(gid) ? [gid] : [];
      }),
    };
  } catch (error) {
    if (error instanceof RangeError) return { unreadable: error.message };
    throw error;
  }
}

/** Reads a product as the Admin API tells it, alone or as a line of a bulk answer, with its variants beside it. */
export function readProductNode(node: JsonObject, variants: readonly JsonObject[], currency: string): ReadProduct {
  return {
    productGid: text(node.id) ?? "",
    title: text(node.title) ?? "",
    handle: text(node.handle) ?? "",
    type: text(node.productType)?.trim() ?? "",
    vendor: text(node.vendor)?.trim() ?? "",
    tags: strings(node.tags),
    variants: variants.flatMap((one) => readVariant(one, text(one.id), currency)),
    image: text(object(object(object(node.featuredMedia).preview).image).url),
    changedAt: instant(node.updatedAt),
  };
}

function readVariant(one: JsonObject, gid: string | null, currency: string): ReadVariant[] {
  if (!gid) return [];
  const compareAt = text(one.compare_at_price ?? one.compareAtPrice);
  const compareAtMinor = compareAt === null ? null : minorOf(compareAt, currency);
  return [
    {
      gid,
      title: text(one.title) ?? "",
      sku: text(one.sku),
      priceMinor: minorOf(text(one.price) ?? "0", currency),
      // Zero is how some tools write "none".
      compareAtMinor: compareAtMinor === 0 ? null : compareAtMinor,
    },
  ];
}

// A body writes them in one text with commas.
const tagsOf = (value: Json | undefined): string[] =>
  (typeof value === "string" ? value.split(",") : strings(value)).map((tag) => tag.trim()).filter((tag) => tag !== "");
