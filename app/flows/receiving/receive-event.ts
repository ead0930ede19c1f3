import type { Database } from "../../db/database.ts";
import { newId } from "../../ids.ts";

export type Delivery = {
  shop: string;
  topic: string;
  webhookId: string;
  eventId: string | null;
  apiVersion: string;
  triggeredAt: Date;
  body: string;
};

/**
 * Keeps deliveries in the inbox, once per shop and webhook id, in one commit. When this returns they are durable
 * and may be acknowledged. A repeated id keeps what came first.
 * @returns for each delivery whether it was new
 */
export async function receiveEvents(db: Database, deliveries: readonly Delivery[], receivedAt: Date): Promise<boolean[]> {
  const rows = deliveries.map((delivery) => ({ ...delivery, id: newId(), body: storable(delivery.body) }));
  const of = <T>(pick: (row: (typeof rows)[number]) => T): T[] => rows.map(pick);
  const stored = await db.global<{ receive: string }>("select laurel.receive($1, $2, $3, $4, $5, $6, $7, $8, $9)", [
    of((row) => row.id),
    of((row) => row.shop),
    of((row) => row.topic),
    of((row) => row.webhookId),
    of((row) => row.eventId),
    of((row) => row.apiVersion),
    of((row) => row.triggeredAt),
    receivedAt,
    of((row) => row.body),
  ]);
  const fresh = new Set(stored.map((row) => row.receive));
  return rows.map((row) => fresh.has(row.id));
}

// PostgreSQL keeps no NUL in text. JSON never has a raw one; garbage may, and is kept readable.
const storable = (body: string): string => (body.includes("\0") ? body.replaceAll("\0", "\\u0000") : body);
