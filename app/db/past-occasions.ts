import type { Trigger } from "../loyalty/earning/occasion.ts";
import type { TrailEntry } from "../loyalty/earning/trail.ts";
import type { OrderFacts } from "../loyalty/facts.ts";
import type { Phase } from "../loyalty/program/phase.ts";
import type { Tx } from "./database.ts";
import type { Properties } from "./happenings.ts";
import type { Pins } from "./trails.ts";

/** What happened once, as it stands in the database: an order, an event, or an order that was imported to try drafts on. */
export type PastRow = { key: string; placedAt: Date; memberId: string; tags: string[] } & (
  | {
      kind: "order";
      shopId: string;
      facts: OrderFacts;
      version: number;
      phase: Phase;
      memberState: State;
      deletedAt: Date | null;
      pins: Pins | null;
      waitingFor: string | null;
      trail: TrailEntry[] | null;
    }
  | {
      kind: "event";
      trigger: Exclude<Trigger, "order">;
      name: string | null;
      properties: Properties;
      version: number;
      phase: Phase;
      memberState: State;
      pins: Pins | null;
      trail: TrailEntry[] | null;
    }
  | { kind: "imported"; shopId: string; facts: OrderFacts }
);
type State = "active" | "blocked" | "left";

/** What each member redeemed so far, less what came back. */
export async function redeemedByMember(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx.rows<{ member_id: string; n: number }>(
    `select coalesce(from_member, to_member) as member_id, sum(case when to_account = 'redeemed' then amount else -amount end)::bigint as n from posting
     where program_id = $1 and unit = 'points' and 'redeemed' in (from_account, to_account) group by 1`,
    [tx.scope.programId],
  );
  return new Map(rows.map((row) => [row.member_id, row.n]));
}
