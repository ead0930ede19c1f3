import { seeCollectionsOf, seeProducts } from "../../db/mirror.ts";
import { forgetLines, type Kept, keptAfter, restIsDeleted } from "../../db/mirror-fills.ts";
import { seeCollections } from "../../db/mirrored-collections.ts";
import { shopById } from "../../db/shops.ts";
import { collectionsOf } from "../../shopify/collections.ts";
import type { JsonObject } from "../../shopify/read-json.ts";
import { readProductNode } from "../../shopify/read-product.ts";
import type { Context } from "../context.ts";
import type { Step } from "./fill-mirror.ts";
import { type BulkAnswer, putAside } from "./put-aside.ts";

const productsAtOnce = 200;

/**
 * Reads the bulk answer of a shop's products into the mirror. Its lines come in any order, so they are put aside
 * first and put together then. @returns how many products there are
 */
export async function readBulkProducts(context: Context, step: Step, answer: BulkAnswer): Promise<number> {
  const { db, scope, passing } = context;
  const { shopId } = step;
  const startedAt = step.fill.startedAt ?? step.fill.askedAt;
  await readCollections(context, step, startedAt);
  await db.inProgramme(scope, (tx) => forgetLines(tx, shopId));
  const { run, roots } = await putAside(context, step, answer, (found) => ({ found }));
  passing("the bulk answer is read, not put together");
  const products = await putTogether(context, { shopId, run, startedAt });
  // Somebody else reading the same shop would have thrown our lines away.
  if (products !== roots) throw new Error(`${roots} products were read and ${products} put together.`);
  await db.inProgramme(scope, async (tx) => {
    await restIsDeleted(tx, "product", shopId, startedAt);
    await forgetLines(tx, shopId);
  });
  return products;
}

async function readCollections({ db, scope }: Context, { shopId, admin }: Step, startedAt: Date): Promise<void> {
  for await (const page of collectionsOf(admin)) {
    const seen = page.map((one) => ({ ...one, changedAt: one.changedAt ?? startedAt.toISOString() }));
    await db.inProgramme(scope, (tx) => seeCollections(tx, shopId, startedAt, seen));
  }
  await db.inProgramme(scope, (tx) => restIsDeleted(tx, "collection", shopId, startedAt));
}

async function putTogether(
  { db, scope }: Context,
  { shopId, run, startedAt }: { shopId: string; run: string; startedAt: Date },
): Promise<number> {
  let products = 0;
  let after = "";
  for (;;) {
    const last = await db.inProgramme(scope, async (tx) => {
      const kept = await keptAfter(tx, { shopId, run, after, limit: productsAtOnce });
      const shop = await shopById(tx, shopId);
      if (!shop) throw new Error(`There is no shop ${shopId}.`);
      const whole = kept.flatMap((one) => wholeProduct(one, shop.currency) ?? []);
      const seen = whole.map((one) => ({ ...one, changedAt: one.changedAt ?? startedAt.toISOString() }));
      await seeProducts(tx, { shopId, knownAt: startedAt, collectionsDue: false }, seen);
      await seeCollectionsOf(tx, { shopId, askedAt: startedAt }, whole);
      products += whole.length;
      return kept.at(-1)?.rootGid;
    });
    if (last === undefined) return products;
    after = last;
  }
}

function wholeProduct({ rootGid, lines }: Kept, currency: string) {
  const of = (type: string) => lines.filter((one) => one.gid.startsWith(`gid://shopify/${type}/`));
  const root = lines.find((one) => one.gid === rootGid);
  // Children without their parent are found out by the count.
  if (!root) return undefined;
  const variants = of("ProductVariant").map((one) => one.line as JsonObject);
  return { ...readProductNode(root.line as JsonObject, variants, currency), collections: of("Collection").map((one) => one.gid) };
}
