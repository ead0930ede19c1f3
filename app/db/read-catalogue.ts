import type { Tx } from "./database.ts";
import type { MirroredVariant } from "./mirror.ts";

// What the pickers of the admin offer, from the mirror: of every shop of the programme, for its rules are theirs too.

export type Search = { text: string; limit: number };
export type FoundProduct = {
  shopId: string;
  productGid: string;
  title: string;
  type: string;
  image: string | null;
  variants: MirroredVariant[];
};
export type FoundCollection = { shopId: string; collectionGid: string; title: string; products: number };

export const searchProducts = (tx: Tx, { text, limit }: Search): Promise<FoundProduct[]> =>
  tx.rows<FoundProduct>(
    `select shop_id as "shopId", product_gid as "productGid", title, type, image, variants from product
     where program_id = $1 and deleted_at is null and (title ilike $2 or type ilike $2 or vendor ilike $2) order by lower(title), product_gid limit $3`,
    [tx.scope.programId, containing(text), limit],
  );

/** Products by id, such as those that a rule names, deleted ones too. */
export const productsNamed = (tx: Tx, gids: readonly string[]): Promise<(FoundProduct & { deleted: boolean })[]> =>
  tx.rows<FoundProduct & { deleted: boolean }>(
    `select shop_id as "shopId", product_gid as "productGid", title, type, image, variants, deleted_at is not null as deleted from product
     where program_id = $1 and product_gid = any ($2) order by lower(title), product_gid`,
    [tx.scope.programId, gids],
  );

const collectionColumns = `shop_id as "shopId", collection_gid as "collectionGid", title,
  (select count(*)::int from product p where p.program_id = c.program_id and p.shop_id = c.shop_id and p.deleted_at is null and c.collection_gid = any (p.collections)) as products`;

export const searchCollections = (tx: Tx, { text, limit }: Search): Promise<FoundCollection[]> =>
  tx.rows<FoundCollection>(
    `select ${collectionColumns} from collection c where program_id = $1 and deleted_at is null and title ilike $2 order by lower(title), collection_gid limit $3`,
    [tx.scope.programId, containing(text), limit],
  );

export const collectionsNamed = (tx: Tx, gids: readonly string[]): Promise<FoundCollection[]> =>
  tx.rows<FoundCollection>(
    `select ${collectionColumns} from collection c where program_id = $1 and collection_gid = any ($2) order by lower(title), collection_gid`,
    [tx.scope.programId, gids],
  );

export const productTypes = (tx: Tx, search: Search): Promise<string[]> => words(tx, "type", search);
export const vendors = (tx: Tx, search: Search): Promise<string[]> => words(tx, "vendor", search);
export const productTags = (tx: Tx, search: Search): Promise<string[]> => words(tx, "unnest(tags)", search);
export const skus = (tx: Tx, search: Search): Promise<string[]> => words(tx, "jsonb_array_elements(variants)->>'sku'", search);

type Expression = "type" | "vendor" | "unnest(tags)" | "jsonb_array_elements(variants)->>'sku'";

// Words that differ in case only are one for Shopify, and one here.
async function words(tx: Tx, expression: Expression, { text, limit }: Search): Promise<string[]> {
  const rows = await tx.rows<{ word: string }>(
    `select min(word) as word from (select ${expression} as word from product where program_id = $1 and deleted_at is null) w
     where word <> '' and word ilike $2 group by lower(word) order by lower(word) limit $3`,
    [tx.scope.programId, containing(text), limit],
  );
  return rows.map((row) => row.word);
}

const containing = (text: string): string => `%${text.trim().replace(/[\\%_]/g, "\\$&")}%`;
