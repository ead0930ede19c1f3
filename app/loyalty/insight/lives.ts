import type { CompiledProgramme } from "../earning/evaluate.ts";
import type { TrailEntry } from "../earning/trail.ts";
import { expiresAt } from "../ledger/expires-at.ts";
import { termsOf } from "../ledger/terms-of.ts";
import type { LocalMoment } from "../local-time.ts";
import type { Points } from "../points.ts";
import type { Reward } from "../program/definition.ts";
import { type Phase, type PhaseChange, phaseAt } from "../program/phase.ts";
import { type CertificateRule, certificateCause, certificateRules } from "../redeeming/certificate-rules.ts";
import { codeEnds } from "../redeeming/code-ends.ts";
import { whyNotRedeem } from "../redeeming/may-redeem.ts";
import { entriesFor } from "../tiers/before.ts";
import type { LadderInForce } from "../tiers/trail.ts";
import type { Acquaintance } from "./member-so-far.ts";
import type { PastOccasion } from "./past-occasion.ts";
import * as purses from "./purse.ts";
import type { Given } from "./side.ts";
import { type TierGiven, tierReviews } from "./tier-reviews.ts";

/** What the ledger says of a member beside what they earned. It is the same on both sides. */
export type LedgerOf = {
  state: "active" | "blocked" | "left";
  hasAccount: boolean;
  /** Rewards that they chose, and certificates, each with what became of it. */
  taken: { cause: string; isCertificate: boolean; at: number; unit: string; points: Points; fates: purses.Fate[] }[];
  /** What staff gave and took, and opening balances. */
  adjusted: { at: number; unit: string; points: Points }[];
};

/** What an occasion added to its member's points, when that was known. */
type Came = {
  at: number;
  key: string;
  isOrder: boolean;
  /** A purchase, whatever became of it: it keeps alive what ends by inactivity. */
  isActivity: boolean;
  placedAt: number;
  paidAt: number | null;
  tags: readonly string[];
  entry: TrailEntry | null;
  programme: CompiledProgramme;
  tierId: string | null;
};

export type MadeCertificate = {
  at: number;
  cause: string;
  rule: CertificateRule;
  reward: Reward;
  /** It can still be used at the end of the backtest. */
  isOpen: boolean;
};

export type Life = { given: TierGiven[]; certificates: MadeCertificate[]; open: Points };

export type LifeRules = {
  ladders: readonly LadderInForce[];
  timeZone: string;
  clock: (at: number) => LocalMoment;
  programmeAt: (at: number) => CompiledProgramme;
  /** Whether it matters to what members hold in which tier they are. */
  looksAtTiers: boolean;
  /** Left out: live from the first order on. */
  phases?: readonly PhaseChange[] | undefined;
  until: number;
};

const day = 86_400_000;
const never = Number.POSITIVE_INFINITY;

/** Whether a programme gives anything that no occasion earns: tiers that give, or certificates. */
export const givesBeside = (programme: CompiledProgramme): boolean => makesCertificates(programme) || tiersGive(programme);

export const makesCertificates = ({ rules }: CompiledProgramme): boolean => rules.some((one) => one.certificate !== null);

export const tiersGive = ({ definition }: CompiledProgramme): boolean =>
  definition.tiers?.levels.some((tier) => tier.entry.length + tier.grants.length > 0) ?? false;

/** Tiers matter where they give something, and where those who move keep their points for longer. */
export const looksAtTiers = (programmes: readonly CompiledProgramme[]): boolean =>
  programmes.some((one) => tiersGive(one) || one.definition.tiers?.levels.some((tier) => tier.expiry !== null)) ||
  new Set(programmes.map(({ definition }) => JSON.stringify(definition.policies.expiry))).size > 1;

/**
 * When the shop heard of an order, and of what became of it: two versions that both came late were posted one after the
 * other, and between the two the member had what the first of them gave.
 */
export function heardOf({ placedAt, heard }: PastOccasion, live: Given["trail"]): (at: number) => number {
  const posted = heard?.posted ?? [];
  const entries = live?.entries ?? [];
  if (posted.length === 0) return (at) => at;
  let sum = 0;
  const dues = entries.map((entry) => (sum += entry.points?.points ?? 0));
  let last = Number.NEGATIVE_INFINITY;
  const known = entries.map(({ at }, n) => {
    const later = posted.filter((one) => one.at >= at);
    const told = n === 0 ? undefined : later.find((one) => one.due !== null && dues.includes(one.due, n));
    last = Math.max(last, at, (told ?? later[0])?.at ?? at);
    return { at, heard: last };
  });
  const first = posted.find((one) => one.at >= placedAt)?.at ?? placedAt;
  return (at) => Math.max(at, known.findLast((one) => one.at <= at)?.heard ?? first);
}

/** What an occasion adds, each part of it when the shop heard of it: its own, and what every refund took. */
export function cameOf(occasion: PastOccasion, { trail, programme, tierId }: Given, heardAt: (at: number) => number): Came[] {
  const { key, placedAt, tags, heard } = occasion;
  const isOrder = occasion.kind === "order";
  const isPaid = occasion.kind === "event" || occasion.facts.payment === "paid";
  const isActivity = occasion.kind === "order" && !occasion.facts.test;
  const one = { key, isOrder, isActivity, placedAt, paidAt: isPaid ? (heard?.paidAt ?? placedAt) : null, tags, programme, tierId };
  const entries: (TrailEntry | null)[] = trail && trail.entries.length > 0 ? trail.entries : [null];
  return entries.map((entry) => ({ ...one, entry, at: heardAt(entry?.at ?? placedAt) }));
}

/**
 * Lives through a member's time on one side, from one instant at which something changes to the next, as the flows do
 * that run by themselves: points mature and end, tiers are reviewed and give, and whoever has enough gets a certificate.
 * All of it with the ledger's own books and the functions that those flows ask.
 */
export function liveLife(memberId: string, came: readonly Came[], known: Acquaintance, ledger: LedgerOf | null, rules: LifeRules): Life {
  const { until, timeZone, clock, ladders, programmeAt } = rules;
  const purse = purses.emptyPurse();
  const isActive = ledger === null || ledger.state === "active";
  const { background, decisions } = known;
  const joinedAt = new Date(Math.min(background.joinedAt, ...came.map((one) => one.placedAt)));
  const reviews = rules.looksAtTiers
    ? tierReviews({ memberId, isActive, birthday: background.birthday, decisions, ladders, timeZone, clock })
    : null;
  const agenda = agendaOf(came, ledger, isOfThisSide(ledger, rules));
  const life: Life = { given: [], certificates: [], open: 0 };
  const made = new Map<string, number>();
  const fatesOf = new Map(ledger?.taken.map((one) => [one.cause, one.fates]));
  const chosen = new Set<string>();
  let [now, firstPlaced, tags]: [number, number, readonly string[]] = [Number.NEGATIVE_INFINITY, never, []];

  function earn({ key, isOrder, placedAt, paidAt, entry, programme, tierId, ...came }: Came): void {
    for (const unit of new Set(["points", ...Object.keys(entry?.points ?? {})])) {
      const { holdDays, expiry } = termsOf(programme, unit, tierId);
      // A return window is counted from a payment: points of what is no order wait for nothing.
      const hold = isOrder || unit !== "points" ? holdDays * day : 0;
      const earnedAt = new Date(placedAt);
      const ends = expiresAt(expiry, { earnedAt, joinedAt: new Date(background.joinedAt), timeZone });
      const dates = { earnedAt, availableFrom: paidAt === null ? null : new Date(paidAt + hold), expiresAt: ends };
      const by = entry?.points?.[unit] ?? 0;
      const isActivity = expiry.kind === "inactivity" && (came.isActivity || (!isOrder && by > 0));
      purses.earn(purse, { key, unit, by, dates, isActivity, now: new Date(now) });
    }
  }

  function review(fresh: readonly Came[]): boolean {
    if (!reviews) return false;
    const { definition } = programmeAt(now);
    const entries = fresh.flatMap(({ key, isOrder, placedAt, entry }) =>
      entry ? entriesFor({ key, placedAt, isOrder, entries: [entry] }) : [],
    );
    const { given, tier, steps, hasMoved } = reviews.review(
      now,
      entries,
      Math.min(background.joinedAt, firstPlaced),
      definition.tiers?.levels ?? [],
    );
    const entered = steps.flatMap(({ at, to }) => (to === null ? [] : [{ at, expiry: termsOf(programmeAt(at), "points", to).expiry }]));
    if (tier && hasMoved) entered.push({ at: now, expiry: tier.expiry ?? definition.policies.expiry });
    purses.lengthen(purse, entered, { now: new Date(now), joinedAt, timeZone });
    for (const one of given) {
      life.given.push(one);
      if (one.gift.kind === "points") receive(one.gift.unit, one.gift.points, one.expiresAt);
    }
    return given.some((one) => one.gift.kind === "points");
  }

  function receive(unit: string, points: Points, ends?: Date): void {
    purses.give(purse, { unit, points, now: new Date(now), expiresAt: ends ?? endOf(unit), endsThen: ends !== undefined });
  }

  function endOf(unit: string): Date | null {
    const { expiry } = termsOf(programmeAt(now), unit, reviews?.tierNow() ?? null);
    return expiresAt(expiry, { earnedAt: new Date(now), joinedAt: new Date(background.joinedAt), timeZone });
  }

  function liveOn(unit: string): void {
    const { expiry } = termsOf(programmeAt(now), unit, reviews?.tierNow() ?? null);
    purses.liveOn(purse, unit, expiry, { now: new Date(now), timeZone });
  }

  function makeCertificates(): void {
    const programme = programmeAt(now);
    const of = certificateRules(programme, new Date(now));
    if (of.length === 0 || (ledger && !ledger.hasAccount)) return;
    const phase: { phase: Phase; testTag: string | null } = rules.phases
      ? phaseAt(rules.phases, new Date(now))
      : { phase: "live", testTag: null };
    const person = { state: ledger?.state ?? "active", tags };
    if (whyNotRedeem({ ...phase, definition: programme.definition }, person)) return;
    purses.passTime(purse, new Date(now));
    for (const rule of of) {
      const reward = programme.definition.rewards.find((one) => one.id === rule.rewardId && one.active);
      if (reward) while (purses.bookOf(purse, rule.unit).balance.available >= rule.points) make(rule, reward, programme);
    }
  }

  function make(rule: CertificateRule, reward: Reward, programme: CompiledProgramme): void {
    const number = (made.get(rule.ruleId) ?? 0) + 1;
    made.set(rule.ruleId, number);
    const cause = certificateCause(rule.ruleId, memberId, number);
    purses.setAside(purse, cause, rule.unit, rule.points, true);
    // Whoever used the live programme's let theirs lapse, or used it, as soon after they had it.
    const fates = fatesOf.get(cause) ?? [];
    const { graceDays } = programme.definition.policies;
    for (const fate of fates) agenda.add({ at: now + fate.after, what: "fate", cause, fate, graceDays });
    const isOver = fates.some((fate) => now + fate.after <= until);
    const isOpen = !isOver && codeEnds(reward, programme, new Date(now)).getTime() > until;
    life.certificates.push({ at: now, cause, rule, reward, isOpen });
  }

  function happen(item: Item): boolean {
    if (item.what === "came") {
      firstPlaced = Math.min(firstPlaced, item.came.placedAt);
      tags = item.came.tags;
      earn(item.came);
      return true;
    }
    if (item.what === "fate") purses.settleFate(purse, item.cause, item.fate, { now: new Date(now), graceDays: item.graceDays, endOf });
    if (item.what === "taken") {
      purses.passTime(purse, new Date(now));
      chosen.add(item.cause);
      if (!item.isCertificate) liveOn(item.unit);
      purses.setAside(purse, item.cause, item.unit, item.points, item.isCertificate);
      const { graceDays } = programmeAt(now).definition.policies;
      for (const fate of item.fates) agenda.add({ at: now + fate.after, what: "fate", cause: item.cause, fate, graceDays });
    }
    if (item.what !== "adjusted") return false;
    if (item.points > 0) receive(item.unit, item.points);
    else purses.takeAway(purse, item.unit, -item.points);
    return true;
  }

  // Nobody is looked at before anything of theirs is known, although staff may have held a tier for them by then.
  const nextReview = (): number => (firstPlaced < never ? (reviews?.next() ?? never) : never);
  for (;;) {
    const next = Math.min(agenda.next(), purses.nextDue(purse), nextReview());
    if (next > until || next === never) break;
    now = Math.max(now, next);
    let isRaised = purses.passTime(purse, new Date(now));
    const items = agenda.take(now);
    const ending = items.filter((item) => item.what === "fate" && item.fate.what !== "used");
    for (const item of items) if (!ending.includes(item)) isRaised = happen(item) || isRaised;
    const fresh = items.flatMap((item) => (item.what === "came" ? [item.came] : []));
    const isLookedAt = fresh.length > 0 || nextReview() <= now;
    if (isLookedAt) isRaised = review(fresh) || isRaised;
    if (isRaised) makeCertificates();
    // What comes back is there for the next one, and no reason to make any.
    for (const item of ending) happen(item);
    if (items.length === 0 && !isLookedAt && purses.nextDue(purse) <= now) throw new Error("A member's life stands still.");
  }
  return { ...life, open: purses.openIn(purse, (id) => chosen.has(id)) };
}

// Certificates of the live programme are made anew where a side makes any; where it makes none, their points went as they did.
function isOfThisSide(ledger: LedgerOf | null, { programmeAt, until }: LifeRules): boolean {
  const at = ledger?.taken.find((one) => one.isCertificate)?.at;
  return at !== undefined && [at, until].some((instant) => makesCertificates(programmeAt(instant)));
}

type Item = { at: number } & (
  | { what: "came"; came: Came }
  | { what: "taken"; cause: string; isCertificate: boolean; unit: string; points: Points; fates: readonly purses.Fate[] }
  | { what: "adjusted"; unit: string; points: Points }
  | { what: "fate"; cause: string; fate: purses.Fate; graceDays: number }
);

/** All that is known to come, the next last. Of one instant, in the order in which it was put there. */
function agendaOf(came: readonly Came[], ledger: LedgerOf | null, makesOwn: boolean) {
  const items: Item[] = [
    ...(ledger?.adjusted ?? []).map((one): Item => ({ ...one, what: "adjusted" })),
    ...came.map((one): Item => ({ at: one.at, what: "came", came: one })),
    ...(ledger?.taken ?? []).filter((one) => !(one.isCertificate && makesOwn)).map((one): Item => ({ ...one, what: "taken" })),
  ]
    .sort((a, b) => a.at - b.at)
    .reverse();

  return {
    next: (): number => items.at(-1)?.at ?? never,
    add(item: Item): void {
      let place = items.length;
      while (place > 0 && (items[place - 1] as Item).at <= item.at) place -= 1;
      items.splice(place, 0, item);
    },
    take(at: number): Item[] {
      const taken: Item[] = [];
      while ((items.at(-1)?.at ?? never) <= at) taken.push(items.pop() as Item);
      return taken;
    },
  };
}
