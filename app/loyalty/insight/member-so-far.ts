import { birthdayFor, customerAsked } from "../earning/customer-asked.ts";
import type { CompiledProgramme } from "../earning/evaluate.ts";
import type { Background } from "../earning/history.ts";
import type { Circumstances } from "../earning/judgement.ts";
import type { Trail, TrailEntry } from "../earning/trail.ts";
import type { LocalMoment } from "../local-time.ts";
import type { TierDecision } from "../tiers/trail.ts";
import type { LimitsUsed, Uses } from "./limits-used.ts";
import { changeOrder, noOrders, type OrdersSoFar, ordersBefore, placeOrder } from "./orders-before.ts";
import type { PastOccasion } from "./past-occasion.ts";
import { comeToTiers, type Ladders, noTierYet, type TierSoFar, tierWhen } from "./tier-so-far.ts";

/** What is known of a member beside what they did. */
export type Acquaintance = {
  background: Background;
  /** How many of a member's orders Laurel knows up to an instant at which Shopify had counted them. */
  told: ReadonlyMap<number, number>;
  decisions: readonly TierDecision[];
};

/**
 * What a member did so far, as sums that are kept up to date: what `standingBefore` and `tierBefore` work out from
 * whole histories. Occasions come in the order of placing.
 */
export type MemberSoFar = {
  known: Acquaintance;
  firstAt: number;
  orders: OrdersSoFar;
  uses: Uses;
  tier: TierSoFar | null;
  /** Refunds and cancellations of what was placed already: the next one last. */
  coming: { entry: TrailEntry; placed: Placed; trail: Trail }[];
};

export type Placed = { at: number; local: () => LocalMoment };

/** What all members of one side share. */
export type Rules = Ladders & { limits: LimitsUsed };

export const newMember = (known: Acquaintance, { ladders }: Rules): MemberSoFar => ({
  known,
  firstAt: Number.POSITIVE_INFINITY,
  orders: noOrders(),
  uses: [],
  tier: ladders.some((one) => one.ladder !== null) ? noTierYet(known.decisions) : null,
  coming: [],
});

export const joinedAtOf = ({ known, firstAt }: MemberSoFar): number => Math.min(known.background.joinedAt, firstAt);

/**
 * How a member stood before something: only what its version asks for, as the ledger's own judging does. What shops know
 * of them is as it was pinned with it; what was not, as it is now.
 */
export function standingNow(
  member: MemberSoFar,
  now: Placed,
  programme: CompiledProgramme,
  rules: Rules,
  { kind, pins }: Pick<PastOccasion, "kind" | "pins">,
): Pick<Circumstances, "member" | "used"> {
  const { needs, definition } = programme;
  pass(member, now.at, rules);
  const { background, told } = member.known;
  const joinedAt = joinedAtOf(member);
  const counted = pins?.counted === undefined ? background.counted : pins.counted;
  const before: NonNullable<Circumstances["member"]> = needs.has("history")
    ? ordersBefore(member.orders, counted, (counted && told.get(counted.at)) ?? 0, now.at)
    : {};
  if (needs.has("customer")) {
    before.joinedAt = joinedAt;
    before.birthday = birthdayFor(customerAsked(definition, kind), pins?.windows, background.birthday, now.local);
  }
  if (needs.has("tier")) before.tierId = member.tier ? tierWhen(member.tier, now.at, joinedAt, rules) : null;
  return { member: before, used: rules.limits.before(member.uses, programme, now) };
}

/** Adds what an occasion left to its member's history. Occasions come in the order of placing. */
export function addTrail(member: MemberSoFar, trail: Trail, placed: Placed, rules: Rules): void {
  member.firstAt = Math.min(member.firstAt, trail.placedAt);
  if (member.tier) comeToTiers(member.tier, trail);
  for (const entry of trail.entries) {
    if (entry.at <= trail.placedAt) {
      if (trail.isOrder) placeOrder(member.orders, trail, entry.orders ?? 0, trail.entries.length === 1);
      rules.limits.add(member.uses, entry, placed);
    } else later(member, { entry, placed, trail });
  }
}

function later(member: MemberSoFar, one: MemberSoFar["coming"][number]): void {
  let place = member.coming.length;
  while (place > 0 && (member.coming[place - 1]?.entry.at ?? 0) <= one.entry.at) place -= 1;
  member.coming.splice(place, 0, one);
}

function pass(member: MemberSoFar, at: number, { limits }: Rules): void {
  for (let next = member.coming.at(-1); next && next.entry.at <= at; next = member.coming.at(-1)) {
    member.coming.pop();
    if (next.trail.isOrder && next.entry.orders) changeOrder(member.orders, next.trail.key, next.entry.orders);
    limits.add(member.uses, next.entry, next.placed);
  }
}
