import type { Tx } from "../../db/database.ts";
import type { Programme } from "../../db/programme.ts";
import { tierDecisionsOf } from "../../db/tiers.ts";
import { entriesFor } from "../../loyalty/tiers/before.ts";
import type { LadderInForce, StandingInput } from "../../loyalty/tiers/standing.ts";
import { historiesOf } from "../settling/histories.ts";
import { pastOf } from "../settling/past-of.ts";

export type MemberPast = StandingInput & { birthday: string | null };

/** What the standing of each of these members follows from: all they did, as tiers count it, and what was decided. */
export async function pastsOf(
  tx: Tx,
  memberIds: readonly string[],
  { timeZone }: Pick<Programme, "timeZone">,
  ladders: readonly LadderInForce[],
): Promise<Map<string, MemberPast>> {
  // Standings ask for histories, whatever the rules do.
  const histories = await historiesOf(tx, memberIds, { ...(await pastOf(tx, [])), asksHistory: true });
  const decisions = await tierDecisionsOf(tx, memberIds);
  return new Map(
    [...histories].map(([memberId, { trails, background }]) => {
      const all = [...trails.values()];
      // Whoever bought before they joined is a member from then on, as rules see it (earning/history.ts).
      const joinedAt = all.reduce((first, one) => Math.min(first, one.placedAt), background.joinedAt);
      const trail = all.flatMap(entriesFor);
      return [memberId, { ladders, trail, decisions: decisions.get(memberId) ?? [], joinedAt, timeZone, birthday: background.birthday }];
    }),
  );
}
