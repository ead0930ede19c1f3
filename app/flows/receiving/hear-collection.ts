import { collectionDeleted, seeCollections } from "../../db/mirrored-collections.ts";
import { readCollection } from "../../shopify/collections.ts";
import { gidOf } from "../../shopify/read-json.ts";
import { askForCollection } from "../mirror/refresh-products.ts";
import type { HearTopic } from "./heard.ts";

/** A collection was made or changed. Which products it holds is asked for. */
export const hearCollection: HearTopic = async ({ tx, shopId, row, body, now }) => {
  const collection = readCollection(body);
  if (!collection) return { state: "failed", reason: "The body has no collection id." };
  const seen = { ...collection, changedAt: collection.changedAt ?? row.triggeredAt.toISOString() };
  const written = await seeCollections(tx, shopId, now(), [seen]);
  if (written === 0) return { state: "ignored", reason: "Newer news of this collection have come before." };
  await askForCollection(tx, shopId, collection.collectionGid);
  return { state: "done" };
};

export const hearCollectionDeleted: HearTopic = async ({ tx, shopId, row, body }) => {
  const collectionGid = gidOf("Collection", body);
  if (!collectionGid) return { state: "failed", reason: "The body has no collection id." };
  await collectionDeleted(tx, { shopId, collectionGid, at: row.triggeredAt });
  return { state: "done" };
};
