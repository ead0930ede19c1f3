import type { Tx } from "./database.ts";

export type CollectionSeen = { collectionGid: string; title: string; handle: string; changedAt: string };

/** Writes collections as they were heard of; older news never overwrite newer. @returns how many were written */
export async function seeCollections(tx: Tx, shopId: string, knownAt: Date, collections: readonly CollectionSeen[]): Promise<number> {
  const written = await tx.rows(
    `insert into collection (program_id, shop_id, collection_gid, title, handle, changed_at, known_at)
     select $1, $2, "collectionGid", title, handle, "changedAt", $4
     from json_to_recordset($3) as c("collectionGid" text, title text, handle text, "changedAt" timestamptz) order by "collectionGid"
     on conflict (program_id, shop_id, collection_gid) do update set title = excluded.title, handle = excluded.handle, changed_at = excluded.changed_at,
       deleted_at = null, known_at = greatest(collection.known_at, excluded.known_at)
     where collection.changed_at < excluded.changed_at or (collection.changed_at = excluded.changed_at and collection.deleted_at is null)
     returning 1`,
    [tx.scope.programId, shopId, JSON.stringify(collections), knownAt],
  );
  // Old news too say that it is there.
  await tx.rows(
    "update collection set known_at = greatest(known_at, $4) where program_id = $1 and shop_id = $2 and collection_gid = any ($3)",
    [tx.scope.programId, shopId, collections.map((one) => one.collectionGid), knownAt],
  );
  return written.length;
}

type Membership = { shopId: string; collectionGid: string; askedAt: Date };

/**
 * Writes which products a collection holds, as it was when Shopify was asked: it is added where it was missing and
 * taken away where it is no more. Products that were asked for later know better.
 */
export async function seeProductsOf(tx: Tx, { shopId, collectionGid, askedAt }: Membership, productGids: readonly string[]): Promise<void> {
  const values = [tx.scope.programId, shopId, collectionGid, productGids, askedAt];
  await tx.rows(
    `update product set collections = array_append(collections, $3)
     where program_id = $1 and shop_id = $2 and product_gid = any ($4) and not ($3 = any (collections)) and (collections_at is null or collections_at <= $5)`,
    values,
  );
  await tx.rows(
    `update product set collections = array_remove(collections, $3)
     where program_id = $1 and shop_id = $2 and $3 = any (collections) and not (product_gid = any ($4)) and (collections_at is null or collections_at <= $5)`,
    values,
  );
}

/** A collection is gone, and no product is in it. */
export async function collectionDeleted(
  tx: Tx,
  { shopId, collectionGid, at }: { shopId: string; collectionGid: string; at: Date },
): Promise<void> {
  await tx.rows(
    `insert into collection (program_id, shop_id, collection_gid, title, handle, changed_at, known_at, deleted_at) values ($1, $2, $3, '', '', $4, $4, $4)
     on conflict (program_id, shop_id, collection_gid) do update set deleted_at = coalesce(collection.deleted_at, excluded.deleted_at),
       changed_at = greatest(collection.changed_at, excluded.changed_at), known_at = greatest(collection.known_at, excluded.known_at)`,
    [tx.scope.programId, shopId, collectionGid, at],
  );
  await tx.rows(
    "update product set collections = array_remove(collections, $3) where program_id = $1 and shop_id = $2 and $3 = any (collections)",
    [tx.scope.programId, shopId, collectionGid],
  );
}
