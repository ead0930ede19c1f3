import type { Tx } from "../db/database.ts";
import { noteGifts } from "../db/gifts.ts";
import type { Programme } from "../db/programme.ts";
import { addStaffTask } from "../db/staff-tasks.ts";
import { clockOf } from "../loyalty/local-time.ts";
import { isInTime, periodOf } from "../loyalty/tiers/grants.ts";
import type { Tier, TierGift } from "../loyalty/tiers/ladder.ts";
import { giveGift } from "./give-gift.ts";
import type { MemberPast } from "./standings.ts";

/** A member who holds a tier, and since when. */
export type Holder = { memberId: string; state: string; tier: Tier; past: MemberPast; since: number; programme: Programme };

/**
 * What a tier gives whoever reaches it, and what staff have to do then. Once in a calendar year for each tier: who
 * buys, reaches, sends back and buys again is not given it twice.
 */
export async function giveEntryGifts(tx: Tx, holder: Holder, now: Date): Promise<void> {
  const { memberId, tier, since, programme } = holder;
  const { year } = clockOf(programme.timeZone)(since);
  const cause = `tier ${memberId} ${tier.id} ${year}`;
  for (const [place, gift] of tier.entry.entries())
    await giveOnce(tx, holder, gift, { cause: `${cause} ${place}`, why: `Reached ${tier.name}` }, now);
  for (const perk of tier.perks)
    if (perk.task) await addStaffTask(tx, { memberId, title: perk.name, note: perk.note, cause: `${cause} ${perk.id}` }, now);
}

/** What a tier gives again and again: once in each period, to whoever holds the tier in it. */
export async function giveGrants(tx: Tx, holder: Holder, now: Date): Promise<void> {
  const { memberId, tier, past } = holder;
  const at = now.getTime();
  for (const grant of tier.grants) {
    const period = periodOf(grant.every, at, past);
    if (!period || !isInTime(grant.every, period, at)) continue;
    const cause = `grant ${memberId} ${tier.id} ${grant.id} ${period.key}`;
    const why = grant.every === "birthday" ? `For your birthday, as a ${tier.name} member` : `For ${tier.name} members, ${period.key}`;
    const ends = grant.endsWithPeriod ? { expiresAt: new Date(period.to) } : {};
    await giveOnce(tx, holder, grant.gift, { cause, why, ...ends }, now);
  }
}

type Giving = { cause: string; why: string; expiresAt?: Date };

// A cause that has given keeps what it gave, also when the programme says something else since.
async function giveOnce(tx: Tx, { memberId, tier, programme }: Holder, gift: TierGift, giving: Giving, now: Date): Promise<void> {
  if (await wasGiven(tx, memberId, giving.cause)) return;
  const wish = { memberId, ...giving, now, actor: "laurel" };
  if (gift.kind === "points") {
    await giveGift(tx, { ...wish, gift });
    return;
  }
  // Without an end of its own it waits for whoever has no account yet that could carry its code.
  if (!giving.expiresAt) {
    const due = { kind: "reward" as const, rewardId: gift.reward, ruleId: `tier-${tier.id}` };
    return noteGifts(tx, [{ memberId, shopId: null, cause: giving.cause, gifts: [due], now }]);
  }
  const reward = programme.definition.rewards.find((one) => one.id === gift.reward);
  if (reward) await giveGift(tx, { ...wish, gift: { kind: "reward", reward } });
}

const wasGiven = async (tx: Tx, memberId: string, cause: string): Promise<boolean> =>
  (await tx.one(
    `select 1 from transaction where program_id = $1 and kind = 'gift' and source = $2
     union all select 1 from redemption where program_id = $1 and member_id = $3 and request_id = $2
     union all select 1 from gift where program_id = $1 and cause = $2 limit 1`,
    [tx.scope.programId, cause, memberId],
  )) !== undefined;
