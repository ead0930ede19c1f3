import type { Tx } from "../../db/database.ts";
import { giftsOfCauses, noteGifts } from "../../db/gifts.ts";
import type { Programme } from "../../db/programme.ts";
import { addStaffTask } from "../../db/staff-tasks.ts";
import { clockOf } from "../../loyalty/local-time.ts";
import { type Granted, grantCause, grantsDue, periodsOf } from "../../loyalty/tiers/grants.ts";
import type { Tier, TierGift } from "../../loyalty/tiers/ladder.ts";
import { entryCause, entryStillDue } from "../../loyalty/tiers/reached.ts";
import { giveGift } from "../gifts/give-gift.ts";
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
  const cause = entryCause(memberId, tier.id, year);
  const places = Array.from({ length: mostGifts }, (_, place) => `${cause} ${place}`);
  const had = await giftsOfCauses(tx, memberId, places);
  const free = places.filter((place) => !had.some((one) => one.cause === place));
  const due = entryStillDue(
    tier.entry,
    had.map((one) => one.gift),
  );
  for (const gift of due) {
    const place = free.shift();
    if (place) await give(tx, holder, gift, { cause: place, why: `Reached ${tier.name}` }, now);
  }
  for (const perk of tier.perks)
    if (perk.task) await addStaffTask(tx, { memberId, title: perk.name, note: perk.note, cause: `${cause} ${perk.id}` }, now);
}

/** What a tier gives again and again: once in each period, to whoever holds the tier in it. */
export async function giveGrants(tx: Tx, holder: Holder, now: Date): Promise<void> {
  const { memberId, tier, past, programme } = holder;
  if (tier.grants.length === 0) return;
  const levels = programme.definition.tiers?.levels ?? [];
  const granted = await grantedTo(tx, holder, levels, now);
  for (const { grant, gift, period, isRest } of grantsDue({ tier, levels, granted }, now.getTime(), past)) {
    const cause = grantCause(memberId, { tierId: tier.id, grantId: grant.id, period: period.key });
    const whatFor = grant.every === "birthday" ? `For your birthday, as a ${tier.name} member` : `For ${tier.name} members, ${period.key}`;
    const why = isRest ? `${whatFor}, less what you had for it` : whatFor;
    await give(tx, holder, gift, { cause, why, ...(grant.endsWithPeriod ? { expiresAt: new Date(period.to) } : {}) }, now);
  }
}

// What each of the tiers gave for the periods that run now.
async function grantedTo(tx: Tx, { memberId, past }: Holder, levels: readonly Tier[], now: Date): Promise<Granted[]> {
  const asked = new Map(periodsOf(levels, now.getTime(), past).map((one) => [grantCause(memberId, one), one]));
  const given = await giftsOfCauses(tx, memberId, [...asked.keys()]);
  return given.flatMap(({ cause, gift }) => {
    const one = asked.get(cause);
    return one ? [{ ...one, gift }] : [];
  });
}

type Giving = { cause: string; why: string; expiresAt?: Date };

// As many as a tier gives on entry.
const mostGifts = 10;

async function give(tx: Tx, { memberId, tier, programme }: Holder, gift: TierGift, giving: Giving, now: Date): Promise<void> {
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
