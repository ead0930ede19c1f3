import { currentProgramme } from "../../db/programme.ts";
import { addDecision } from "../../db/tiers.ts";
import { newId } from "../../ids.ts";
import { instantOf } from "../../loyalty/local-time.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import { audit } from "../audit.ts";
import type { Context } from "../context.ts";
import { reviewMembers } from "./review-tiers.ts";

/** until is the last day of it (2027-03-31) in the programme's zone; null until somebody releases it. */
type Wish = { memberId: string; kind: "hold" | "release"; tierId: string; until: string | null; reason: string };

/** Staff keep a member at least in a tier, or let go of it again, and say why. Nobody is ever kept down. */
export async function decideTier(context: Context, wish: Wish): Promise<{ tierId: string } | Refusal> {
  const reason = wish.reason.trim();
  if (!reason) return refuse("no reason", "Say why, for whoever asks later.", "reason");
  if (reason.length > 200) return refuse("too long", "Use 200 characters or fewer.", "reason");
  return context.db.inProgramme(context.scope, async (tx) => {
    const now = context.now();
    const programme = await currentProgramme(tx, now);
    if (!programme?.definition.tiers?.levels.some((one) => one.id === wish.tierId))
      return refuse("no such tier", "This tier does not exist any more. Reload the page.", "tierId");
    const last = wish.kind === "hold" && wish.until ? instantOf({ day: wish.until, time: "00:00", timeZone: programme.timeZone }) : null;
    if (last === undefined) return refuse("no such day", "Enter a day, such as 2027-03-31.", "until");
    const until = last && dayAfter(wish.until ?? "", programme.timeZone);
    if (until && until <= now) return refuse("in the past", "This day is over. Choose a later one, or leave it empty.", "until");
    const isMember = await tx.one("select 1 from member where program_id = $1 and member_id = $2 and state <> 'merged'", [
      tx.scope.programId,
      wish.memberId,
    ]);
    if (!isMember) return refuse("no such member", "This member does not exist any more.");
    const { memberId, kind, tierId } = wish;
    await addDecision(tx, { decisionId: newId(), memberId, at: now, kind, tierId, until, by: context.actor, why: reason });
    await audit(tx, context, kind === "hold" ? "held a tier" : "released a tier", memberId, { tierId, until, reason });
    await reviewMembers(tx, [memberId], now);
    return { tierId };
  });
}

function dayAfter(day: string, timeZone: string): Date {
  const next = new Date(Date.parse(`${day}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return instantOf({ day: next, time: "00:00", timeZone }) ?? new Date(Number.NaN);
}
