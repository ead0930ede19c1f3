import { expect, test } from "vitest";
import { compile } from "../../app/loyalty/earning/evaluate.ts";
import { holdsConstant } from "../../app/loyalty/insight/holds-constant.ts";
import { programme } from "../support/rules.ts";

const tiers = { levels: [{ id: "gold", name: "Gold" }] } as never;
const live = compile(1, programme({ tiers, earning: [] }));
const status = compile(0, programme({ tiers, earning: [{ id: "status", award: { kind: "tier", tierId: "gold", months: 1 } }] }));
const past = { basis: "ledger" as const, from: null, beginsAt: null, imported: 0, waiting: 0, hasEvents: false, redeemed: 10_000, live };

test("a backtest says of a draft whose rules give tiers that nobody is moved by them", () => {
  const said = "A tier that a rule of the draft would give is counted as a gift, and moves nobody.";
  expect(holdsConstant({ ...past, draft: status })).toContain(said);
  expect(holdsConstant({ ...past, draft: live })).not.toContain(said);
});
