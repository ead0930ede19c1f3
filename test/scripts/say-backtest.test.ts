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
const side = { points: 0, orders: 0, events: 0, cost: 0, giftCost: 0, open: 0, liability: 0, certificates: [], tierGifts: [] };
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

test("certificates and what tiers give have lines of their own, where either side gives any", () => {
  const note = {
    ruleId: "notes",
    name: "Notes",
    rewardId: "note",
    unit: "points",
    made: 3,
    points: 3_000,
    face: 3_000,
    open: 1,
    openFace: 1_000,
  };
  const monthly = { tierId: "gold", on: "month", kind: "points", what: "points", times: 2, points: 240 };
  const plain = report([]);
  const said = sayBacktest(
    { ...plain, draft: { ...plain.draft, certificates: [note], tierGifts: [monthly] } } as unknown as BacktestReport,
    programme,
    programme,
  );
  expect(said).toMatch(/certificates made +0 +3\n/);
  expect(said).toMatch(/their face value +\$0 +\$30\n/);
  expect(said).toMatch(/of them still to be used +\$0 +\$10\n/);
  expect(said).toMatch(/points that tiers give +0 +240\n/);
  expect(said).not.toContain("rewards that tiers give");
  expect(sayBacktest(plain, programme, programme)).not.toContain("certificates");
});
