import type { Admin } from "./admin.ts";
import { gidOf, instant, type JsonObject, text } from "./read-json.ts";

const all = `#graphql
  query MirrorCollections($after: String) {
    collections(first: 250, after: $after) { nodes { id title handle updatedAt } pageInfo { hasNextPage endCursor } }
  }`;

const inside = `#graphql
  query ProductsOfCollection($id: ID!, $after: String) {
    collection(id: $id) { products(first: 250, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }
  }`;

export type ReadCollection = { collectionGid: string; title: string; handle: string; changedAt: string | null };

type Page<T> = { nodes: T[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
type Node = { id: string; title: string; handle: string; updatedAt: string };

/** Every collection of the shop, also those that hold nothing. */
export async function* collectionsOf(admin: Admin): AsyncGenerator<ReadCollection[]> {
  for (let after: string | null = null; ; ) {
    const { collections }: { collections: Page<Node> } = await admin.call(all, { after });
    yield collections.nodes.map(({ id, title, handle, updatedAt }) => ({
      collectionGid: id,
      title,
      handle,
      changedAt: instant(updatedAt),
    }));
    if (!collections.pageInfo.hasNextPage) return;
    after = collections.pageInfo.endCursor;
  }
}

/** The products that a collection holds now; null when there is no such collection any more. */
export async function productsOfCollection(admin: Admin, collectionGid: string): Promise<string[] | null> {
  const gids: string[] = [];
  for (let after: string | null = null; ; ) {
    const { collection }: { collection: { products: Page<{ id: string }> } | null } = await admin.call(inside, {
      id: collectionGid,
      after,
    });
    if (!collection) return null;
    gids.push(...collection.products.nodes.map((one) => one.id));
    if (!collection.products.pageInfo.hasNextPage) return gids;
    after = collection.products.pageInfo.endCursor;
  }
}

/** Reads the body of collections/create or update. It tells nothing of the products inside. */
export function readCollection(body: JsonObject): ReadCollection | null {
  const collectionGid = gidOf("Collection", body);
  if (!collectionGid) return null;
  return { collectionGid, title: text(body.title) ?? "", handle: text(body.handle) ?? "", changedAt: instant(body.updated_at) };
}
