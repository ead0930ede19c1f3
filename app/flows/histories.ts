import type { Tx } from "../db/database.ts";
import type { HeldOrder } from "../db/orders.ts";
import { compiledVersion } from "../db/programme.ts";
import { tierDecisionsOf } from "../db/tiers.ts";
import { backgroundsOf, trailsOf, type Untold } from "../db/trails.ts";
import type { CompiledProgramme } from "../loyalty/earning/evaluate.ts";
import { type Background, standingBefore } from "../loyalty/earning/history.ts";
import type { Circumstances, Judgement } from "../loyalty/earning/judgement.ts";
import { type LimitOf, limitsOf } from "../loyalty/earning/limits-of.ts";
import { type Trail, trailOf } from "../loyalty/earning/trail.ts";
import { type OrderFacts, readFacts } from "../loyalty/facts.ts";
import { clockOf } from "../loyalty/local-time.ts";
import type { Phase } from "../loyalty/program/phase.ts";
import { phaseAt } from "../loyalty/program/phase.ts";
import type { LadderInForce, TierDecision } from "../loyalty/tiers/trail.ts";
import { laddersInForce } from "./ladders.ts";
import type { Past } from "./past-of.ts";
import { tierOnTheWay, type Way } from "./tier-on-the-way.ts";

/** All that a member did in this programme, as the standing before any of it is worked out from. */
export type History = {
  trails: Map<string, Trail>;
  /** Those of them that are judged for the first time. */
  unheard: Set<string>;
  background: Background;
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
    const { trails = [], untold = [] } = told.get(memberId) ?? {};
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

const clocks = new Map<string, ReturnType<typeof clockOf>>();

function clockIn(timeZone: string): ReturnType<typeof clockOf> {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = clockOf(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

/** How the member stood before an occasion: only what the version asks for, so that its trace stays short. */
export function standingOf(
  occasion: { key: string; placedAt: number },
  history: History,
  programme: CompiledProgramme,
): Pick<Circumstances, "member" | "used"> {
  const { needs } = programme;
  const before = standingBefore(occasion, {
    trails: [...history.trails.values()],
    background: history.background,
    limits: needs.has("history") ? limitsFor(programme) : [],
    clock: clockIn(programme.timeZone),
  });
  return {
    member: {
      ...(needs.has("history") ? { ordersBefore: before.ordersBefore, lastOrderAt: before.lastOrderAt } : {}),
      ...(needs.has("customer") ? { joinedAt: before.joinedAt, birthday: history.background.birthday } : {}),
      ...(needs.has("tier") ? { tierId: tierOnTheWay(occasion, history, before.joinedAt) } : {}),
    },
    used: before.used,
  };
}
