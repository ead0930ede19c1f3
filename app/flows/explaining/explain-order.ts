import { definitionOf, workingProgramme } from "../../db/drafts.ts";
import { productFactsOf } from "../../db/mirror.ts";
import { type HeldOrder, readOrders } from "../../db/orders.ts";
import { compiledVersion } from "../../db/programme.ts";
import { findOrders, lastAward, type OrderLine } from "../../db/read-orders.ts";
import { type CompiledProgramme, compile, type Judgement } from "../../loyalty/earning/evaluate.ts";
import { replay } from "../../loyalty/earning/replay.ts";
import { type More, wouldHaveEarned } from "../../loyalty/explain/would-have-earned.ts";
import { checkProgramme, sayProblem } from "../../loyalty/program/check.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import { type PhaseChange, phaseAt } from "../../loyalty/program/phase.ts";
import type { Context } from "../context.ts";
import { circumstancesOf } from "../settling/circumstances-of.ts";
import { historiesOf } from "../settling/histories.ts";
import { pastOf, versionFor } from "../settling/past-of.ts";
import { roomPinned } from "./recall-orders.ts";

/** A judgement with the programme that made it. */
export type Side = { judgement: Judgement; definition: Definition; version: number | null; more: More[] };

export type OrderExplained = {
  order: OrderLine & { codes: string[]; channel: string };
  /** What was posted last, and whether its trace comes to the same when it is worked out once more. */
  recorded: (Side & { at: Date; posted: Record<string, number>; checked: boolean }) | null;
  /** The order judged now by what was asked for; null where that is a draft that cannot be judged by. */
  chosen: Side | null;
  /** What has to be settled before the draft can be judged by. */
  problems: string[];
  /** The version of the order's day, which judged it. */
  own: number;
  /** What was pinned, or is taken as it is now. */
  known: {
    tags: readonly string[];
    tierId: string | null | undefined;
    ordersBefore: number | undefined;
    products: Known;
    /** null where no rule asked then, and nobody asked Shopify: by another version the customer counts as in none. */
    segments: string[] | null;
  };
};

export type Known = { productGid: string; type: string; tags: string[]; pinned: boolean }[];

/**
 * Why an order earned what it earned, and what it would earn by any version or by the draft. It only looks: nothing
 * is locked, and nothing is written. undefined where this shop has no such order, or there is no such version.
 */
export async function explainOrder(
  { db, scope }: Pick<Context, "db" | "scope">,
  { orderGid, by }: { orderGid: string; by: "its own" | "draft" | number },
): Promise<OrderExplained | undefined> {
  const found = await db.inProgramme(scope, async (tx) => {
    const [line] = await findOrders(tx, orderGid.replace("gid://shopify/Order/", ""));
    const [order] = await readOrders(tx, [{ shopId: scope.shopId, orderGid }]);
    return order && line?.orderGid === orderGid ? { order, line, award: await lastAward(tx, orderGid) } : undefined;
  });
  if (!found) return undefined;
  const { order, line, award } = found;

  // Members are the programme's, and so is what they did in any of its shops.
  return db.inSnapshot({ ...scope, shopId: "*" }, async (tx) => {
    const past = { ...(await pastOf(tx, [order])), asksHistory: true };
    const own = versionFor(order, past.versions);
    if (typeof by === "number" && !past.versions.some((one) => one.version === by)) return undefined;
    const { programme, problems } =
      by === "draft" ? await draftOf() : { programme: await compiledVersion(tx, by === "its own" ? own : by), problems: [] };

    const histories = order.memberId ? await historiesOf(tx, [order.memberId], past) : new Map<string, never>();
    const history = order.memberId ? histories.get(order.memberId) : undefined;
    const mirrored = await productFactsOf(
      tx,
      order.facts.lines.flatMap(({ productGid }) => (productGid ? [{ shopId: order.shopId, productGid }] : [])),
    );
    const products = { ...bySelf(mirrored, order), ...order.pins?.products };
    const looked = { ...order, pinned: order.pinned ?? asSeenNow(order, own, past.phases), pins: { ...order.pins, products } };

    const judged = (one: CompiledProgramme, room = {}) => {
      const at = circumstancesOf(looked, one, { phases: past.phases, history, room });
      return { at, judgement: one.judge(order.facts, at) };
    };
    const side = (one: CompiledProgramme): Side => {
      const isOwn = one.version === own;
      const { at, judgement } = judged(one, isOwn ? roomPinned(order.pins, one) : {});
      const more = wouldHaveEarned(one, order.facts, at, judgement);
      return { judgement, definition: one.definition, version: one.version === 0 ? null : one.version, more };
    };

    const stored = award?.explanation.judgement;
    return {
      order: { ...line, codes: order.facts.codes.map(({ code }) => code), channel: order.facts.channel },
      recorded:
        award && stored
          ? {
              judgement: stored,
              definition: await definitionOf(tx, stored.version),
              version: stored.version,
              more: [],
              at: award.at,
              posted: postedOf(award.explanation),
              checked: isSame(replay(stored), { points: stored.due, ...stored.units }),
            }
          : null,
      chosen: programme && side(programme),
      problems,
      own,
      known: knownOf(looked, order, programme && judged(programme).at.member),
    };

    async function draftOf(): Promise<{ programme: CompiledProgramme | null; problems: string[] }> {
      const { definition, currency, timeZone } = await workingProgramme(tx);
      const checked = checkProgramme(definition);
      return checked.ok
        ? { programme: compile(0, checked.definition, { currency, timeZone }), problems: [] }
        : { programme: null, problems: checked.problems.map(sayProblem) };
    }
  });
}

// An order that waits has nothing pinned yet: it is looked at as its day says.
function asSeenNow(order: HeldOrder, version: number, phases: readonly PhaseChange[]): NonNullable<HeldOrder["pinned"]> {
  return { version, phase: phaseAt(phases, new Date(order.facts.placedAt)).phase, tags: [], memberState: "active" };
}

const bySelf = <Facts>(mirrored: ReadonlyMap<string, Facts>, { shopId }: HeldOrder): Record<string, Facts> =>
  Object.fromEntries([...mirrored].map(([key, facts]) => [key.slice(shopId.length + 1), facts]));

const postedOf = ({ due = 0, units = {} }: { due?: number; units?: Record<string, { due: number }> }): Record<string, number> => ({
  points: due,
  ...Object.fromEntries(Object.entries(units).map(([unit, one]) => [unit, one.due])),
});

function isSame(one: Record<string, number>, other: Record<string, number>): boolean {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((unit) => (one[unit] ?? 0) === (other[unit] ?? 0));
}

function knownOf(
  looked: HeldOrder,
  order: HeldOrder,
  member: { tierId?: string | null; ordersBefore?: number } | null | undefined,
): OrderExplained["known"] {
  return {
    tags: looked.pinned?.tags ?? [],
    tierId: member?.tierId,
    ordersBefore: member?.ordersBefore,
    segments: order.pins?.segments ?? null,
    products: Object.entries(looked.pins?.products ?? {}).map(([productGid, { type, tags }]) => ({
      productGid,
      type,
      tags,
      pinned: order.pins?.products?.[productGid] !== undefined,
    })),
  };
}
