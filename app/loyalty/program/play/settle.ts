import { grantsDue } from "../../tiers/grants.ts";
import type { Tier, TierGift } from "../../tiers/ladder.ts";
import { give, lengthen, spend } from "./pots.ts";
import { lastDayOf, sayUntil, standingOf, type Table } from "./table.ts";

const dayMs = 86_400_000;

/** What follows by itself from how things stand: a tier is reached or lost, tiers give, certificates are made. */
export function settle(table: Table): void {
  settleTier(table);
  giveAgain(table);
  makeCertificates(table);
}

function settleTier(table: Table): void {
  const standing = standingOf(table, table.now);
  if (!standing || standing.tierId === table.tierId) return;
  const levels = table.programme.definition.tiers?.levels ?? [];
  const rank = (id: string | null) => levels.findIndex((one) => one.id === id);
  const [before, after] = [rank(table.tierId), rank(standing.tierId)];
  table.tierId = standing.tierId;
  const tier = levels[after];
  if (before === -1 && after === 0) {
    // Where everybody begins needs no announcement.
  } else if (!tier) table.page?.why.push("Holds no tier any more.");
  else {
    const until = standing.until === null ? "" : `, until ${sayUntil(table, standing.until)}`;
    table.page?.why.push(`${after > before ? "Reaches" : "Is now"} ${tier.name}${until}.`);
  }
  if (!tier || after < before) return;
  lengthen(table);
  // Once in a calendar year, however often the tier is reached in it.
  const cause = `tier ${tier.id} ${table.clock(standing.since).year}`;
  for (const [at, gift] of tier.entry.entries()) once(table, `${cause} ${at}`, () => giveGift(table, gift, `For reaching ${tier.name}`));
  for (const perk of tier.perks.filter((one) => one.task))
    once(table, `${cause} ${perk.id}`, () => table.page?.why.push(`Staff get a task: ${perk.name}.`));
}

function giveAgain(table: Table): void {
  const { now, shop, member, granted, programme, tierId } = table;
  const levels: readonly Tier[] = programme.definition.tiers?.levels ?? [];
  const tier = levels.find((one) => one.id === tierId);
  if (!tier) return;
  const due = grantsDue({ tier, levels, granted }, now, { timeZone: shop.timeZone, birthday: member.birthday });
  for (const { grant, gift, period } of due) {
    granted.push({ tierId: tier.id, grantId: grant.id, period: period.key, gift });
    giveGift(table, gift, `${tier.name} members, every ${grant.every}`, grant.endsWithPeriod ? period.to : null);
  }
}

// Whatever the member has enough of becomes a reward, as often as it is enough.
function makeCertificates(table: Table): void {
  const { rules, definition } = table.programme;
  const { text } = table.clock(table.now);
  for (const { certificate, rule } of rules) {
    const isRunning = (rule.runs.from === null || text >= rule.runs.from) && (rule.runs.until === null || text < rule.runs.until);
    if (!certificate || !isRunning || !definition.rewards.some((one) => one.id === certificate.rewardId && one.active)) continue;
    const { unit, points, rewardId } = certificate;
    let times = 0;
    while (spend(table, unit, points)) times += 1;
    if (times > 0) giveReward(table, rewardId, `${table.say.amount(points * times, unit)} become`, { times });
  }
}

type Terms = { times?: number; ends?: number | null };

/** Rewards that cost nothing. Their codes are good for the reward's days, or for as long as whoever gives them says. */
export function giveReward(table: Table, rewardId: string, why: string, { times = 1, ends = null }: Terms = {}): void {
  const { rewards, policies } = table.programme.definition;
  const reward = rewards.find((one) => one.id === rewardId);
  if (!reward) throw new Error(`The programme has no reward ${rewardId}.`);
  const until = ends ?? table.now + (reward.codeDays ?? policies.codeDays) * dayMs;
  const lastDay = lastDayOf(table, until);
  for (let time = 1; time <= times; time += 1) table.page?.gifts.push({ rewardId, name: reward.name, lastDay });
  table.page?.why.push(`${why} ${times > 1 ? `${times} × ` : ""}“${reward.name}”, good until ${sayUntil(table, until)}.`);
}

function giveGift(table: Table, gift: TierGift, why: string, ends: number | null = null): void {
  if (gift.kind === "reward") {
    giveReward(table, gift.reward, `${why}:`, { ends });
    return;
  }
  give(table, gift.unit, gift.points, { ends });
  table.page?.why.push(`${why}: ${table.say.amount(gift.points, gift.unit)}.`);
}

function once({ given }: Table, cause: string, act: () => void): void {
  if (given.has(cause)) return;
  given.add(cause);
  act();
}
