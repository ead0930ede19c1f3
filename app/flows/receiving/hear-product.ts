import { productDeleted, seeProducts, variantsOf } from "../../db/mirror.ts";
import { shopById } from "../../db/shops.ts";
import { gidOf } from "../../shopify/read-json.ts";
import { readProduct } from "../../shopify/read-product.ts";
import { askForProducts } from "../mirror/refresh-products.ts";
import type { HearTopic } from "./heard.ts";

/** A product was made or changed. Its collections are asked for, and variants that the body only names are kept. */
export const hearProduct: HearTopic = async ({ tx, shopId, row, body, now }) => {
  const shop = await shopById(tx, shopId);
  if (!shop) return { state: "failed", reason: "There is no such shop." };
  const read = readProduct(body, shop.currency);
  if ("unreadable" in read) return { state: "failed", reason: read.unreadable };
  const { product, untold } = read;
  const kept = untold.length > 0 ? (await variantsOf(tx, shopId, product.productGid)).filter((one) => untold.includes(one.gid)) : [];
  const seen = { ...product, variants: [...product.variants, ...kept], changedAt: product.changedAt ?? row.triggeredAt.toISOString() };
  const written = await seeProducts(tx, { shopId, knownAt: now(), collectionsDue: true }, [seen]);
  if (written.length === 0) return { state: "ignored", reason: "Newer news of this product have come before." };
  await askForProducts(tx, shopId);
  return { state: "done" };
};

export const hearProductDeleted: HearTopic = async ({ tx, shopId, row, body }) => {
  const productGid = gidOf("Product", body);
  if (!productGid) return { state: "failed", reason: "The body has no product id." };
  await productDeleted(tx, { shopId, productGid, at: row.triggeredAt });
  return { state: "done" };
};
