import type { Tx } from "../../db/database.ts";
import type { HeldOrder } from "../../db/orders.ts";
import { compiledVersion } from "../../db/programme.ts";
import { tierDecisionsOf } from "../../db/tiers.ts";
import { backgroundsOf, type Pins, trailsOf, type Untold } from "../../db/trails.ts";
import { birthdayFor, customerAsked } from "../../loyalty/earning/customer-asked.ts";
import type { CompiledProgramme } from "../../loyalty/earning/evaluate.ts";
import { type Background, type Counted, standingBefore } from "../../loyalty/earning/history.ts";
import type { Circumstances, Judgement } from "../../loyalty/earning/judgement.ts";
import { type LimitOf, limitsOf } from "../../loyalty/earning/limits-of.ts";
import { clockIn } from "../../loyalty/earning/local-days.ts";
import { type Trail, trailOf } from "../../loyalty/earning/trail.ts";
import { type OrderFacts, readFacts } from "../../loyalty/facts.ts";
import type { Phase } from "../../loyalty/program/phase.ts";
import { phaseAt } from "../../loyalty/program/phase.ts";
import type { LadderInForce, TierDecision } from "../../loyalty/tiers/trail.ts";
import { laddersInForce } from "./ladders.ts";
import type { Past } from "./past-of.ts";
import { tierOnTheWay, type Way } from "./tier-on-the-way.ts";

/** All that a member did in this programme, as the standing before any of it is worked out from. */
export type History = {
  trails: Map<string, Trail>;
  /** Those of them that are judged for the first time. */
  unheard: Set<string>;
  background: Background;
  /** What Shopify had counted, as it was pinned with some of it. */
  counts: readonly Counted[];
  decisions: readonly TierDecision[];
  ladders: readonly LadderInForce[];
  timeZone: string;
  /** How far the member's way through the ladder was walked for those that were judged already. */
  way: Way | null;
};

/** Reads what members did. Their balances are locked already, so that nobody adds to it meanwhile. */
export async function historiesOf(tx: Tx, memberIds: readonly string[], past: Past): Promise<Map<string, History>> {
  if (!past.asksHistory || memberIds.length === 0) return new Map();
  const told = await trailsOf(tx, memberIds);
  const backgrounds = await backgroundsOf(tx, memberIds);
  const ladders = await laddersInForce(tx, past.versions);
  const decisions = ladders.length > 0 ? await tierDecisionsOf(tx, memberIds) : new Map<string, TierDecision[]>();
  const histories = new Map<string, History>();
  for (const memberId of memberIds) {
    const background = backgrounds.get(memberId);
    if (!background) throw new Error(`Member ${memberId} is not there.`);
    const { trails = [], untold = [], counts = [] } = told.get(memberId) ?? {};
    const known = new Map(trails.map((one) => [one.key, one]));
    for (const one of untold) {
      const trail = await tellTrail(tx, one, past);
      known.set(trail.key, trail);
    }
    const timeZone = [...past.compiled.values()][0]?.timeZone ?? "UTC";
    histories.set(memberId, {
      trails: known,
      unheard: new Set(),
      background,
      counts,
      decisions: decisions.get(memberId) ?? [],
      ladders,
      timeZone,
      way: null,
    });
  }
  return histories;
}

// Settled before any rule asked for histories: its version looked at the order alone, so its facts tell its trail.
async function tellTrail(tx: Tx, one: Untold, past: Past): Promise<Trail> {
  const programme = await compiledVersion(tx, one.version);
  const { testTag } = phaseAt(past.phases, new Date(one.facts.placedAt));
  const at: Circumstances = {
    version: one.version,
    phase: one.phase as Phase,
    testTag,
    tags: one.tags,
    deleted: false,
    memberState: one.memberState as Circumstances["memberState"],
    ...(one.pins?.products ? { products: one.pins.products } : {}),
    ...(one.pins?.segments ? { member: { segments: one.pins.segments } } : {}),
    room: roomPinned(one.pins, programme),
  };
  return trailOfOrder({ ...one, facts: readFacts(one.facts) }, programme, (facts) => programme.judge(facts, at));
}

// What it took of a budget stays what it was given.
function roomPinned(pins: Untold["pins"], { definition }: CompiledProgramme): Circumstances["room"] {
  const room: Circumstances["room"] = {};
  for (const budget of ["retention", "acquisition"] as const) {
    const left = pins?.room?.[budget];
    if (definition.budgets[budget]?.stops && left !== undefined) room[budget] = left;
  }
  return room;
}

export const trailOfOrder = (
  order: Pick<HeldOrder, "shopId" | "orderGid" | "facts" | "deletedAt">,
  programme: CompiledProgramme,
  judge: (facts: OrderFacts) => Judgement,
): Trail =>
  trailOf(order.facts, `${order.shopId} ${order.orderGid}`, judge, {
    ladder: programme.definition.tiers,
    deletedAt: order.deletedAt?.getTime() ?? null,
  });

const limits = new WeakMap<CompiledProgramme, LimitOf[]>();

function limitsFor(programme: CompiledProgramme): LimitOf[] {
  let found = limits.get(programme);
  if (!found) {
    found = limitsOf(programme.definition);
    limits.set(programme, found);
  }
  return found;
}

type Occasion = { kind: "order" | "event"; key: string; placedAt: number; pins: Pins | null };

/**
 * How the member stood before an occasion: only what the version asks for, so that its trace stays short. What shops know
 * of them is as it was pinned with the occasion; what was not, as it is now.
 */
export function standingOf(occasion: Occasion, history: History, programme: CompiledProgramme): Pick<Circumstances, "member" | "used"> {
  const { needs, definition } = programme;
  const { windows, counted = history.background.counted } = occasion.pins ?? {};
  const clock = clockIn(programme.timeZone);
  const before = standingBefore(occasion, {
    trails: [...history.trails.values()],
    background: { ...history.background, counted },
    limits: needs.has("history") ? limitsFor(programme) : [],
    clock,
  });
  const birthday = birthdayFor(customerAsked(definition, occasion.kind), windows, history.background.birthday, () =>
    clock(occasion.placedAt),
  );
  return {
    member: {
      ...(needs.has("history") ? { ordersBefore: before.ordersBefore, lastOrderAt: before.lastOrderAt } : {}),
      ...(needs.has("customer") ? { joinedAt: before.joinedAt, birthday } : {}),
      ...(needs.has("tier") ? { tierId: tierOnTheWay(occasion, history, before.joinedAt) } : {}),
    },
    used: before.used,
  };
}
