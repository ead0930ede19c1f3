import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { compile } from "../../app/loyalty/earning/evaluate.ts";
import { standingBefore } from "../../app/loyalty/earning/history.ts";
import type { Circumstances } from "../../app/loyalty/earning/judgement.ts";
import { limitsOf } from "../../app/loyalty/earning/limits-of.ts";
import { type Trail, trailOf } from "../../app/loyalty/earning/trail.ts";
import type { OrderFacts } from "../../app/loyalty/facts.ts";
import { clockOf } from "../../app/loyalty/local-time.ts";
import { type Definition, definition } from "../../app/loyalty/program/definition.ts";
import { lineFacts, orderFacts } from "../support/order-facts.ts";
import { programme } from "../support/rules.ts";

type Limit = z.input<typeof definition>["earning"][number]["limits"] extends (infer One)[] | undefined ? One : never;

const circumstances: Circumstances = { version: 1, phase: "live", testTag: null, tags: [], deleted: false, memberState: "active" };
const unit = (id: string) => ({ id, name: { one: id, other: id }, holdDays: 0, expiry: { kind: "never" as const } });

/** A point and two miles for every dollar; limits of the rule, or of all rules together. */
const pointsAndMiles = (...limits: Limit[]): Definition => giving({ limits });
const giving = ({ limits = [], ofAll = [] }: { limits?: Limit[]; ofAll?: Limit[] }): Definition =>
  programme({
    policies: { limits: ofAll as never },
    units: [unit("miles")],
    earning: [
      {
        id: "shopping",
        award: {
          kind: "several units",
          rows: [
            { points: 1, unit: "points", per: 100 },
            { points: 2, unit: "miles", per: 100 },
          ],
        },
        limits: limits as never,
      },
    ],
  });

type Day = { at: string; dollars: number; refund?: { at: string; dollars: number } };

const instant = (time: string) => `2026-05-01T${time}:00.000Z`;

function orderOf({ at, dollars, refund }: Day): OrderFacts {
  const line = lineFacts({ sold: dollars * 100, net: (dollars - (refund?.dollars ?? 0)) * 100 });
  const order = orderFacts({ orderGid: `gid://shopify/Order/${at}`, placedAt: instant(at), lines: [line] });
  if (!refund) return order;
  const lines = [{ lineGid: line.lineGid, quantity: 0, net: refund.dollars * 100 }];
  return { ...order, refunds: [{ at: instant(refund.at), lines, shipping: 0, withoutLines: 0 }] };
}

/** Judges one day's orders one after the other, each after what the earlier ones left. */
function lived(whole: Definition, day: readonly Day[]): { given: [points: number, miles: number][]; trails: Trail[] } {
  const compiled = compile(1, whole, { currency: "USD" });
  const trails: Trail[] = [];
  const given = day.map(orderOf).map((order): [number, number] => {
    const key = order.orderGid;
    const { used } = standingBefore(
      { key, placedAt: Date.parse(order.placedAt) },
      { trails, background: { joinedAt: 0, birthday: null, counted: null }, limits: limitsOf(whole), clock: clockOf("UTC") },
    );
    const judge = (facts: OrderFacts) => compiled.judge(facts, { ...circumstances, used });
    trails.push(trailOf(order, key, judge, { ladder: null, deletedAt: null }));
    const { due, units } = judge(order);
    return [due, units?.miles ?? 0];
  });
  return { given, trails };
}

const daily = (most: number): Limit => ({ most, of: "points", per: "day" });
const three: Day[] = [
  { at: "08:00", dollars: 100 },
  { at: "12:00", dollars: 100 },
  { at: "16:00", dollars: 100 },
];

describe("a rule that gives points and miles", () => {
  test.each<[string, Limit[], Day[], [points: number, miles: number][]]>([
    [
      "the day is full of miles, and has points left",
      [daily(250)],
      three,
      [
        [100, 200],
        [100, 50],
        [50, 0],
      ],
    ],
    [
      "times count orders, not units",
      [{ most: 2, of: "times", per: "day" }],
      three,
      [
        [100, 200],
        [100, 200],
        [0, 0],
      ],
    ],
    [
      "an order's limit is each unit's too",
      [{ most: 150, of: "points", per: "order" }],
      three,
      [
        [100, 150],
        [100, 150],
        [100, 150],
      ],
    ],
    [
      "two limits, of which each takes what it takes",
      [daily(250), { most: 120, of: "points", per: "order" }],
      three,
      [
        [100, 120],
        [100, 120],
        [50, 10],
      ],
    ],
    [
      "a refund frees of each unit what it took back of it",
      [daily(250)],
      [{ at: "08:00", dollars: 100, refund: { at: "14:00", dollars: 75 } }, ...three.slice(1)],
      // What 25 dollars gave is left of the first: 25 points and 50 miles. Before the third 125 points and 100 miles are used.
      [
        [25, 50],
        [100, 50],
        [100, 150],
      ],
    ],
  ])("%s", (_, limits, day, given) => expect(lived(pointsAndMiles(...limits), day).given).toEqual(given));

  const refunded: Day[] = [{ at: "08:00", dollars: 100, refund: { at: "14:00", dollars: 75 } }, ...three.slice(1)];
  test.each<[string, Limit, Day[], [points: number, miles: number][]]>([
    [
      "points of a day, and miles are neither counted nor cut",
      daily(250),
      three,
      [
        [100, 200],
        [100, 200],
        [50, 200],
      ],
    ],
    [
      "times, of which a refund in part is none",
      { most: 2, of: "times", per: "day" },
      refunded,
      [
        [25, 50],
        [100, 200],
        [0, 200],
      ],
    ],
    [
      "times, and what came back as a whole was none",
      { most: 2, of: "times", per: "day" },
      [{ at: "08:00", dollars: 100, refund: { at: "14:00", dollars: 100 } }, ...three.slice(1)],
      [
        [0, 0],
        [100, 200],
        [100, 200],
      ],
    ],
  ])("a limit of all rules together: %s", (_, limit, day, given) => expect(lived(giving({ ofAll: [limit] }), day).given).toEqual(given));

  test("what it gave of points goes by its own name, and what it gave of miles by one that no rule can have", () => {
    const [trail] = lived(pointsAndMiles(), three.slice(0, 1)).trails;
    expect(trail?.entries[0]).toMatchObject({ rules: { shopping: 100, "shopping:miles": 200 }, times: { shopping: 1 } });
    const named = { ...pointsAndMiles(), earning: pointsAndMiles().earning.map((rule) => ({ ...rule, id: "shopping:miles" })) };
    expect(definition.safeParse(named).success).toBe(false);
  });

  test("a limit of miles does not count the points that the same rule gave in an older version", () => {
    const [limit] = limitsOf(
      programme({
        units: [unit("miles")],
        earning: [{ id: "shopping", award: { kind: "fixed", points: 1, unit: "miles" }, limits: [daily(9)] as never }],
      }),
    );
    expect(limit).toMatchObject({ key: "shopping:miles/0", counts: "shopping:miles" });
  });
});
