import { z } from "zod";

/** What staff may ask of a member's page. */
export const memberAct = z.discriminatedUnion("what", [
  z.object({ what: z.literal("adjust"), way: z.enum(["add", "take"]), points: z.string(), reason: z.string(), requestId: z.uuid() }),
  z.object({ what: z.enum(["block", "unblock", "leave", "rejoin"]), reason: z.string() }),
  z.object({ what: z.literal("release"), redemptionId: z.uuid(), why: z.string().max(200) }),
]);

/** Points as typed, with the sign of the choice; NaN, which the flow refuses, for anything that is no whole number above zero. */
export function typedPoints({ way, points }: { way: "add" | "take"; points: string }): number {
  const typed = points.trim();
  if (!/^\d{1,9}$/.test(typed)) return Number.NaN;
  return way === "take" ? -Number(typed) : Number(typed);
}

export const stateAfter = { block: "blocked", unblock: "active", leave: "left", rejoin: "active" } as const;
