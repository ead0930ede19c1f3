import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeAll } from "../../app/flows/insight/judge-all.ts";
import type { Judge, Portion } from "../../app/flows/insight/judge-past.ts";
import { type CompiledProgramme, compile, type Judgement } from "../../app/loyalty/earning/evaluate.ts";
import { byPlacing } from "../../app/loyalty/earning/trail.ts";
import { type BacktestWish, type BothStops, openBacktest, reportOf } from "../../app/loyalty/insight/backtest.ts";
import type { Acquaintance } from "../../app/loyalty/insight/member-so-far.ts";
import type { PastOccasion } from "../../app/loyalty/insight/past-occasion.ts";
import { openSide, placedAt } from "../../app/loyalty/insight/side.ts";
import { ladder } from "../../app/loyalty/tiers/ladder.ts";
import { lineFacts, orderFacts } from "../support/order-facts.ts";
import { programme } from "../support/rules.ts";

const timeZone = "America/New_York";
const hour = 3_600_000;
const start = Date.UTC(2026, 0, 25);

// What a budget cuts is felt later: a tier is reached by points, and a limit counts them.
const rules = (monthly: number, yearly: number) =>
  programme({
    earning: [
      {
        id: "shopping",
        award: { kind: "per amount", points: 1, per: 100, unit: "points" },
        limits: [{ most: 150, of: "points", per: "rolling", days: 40 }],
      },
      {
        id: "welcome",
        award: { kind: "fixed", points: 10, unit: "points" },
        budget: "acquisition",
        limits: [{ most: 3, of: "times", per: "lifetime", days: null }],
      },
    ],
    tiers: ladder.parse({
      levels: [
        { id: "member", name: "Member" },
        { id: "silver", name: "Silver", reach: [{ kind: "points earned", least: 60 }], times: 20_000 },
      ],
    }),
    budgets: {
      retention: { points: monthly, per: "month", alertAt: 8_000, stops: true },
      acquisition: { points: yearly, per: "year", alertAt: 8_000, stops: true },
    },
  });

const orders = fc.array(fc.record({ member: fc.nat(5), at: fc.integer({ min: 0, max: 60 }), price: fc.integer({ min: 1, max: 120 }) }), {
  minLength: 1,
  maxLength: 40,
});

const pastOf = (wished: { member: number; at: number; price: number }[]): PastOccasion[] =>
  wished
    .map(({ member, at, price }, n): PastOccasion => {
      const placed = start + at * 37 * hour;
      return {
        key: `shop ${n}`,
        placedAt: placed,
        memberId: `member ${member}`,
        version: 1,
        phase: "live",
        testTag: null,
        tags: [],
        memberState: "active",
        pins: null,
        trail: null,
        kind: "order",
        shopId: "shop",
        deletedAt: null,
        imported: false,
        facts: orderFacts({ orderGid: String(n), placedAt: new Date(placed).toISOString(), lines: [lineFacts({ sold: price * 100 })] }),
      };
    })
    .sort(byPlacing);

const known: Acquaintance = { background: { joinedAt: start, birthday: null, counted: null }, told: new Map(), decisions: [] };

/** One after another in the order of placing, all members together, each finding what the budgets have left. */
function oneAfterAnother(
  past: readonly PastOccasion[],
  programmeAt: (at: number) => CompiledProgramme,
  versions: BacktestWish["versions"],
) {
  const programmes = versions.map((one) => one.programme);
  const ladders = versions.map(({ from, programme: one }) => ({ from, ladder: one.definition.tiers }));
  const side = openSide({ programmes, ladders, timeZone, fromMirror: true, programmeOf: (one) => programmeAt(one.placedAt) });
  const members = new Map<string, ReturnType<typeof side.meet>>();
  const used = new Map<string, number>();
  let points = 0;
  for (const one of past) {
    const member = members.get(one.memberId) ?? side.meet(known);
    members.set(one.memberId, member);
    const placed = placedAt(one.placedAt, timeZone);
    const { definition } = programmeAt(one.placedAt);
    const keys = { retention: `retention ${placed.local().day.slice(0, 7)}`, acquisition: `acquisition ${placed.local().year}` };
    const left = (budget: keyof typeof keys) => Math.max(0, (definition.budgets[budget]?.points ?? 0) - (used.get(keys[budget]) ?? 0));
    const given = side.judge(one, member, placed, { retention: left("retention"), acquisition: left("acquisition") });
    side.add(member, given.trail, placed);
    for (const { points: got, budget = "retention" } of given.judgement.rules) used.set(keys[budget], (used.get(keys[budget]) ?? 0) + got);
    points += given.judgement.due;
  }
  return { points, used: Object.fromEntries([...used].filter(([, spent]) => spent > 0)) };
}

/** Judges in memory: a share is a member. */
function judgeOf(wish: BacktestWish, past: readonly PastOccasion[], gave: Map<string, Judgement>): Judge {
  let backtest = openBacktest(wish, { live: {}, draft: {} });
  return {
    begin: async (stops: BothStops) => {
      backtest = openBacktest(wish, stops);
    },
    judge: async ({ first }: Portion) => {
      for (const one of past) if (one.memberId === first) gave.set(one.key, backtest.take(one, () => ({ ...known, redeemed: 0 })).draft);
    },
    part: async () => ({ part: backtest.part(), ledger: null }),
    demands: async ({ live, draft }) => ({
      live: live.map((key) => backtest.demandsOf("live", key)),
      draft: draft.map((key) => backtest.demandsOf("draft", key)),
    }),
  };
}

test("budgets give out at the very order at which they do one after another, however members are dealt out to judges", async () => {
  let ranOut = 0;
  await fc.assert(
    fc.asyncProperty(
      orders,
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 400 }),
      async (wished, monthly, yearly, change, later) => {
        const past = pastOf(wished);
        const compiled = (version: number, most: number) => compile(version, rules(most, yearly), { timeZone, currency: "USD" });
        const versions = [
          { from: 0, programme: compiled(1, later) },
          { from: start + change * 37 * hour, programme: compiled(2, monthly) },
        ];
        const draft = compiled(0, monthly);
        const wish: BacktestWish = {
          versions,
          draft,
          basis: "simulated",
          timeZone,
          from: null,
          until: start + 5_000 * hour,
          beginsAt: null,
        };
        const live = oneAfterAnother(
          past,
          (at) => (versions.findLast((one) => one.from <= at) ?? versions[0])?.programme as CompiledProgramme,
          versions,
        );
        const tried = oneAfterAnother(past, () => draft, [{ from: 0, programme: draft }]);
        const portions = [...new Set(past.map((one) => one.memberId))].map(
          (first): Portion => ({ of: "members", first, last: first, occasions: 1, redeemed: new Map() }),
        );
        const reports = [];
        for (const judges of [1, 2, 3]) {
          const gave = new Map<string, Judgement>();
          const all = Array.from({ length: judges }, () => judgeOf(wish, past, gave));
          const { parts } = await judgeAll(all, portions.toReversed(), { total: 1 });
          reports.push(reportOf(parts, { ...wish, currency: "USD", redeemed: 10_000 }));
          expect([...gave.values()].reduce((sum, one) => sum + one.due, 0)).toBe(tried.points);
        }
        const [report] = reports;
        for (const other of reports) expect(other).toEqual(report);
        const spent = (side: "live" | "draft") =>
          Object.fromEntries(report?.[side].budgets.map((one) => [`${one.budget} ${one.period}`, one.used]) ?? []);
        expect({ points: report?.draft.points, used: spent("draft") }).toEqual(tried);
        expect({ points: report?.live.points, used: spent("live") }).toEqual(live);
        if (report?.draft.budgets.some((one) => one.used === one.most)) ranOut += 1;
      },
    ),
    { numRuns: 150 },
  );
  expect(ranOut).toBeGreaterThan(50);
});
