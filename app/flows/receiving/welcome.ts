import type { Tx } from "../../db/database.ts";
import { askToSettle, hasDueGifts } from "../../db/gifts.ts";
import { happeningBySource } from "../../db/happenings.ts";
import { compiledVersion, publishedVersions } from "../../db/programme.ts";
import { versionAt } from "../../loyalty/program/phase.ts";
import { certificateRules } from "../../loyalty/redeeming/certificate-rules.ts";
import type { Context } from "../context.ts";
import { tellHappening } from "./hear-happening.ts";

type Came = {
  memberId: string;
  shopId: string;
  /** Whether the account was known before. */
  hadAccount: boolean;
  now: Date;
};

/**
 * Somebody has an account of theirs: what waited for one is given, and where a rule rewards joining they have
 * joined. Who had an account before there was such a rule has not joined now.
 */
export async function welcome(tx: Tx, { memberId, shopId, hadAccount, now }: Came): Promise<void> {
  const versions = await publishedVersions(tx);
  const inForce = versionAt(versions, now);
  if (!inForce) return;
  const programme = await compiledVersion(tx, inForce.version);
  if (!hadAccount) {
    if (await hasDueGifts(tx, memberId)) await askToSettle(tx, memberId);
    if (certificateRules(programme, now).length > 0)
      await tx.addJob("issue-certificates", { memberId }, { key: `issue-certificates ${memberId}` });
  }
  if (!programme.rules.some(({ rule }) => rule.on.kind === "joined")) return;
  if (hadAccount && !(await joinedSince(tx, memberId, inForce.effectiveFrom))) return;
  if (await happeningBySource(tx, `joined ${memberId}`)) return;
  await tx.addJob("tell-joined", { memberId, shopId, at: now.toISOString() }, { key: `tell-joined ${memberId}` });
}

/** The job: once for a member, for ever. */
export async function tellJoined(context: Context, { memberId, at }: { memberId: string; at: Date }): Promise<void> {
  await tellHappening(context, { member: { memberId }, trigger: "joined", at, source: memberId });
}

async function joinedSince(tx: Tx, memberId: string, since: Date): Promise<boolean> {
  const row = await tx.one("select 1 from member where program_id = $1 and member_id = $2 and joined_at >= $3", [
    tx.scope.programId,
    memberId,
    since,
  ]);
  return row !== undefined;
}
