import { productsUnknown, seeCollectionsOf, seeProducts } from "../../db/mirror.ts";
import { shopById } from "../../db/shops.ts";
import { fetchProductNodes, productsPerCall } from "../../shopify/products.ts";
import type { Context } from "../context.ts";

type Wish = { shopId: string; productGids: readonly string[] };

/**
 * Asks Shopify for products that the mirror lacks, writes what it says, and does then what waited for them. A
 * product that Shopify does not know any more is written as deleted, so that no order waits for it for ever.
 */
export async function fetchProducts(
  context: Context,
  { shopId, productGids }: Wish,
  then: () => Promise<void> = async () => undefined,
): Promise<void> {
  const { db, scope, now } = context;
  const admin = await context.adminOf(shopId);
  const shop = await db.inProgramme(scope, (tx) => shopById(tx, shopId));
  if (!shop) throw new Error(`There is no shop ${shopId}.`);
  const wanted = [...new Set(productGids)].filter((gid) => gid.startsWith("gid://shopify/Product/")).sort();

  for (let from = 0; from < wanted.length; from += productsPerCall) {
    const gids = wanted.slice(from, from + productsPerCall);
    const askedAt = now();
    const found = await fetchProductNodes(admin, gids, shop.currency);
    const products = [...found.values()].map(({ product }) => ({ ...product, changedAt: product.changedAt ?? askedAt.toISOString() }));
    await db.inProgramme(scope, async (tx) => {
      await seeProducts(tx, { shopId, knownAt: askedAt, collectionsDue: false }, products);
      await seeCollectionsOf(
        tx,
        { shopId, askedAt },
        [...found].map(([productGid, { collections }]) => ({ productGid, collections })),
      );
      await productsUnknown(
        tx,
        { shopId, askedAt },
        gids.filter((gid) => !found.has(gid)),
      );
    });
  }
  await then();
}
