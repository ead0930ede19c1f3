import type { ProductFacts } from "../loyalty/facts.ts";
import type { Minor } from "../loyalty/money.ts";
import type { Tx } from "./database.ts";

export type ProductSeen = {
  productGid: string;
  title: string;
  handle: string;
  type: string;
  vendor: string;
  tags: string[];
  variants: MirroredVariant[];
  image: string | null;
  changedAt: string;
};

export type MirroredVariant = { gid: string; title: string; sku: string | null; priceMinor: Minor; compareAtMinor: Minor | null };

/**
 * What the mirror knows of products, by "<shop id> <product gid>". One that it has never seen whole is not among
 * them; one that was deleted answers what was known of it.
 */
export async function productFactsOf(
  tx: Tx,
  wanted: readonly { shopId: string; productGid: string }[],
): Promise<Map<string, ProductFacts>> {
  if (wanted.length === 0) return new Map();
  type Row = Omit<ProductFacts, "compareAt"> & { shopId: string; productGid: string; variants: MirroredVariant[] };
  const rows = await tx.rows<Row>(
    `select shop_id as "shopId", product_gid as "productGid", type, vendor, tags, collections, variants from product
     where program_id = $1 and (shop_id, product_gid) in (select * from unnest($2::uuid[], $3::text[])) and collections_at is not null`,
    [tx.scope.programId, wanted.map((one) => one.shopId), wanted.map((one) => one.productGid)],
  );
  return new Map(
    rows.map(({ shopId, productGid, type, vendor, tags, collections, variants }) => [
      `${shopId} ${productGid}`,
      { type, vendor, tags, collections, compareAt: Object.fromEntries(variants.map((one) => [one.gid, one.compareAtMinor])) },
    ]),
  );
}

/**
 * Writes products as they were heard of. Older news never overwrite newer, and a deleted product does not come back
 * by them. @param knownAt when it was so @returns the gids that were written
 */
export async function seeProducts(
  tx: Tx,
  { shopId, knownAt, collectionsDue }: { shopId: string; knownAt: Date; collectionsDue: boolean },
  products: readonly ProductSeen[],
): Promise<string[]> {
  if (products.length === 0) return [];
  const written = await tx.rows<{ product_gid: string }>(
    `insert into product (program_id, shop_id, product_gid, title, handle, type, vendor, tags, collections, variants, image, changed_at, known_at, collections_due)
     select $1, $2, "productGid", title, handle, type, vendor, tags, '{}', variants, image, "changedAt", $4, $5
     from json_to_recordset($3) as p("productGid" text, title text, handle text, type text, vendor text, tags text[], variants jsonb, image text, "changedAt" timestamptz)
     order by "productGid"
     on conflict (program_id, shop_id, product_gid) do update set title = excluded.title, handle = excluded.handle, type = excluded.type, vendor = excluded.vendor,
       tags = excluded.tags, variants = excluded.variants, image = excluded.image, changed_at = excluded.changed_at, deleted_at = null,
       known_at = greatest(product.known_at, excluded.known_at), collections_due = product.collections_due or excluded.collections_due
     where product.changed_at < excluded.changed_at or (product.changed_at = excluded.changed_at and product.deleted_at is null)
     returning product_gid`,
    [tx.scope.programId, shopId, JSON.stringify(products), knownAt, collectionsDue],
  );
  return written.map((row) => row.product_gid);
}

/** Writes which collections products are in, as it was when Shopify was asked. What was heard since stays due. */
export async function seeCollectionsOf(
  tx: Tx,
  { shopId, askedAt }: { shopId: string; askedAt: Date },
  products: readonly { productGid: string; collections: string[] }[],
): Promise<void> {
  await tx.rows(
    `update product p set collections = s.collections, collections_at = $3, collections_due = p.collections_due and p.known_at > $3, known_at = greatest(p.known_at, $3)
     from json_to_recordset($4) as s("productGid" text, collections text[])
     where p.program_id = $1 and p.shop_id = $2 and p.product_gid = s."productGid" and (p.collections_at is null or p.collections_at <= $3)`,
    [tx.scope.programId, shopId, askedAt, JSON.stringify(products)],
  );
}

/** The variants that are known of a product, locked until the transaction ends. */
export async function variantsOf(tx: Tx, shopId: string, productGid: string): Promise<MirroredVariant[]> {
  const row = await tx.one<{ variants: MirroredVariant[] }>(
    "select variants from product where program_id = $1 and shop_id = $2 and product_gid = $3 for update",
    [tx.scope.programId, shopId, productGid],
  );
  return row?.variants ?? [];
}

/** The shop deleted a product, and an id is never given again. Orders that hold it are judged by what was known. */
export async function productDeleted(tx: Tx, { shopId, productGid, at }: { shopId: string; productGid: string; at: Date }): Promise<void> {
  await tx.rows(
    `insert into product (program_id, shop_id, product_gid, title, handle, type, vendor, tags, collections, variants, changed_at, known_at, collections_at, deleted_at)
     values ($1, $2, $3, '', '', '', '', '{}', '{}', '[]', $4, $4, $4, $4)
     on conflict (program_id, shop_id, product_gid) do update set deleted_at = coalesce(product.deleted_at, excluded.deleted_at),
       changed_at = greatest(product.changed_at, excluded.changed_at), known_at = greatest(product.known_at, excluded.known_at),
       collections_at = coalesce(product.collections_at, excluded.collections_at), collections_due = false`,
    [tx.scope.programId, shopId, productGid, at],
  );
}

/**
 * Shopify was asked for these and does not know them: known and deleted, so that no order waits for them for ever.
 * Should one exist after all, any news of it are newer.
 */
export async function productsUnknown(
  tx: Tx,
  { shopId, askedAt }: { shopId: string; askedAt: Date },
  gids: readonly string[],
): Promise<void> {
  await tx.rows(
    `insert into product (program_id, shop_id, product_gid, title, handle, type, vendor, tags, collections, variants, changed_at, known_at, collections_at, deleted_at)
     select $1, $2, gid, '', '', '', '', '{}', '{}', '[]', 'epoch', $4, $4, $4 from unnest($3::text[]) gid order by gid
     on conflict (program_id, shop_id, product_gid) do update set deleted_at = coalesce(product.deleted_at, excluded.deleted_at),
       known_at = excluded.known_at, collections_at = coalesce(product.collections_at, excluded.collections_at), collections_due = false
     where product.known_at <= excluded.known_at`,
    [tx.scope.programId, shopId, gids, askedAt],
  );
}

/** Products of a shop whose collections may have changed since they were asked for. */
export async function productsDue(tx: Tx, shopId: string, limit: number): Promise<string[]> {
  const rows = await tx.rows<{ product_gid: string }>(
    "select product_gid from product where program_id = $1 and shop_id = $2 and collections_due order by product_gid limit $3",
    [tx.scope.programId, shopId, limit],
  );
  return rows.map((row) => row.product_gid);
}
