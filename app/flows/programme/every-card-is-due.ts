import { everyCardDue } from "../../db/cards.ts";
import type { Tx } from "../../db/database.ts";
import { standingsAreDue } from "../settling/ladders.ts";

/** What all members may see has changed. Each card is compared before it is sent, so that only changed ones are. */
export async function everyCardIsDue(tx: Tx, now: Date): Promise<void> {
  await everyCardDue(tx, now);
  await standingsAreDue(tx, now);
  await tx.addJob("publish-cards", {}, { key: `publish-cards ${tx.scope.programId}` });
  await tx.addJob("publish-programme-card", {}, { key: `publish-programme-card ${tx.scope.programId}` });
}
