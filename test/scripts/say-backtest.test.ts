import { expect, test } from "vitest";
import type { BacktestReport } from "../../app/loyalty/insight/report.ts";
import { definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { sayBacktest } from "../../scripts/laurel/say-backtest.ts";

const programme = definition.parse({
  ...simplePoints(100),
  tiers: {
    levels: [
      { id: "member", name: "Member" },
      { id: "gold", name: "Gold" },
    ],
  },
});
const side = { points: 0, orders: 0, events: 0, cost: 0, giftCost: 0, open: 0, liability: 0 };
const report = (moves: BacktestReport["moves"]) =>
  ({
    currency: "USD",
    counted: { orders: 30, events: 0, imported: 0, members: 21, waiting: 0, changed: 1 },
    live: side,
    draft: side,
    months: [],
    moves,
    holdsConstant: [],
  }) as unknown as BacktestReport;

test("only members who end in another tier are told as moving", () => {
  const said = sayBacktest(
    report([
      { from: "member", to: "member", members: 20 },
      { from: "member", to: "gold", members: 1 },
    ]),
    programme,
    programme,
  );
  expect(said).toContain("1 member: Member → Gold");
  expect(said).not.toContain("Member → Member");
});
