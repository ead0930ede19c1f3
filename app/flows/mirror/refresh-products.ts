import type { Tx } from "../../db/database.ts";
import { productsDue } from "../../db/mirror.ts";
import { seeProductsOf } from "../../db/mirrored-collections.ts";
import { productsOfCollection } from "../../shopify/collections.ts";
import type { Context } from "../context.ts";
import { fetchProducts } from "./fetch-products.ts";
import { askForFill } from "./fill-mirror.ts";

// A body of a product does not say which collections it is in, and Shopify sorts it into them a moment later.
const momentMs = 2000;
// Beyond so many one bulk query is less work, for Shopify and for us.
const manyProducts = 250;

/** Asks for what a changed product does not tell: many changes within a moment are one question. */
export const askForProducts = (tx: Tx, shopId: string): Promise<void> =>
  tx.addJob(
    "refresh-products",
    { shopId },
    { key: `refresh-products ${shopId}`, runAt: new Date(Date.now() + momentMs), mode: "preserve_run_at" },
  );

export const askForCollection = (tx: Tx, shopId: string, collectionGid: string): Promise<void> =>
  tx.addJob(
    "refresh-collection",
    { shopId, collectionGid },
    { key: `refresh-collection ${shopId} ${collectionGid}`, runAt: new Date(Date.now() + momentMs), mode: "preserve_run_at" },
  );

export async function refreshProducts(context: Context, shopId: string): Promise<void> {
  const { db, scope, now } = context;
  const due = await db.inProgramme(scope, async (tx) => {
    const gids = await productsDue(tx, shopId, manyProducts + 1);
    if (gids.length > manyProducts) await askForFill(tx, { shopId, at: now(), what: ["products"] });
    return gids;
  });
  if (due.length > 0 && due.length <= manyProducts) await fetchProducts(context, { shopId, productGids: due });
}

/** A collection changed: what it holds is asked for. One that is gone is told of by its own topic. */
export async function refreshCollection(
  context: Context,
  { shopId, collectionGid }: { shopId: string; collectionGid: string },
): Promise<void> {
  const askedAt = context.now();
  const holds = await productsOfCollection(await context.adminOf(shopId), collectionGid);
  if (holds) await context.db.inProgramme(context.scope, (tx) => seeProductsOf(tx, { shopId, collectionGid, askedAt }, holds));
}
