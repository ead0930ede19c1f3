import { markCards } from "../../db/members.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import { audit } from "../audit.ts";
import type { Context } from "../context.ts";

/** Blocks a member, lets them in again, or notes that they left. Orders seen before keep what they earned. */
export async function decideMemberState(
  context: Context,
  wish: { memberId: string; state: "active" | "blocked" | "left"; reason: string },
): Promise<{ state: string } | Refusal> {
  const reason = wish.reason.trim();
  if (wish.state === "blocked" && !reason) return refuse("no reason", "Say why, for whoever asks later.", "reason");
  if (reason.length > 200) return refuse("too long", "Use 200 characters or fewer.", "reason");
  return context.db.inProgramme(context.scope, async (tx) => {
    const changed = await tx.rows(
      "update member set state = $3, state_note = $4, changed_at = $5 where program_id = $1 and member_id = $2 and state <> 'merged' returning 1",
      [tx.scope.programId, wish.memberId, wish.state, reason || null, context.now()],
    );
    if (changed.length === 0) return refuse("no such member", "This member does not exist any more.");
    await audit(tx, context, `member ${wish.state}`, wish.memberId, { reason });
    await markCards(tx, [wish.memberId], context.now());
    return { state: wish.state };
  });
}
