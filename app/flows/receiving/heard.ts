import type { Tx } from "../../db/database.ts";
import type { Done, InboxRow } from "../../db/inbox.ts";
import type { JsonObject } from "../../shopify/read-json.ts";
import type { Context } from "../context.ts";

/** What became of a delivery. */
export type Heard = Omit<Done, "id">;
export type Event = { tx: Tx; shopId: string; row: InboxRow; body: JsonObject } & Pick<Context, "now" | "fingerprint" | "passing">;
export type HearTopic = (event: Event) => Promise<Heard>;
