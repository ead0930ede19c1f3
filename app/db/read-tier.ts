import type { Tx } from "./database.ts";
import { type KnownStanding, standingsOf, stepsOf, type TierStepTaken } from "./tiers.ts";

export type MemberTier = {
  standing: KnownStanding;
  steps: TierStepTaken[];
  /** What staff hold the member in now. */
  holds: { tierId: string; until: Date | null; by: string; why: string; at: Date }[];
};

/** Where a member stands, how they came there, and what staff decided. undefined where it was never worked out. */
export async function readMemberTier(tx: Tx, memberId: string, now: Date): Promise<MemberTier | undefined> {
  const standing = (await standingsOf(tx, [memberId])).get(memberId);
  if (!standing?.computedAt) return undefined;
  const holds = await tx.rows<MemberTier["holds"][number]>(
    `select * from (
       select distinct on (d.tier_id) d.tier_id as "tierId", d.kind, d.until, d.by, d.why, d.at
       from tier_decision d join member m using (program_id, member_id)
       where d.program_id = $1 and coalesce(m.merged_into, m.member_id) = $2 and d.kind in ('hold', 'release')
       order by d.tier_id, d.at desc, d.decision_id desc
     ) newest where kind = 'hold' and (until is null or until > $3)`,
    [tx.scope.programId, memberId, now],
  );
  return { standing, steps: await stepsOf(tx, memberId, 10), holds };
}
