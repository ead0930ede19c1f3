import { z } from "zod";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import { en as t } from "../texts/en.ts";

/** What staff may ask of a member's page. */
export const memberAct = z.discriminatedUnion("what", [
  z.object({ what: z.literal("adjust"), way: z.enum(["add", "take"]), points: z.string(), reason: z.string(), requestId: z.uuid() }),
  z.object({ what: z.enum(["block", "unblock", "leave", "rejoin"]), reason: z.string() }),
  z.object({ what: z.literal("release"), redemptionId: z.uuid(), why: z.string().max(200) }),
]);

/** Points as typed, with the sign of the choice, once both fields are filled in. */
export function typedPoints({ way, points, reason }: { way: "add" | "take"; points: string; reason: string }): number | Refusal {
  const typed = points.trim();
  if (!/^[1-9]\d{0,8}$/.test(typed)) return refuse("no points", t.member.adjust.whole, "points");
  if (reason.trim() === "") return refuse("no reason", t.member.adjust.why, "reason");
  return way === "take" ? -Number(typed) : Number(typed);
}

export const stateAfter = { block: "blocked", unblock: "active", leave: "left", rejoin: "active" } as const;
