import type { Admin } from "./admin.ts";
import type { JsonObject } from "./read-json.ts";
import { list, object, strings, text } from "./read-json.ts";
import { type ReadProduct, readProductNode } from "./read-product.ts";

const document = `#graphql
  query MirrorProducts($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Product {
        id title handle productType vendor tags updatedAt
        featuredMedia { preview { image { url } } }
        variants(first: 100) { nodes { id title sku price compareAtPrice } pageInfo { hasNextPage endCursor } }
        collections(first: 100) { nodes { id } pageInfo { hasNextPage endCursor } }
      }
    }
  }`;

const moreVariants = `#graphql
  query MirrorMoreVariants($id: ID!, $after: String) {
    product(id: $id) { variants(first: 250, after: $after) { nodes { id title sku price compareAtPrice } pageInfo { hasNextPage endCursor } } }
  }`;

const moreCollections = `#graphql
  query MirrorMoreCollections($id: ID!, $after: String) {
    product(id: $id) { collections(first: 250, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }
  }`;

/** So many products fit into one call, by what it costs. */
export const productsPerCall = 20;

export type FoundProduct = { product: ReadProduct; collections: string[] };

/** Products as Shopify has them now, by gid; those that it does not know any more are not among them. */
export async function fetchProductNodes(
  admin: Admin,
  productGids: readonly string[],
  currency: string,
): Promise<Map<string, FoundProduct>> {
  const { nodes } = await admin.call<{ nodes: (JsonObject | null)[] }>(document, { ids: productGids });
  const found = new Map<string, FoundProduct>();
  for (const node of nodes) {
    const productGid = text(node?.id);
    if (!node || !productGid) continue;
    const variants = await whole(admin, { document: moreVariants, id: productGid, field: "variants" }, object(node.variants));
    const collections = await whole(admin, { document: moreCollections, id: productGid, field: "collections" }, object(node.collections));
    found.set(productGid, {
      product: readProductNode(node, variants, currency),
      collections: strings(collections.map((one) => text(one.id))),
    });
  }
  return found;
}

type More = { document: string; id: string; field: string };

async function whole(admin: Admin, { document: more, id, field }: More, first: JsonObject): Promise<JsonObject[]> {
  const all = list(first.nodes);
  for (let page = object(first.pageInfo); page.hasNextPage === true; ) {
    const { product } = await admin.call<{ product: JsonObject | null }>(more, { id, after: text(page.endCursor) });
    const next = object(product?.[field]);
    all.push(...list(next.nodes));
    page = object(next.pageInfo);
  }
  return all;
}
