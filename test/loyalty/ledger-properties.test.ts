import fc from "fast-check";
import { expect, test } from "vitest";
import { roundDown, roundUp, spread } from "../../app/loyalty/points.ts";
import { LedgerWorld } from "../support/ledger-world.ts";

// A failure is told again by SEED=… npx vitest run test/loyalty/ledger-properties.test.ts
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
console.info(`seed ${seed}`);
const check = <T>(property: fc.IProperty<T>, numRuns: number) =>
  fc.assert(property, { seed, numRuns: numRuns * Number(process.env.TIMES ?? 1) });

type Step =
  | { does: "settle"; order: string; due: number; held: number; expires: number | null; paid: boolean }
  | { does: "wait"; days: number }
  | { does: "give" | "take"; points: number }
  | { does: "reserve"; share: number }
  | { does: "charge"; which: number; share: number }
  | { does: "release"; which: number };

const points = fc.integer({ min: 1, max: 300 });
const expires = fc.option(fc.integer({ min: 1, max: 40 }), { nil: null, freq: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant("settle" as const),
      order: fc.constantFrom("A", "B", "C", "D"),
      due: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 300 })),
      held: fc.constantFrom(0, 0, 3, 14),
      expires,
      paid: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("wait" as const), days: fc.integer({ min: 0, max: 20 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom("give" as const, "take" as const), points }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("reserve" as const), share: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("charge" as const), which: fc.nat(5), share: fc.integer({ min: 0, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("release" as const), which: fc.nat(5) }) },
);

/** Does a step as the flows would: what they refuse is left out. */
function act(world: LedgerWorld, one: Step): void {
  const open = [...world.redemptions.values()];
  switch (one.does) {
    case "settle": {
      const before = world.orders.get(one.order);
      const paid = before?.paid ?? (one.paid ? world.day : null);
      world.settle(one.order, { due: one.due, paid, ...(before ? {} : { held: one.held, expires: one.expires }) });
      break;
    }
    case "wait":
      world.day += one.days;
      world.sweep();
      break;
    case "give":
      world.give(one.points);
      break;
    case "take":
      if (world.balance.available >= one.points) world.take(one.points);
      return;
    case "reserve":
      // A share of what there is, so that members often have nothing left, and owe when an order comes back.
      world.sweep();
      if (world.balance.available > 0) world.reserve(`redemption ${open.length + 1}`, Math.ceil((world.balance.available * one.share) / 4));
      return;
    case "charge": {
      const redemption = open[one.which];
      if (redemption) world.charge(redemption.redemptionId, Math.ceil((redemption.points * one.share) / 4));
      return;
    }
    case "release": {
      const redemption = open[one.which];
      if (redemption?.where === "reserved") world.release(redemption.redemptionId);
    }
  }
}

// Seen to fail when `move(book, "expired", "issued", part)` of correct.ts became from "available", when `repay` was
// left out of addLot, when `use` in takeBack was left out, and when charge ignored what had been charged before.
test("whatever happens to a member, lots, balances, debts and the programme's accounts agree after every step", () => {
  check(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
      const world = new LedgerWorld();
      for (const one of steps) {
        act(world, one);
        world.expectSound();
      }
    }),
    1500,
  );
});

// Seen to fail when takeBack took only min(wanted, 100) of what was wanted.
test("in whatever parts an order is returned, it has earned what it is due, and nothing when all is returned", () => {
  const dues = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 8 });
  check(
    fc.property(dues, fc.array(step, { maxLength: 20 }), (parts, between) => {
      const world = new LedgerWorld();
      for (const [index, due] of [...parts, 0].entries()) {
        world.settle("the order", { due });
        for (const one of between.slice(index * 3, index * 3 + 3)) act(world, one);
        expect(world.recorded.get("the order")).toBe(due);
        world.expectSound();
      }
      for (const order of world.orders.keys()) world.settle(order, { due: 0 });
      world.expectSound();
      expect(world.sums.get("issued") ?? 0).toBe(0);
    }),
    800,
  );
});

// Seen to fail when giveBack skipped the last lot that had given.
test("a redemption that ends unused leaves the member as if it had never been", () => {
  check(
    fc.property(
      fc.array(step, { maxLength: 15 }),
      points,
      fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
      (before, wish, shares) => {
        const world = new LedgerWorld();
        for (const one of before) act(world, one);
        world.sweep();
        const had = { ...world.balance };
        if (!world.reserve("the reward", wish)) return;
        for (const share of shares) world.charge("the reward", Math.ceil((wish * share) / 4));
        world.charge("the reward", 0);
        world.expectSound();
        expect(world.balance).toEqual(had);
      },
    ),
    800,
  );
});

// Seen to fail when the debt was struck off after the lots had their points back (as it once was).
test("what comes back of a redemption never becomes points that cannot expire, unless a debt was repaid between", () => {
  check(
    fc.property(points, points, fc.integer({ min: 0, max: 3 }), (had, wish, share) => {
      const world = new LedgerWorld();
      world.settle("A", { due: had + wish, expires: 500 });
      world.reserve("the reward", wish);
      world.release("the reward");
      world.reserve("another", had + Math.ceil(wish / 2));
      world.charge("the reward", wish);
      world.charge("the reward", Math.ceil((wish * share) / 4));
      world.charge("the reward", 0);
      world.expectSound();
      expect([...world.lots.values()].filter((lot) => lot.expiresAt === null)).toEqual([]);
    }),
    300,
  );
});

// Seen to fail when the remainder went to the last part whatever its share.
test("parts sum to the whole, none is further than one from its exact share, and a larger weight never gets less", () => {
  check(
    fc.property(fc.nat(1_000_000), fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 30 }), (total, weights) => {
      const parts = spread(total, weights);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
      const sum = weights.reduce((all, one) => all + one, 0);
      if (sum === 0) return;
      for (const [index, part] of parts.entries()) {
        const weight = weights[index] ?? 0;
        expect(part).toBeGreaterThanOrEqual(roundDown(BigInt(total) * BigInt(weight), sum));
        expect(part).toBeLessThanOrEqual(roundUp(BigInt(total) * BigInt(weight), sum));
        for (const [other, less] of weights.entries()) if (less < weight) expect(parts[other] ?? 0).toBeLessThanOrEqual(part);
      }
    }),
    500,
  );
});

// Seen to fail when roundDown used a truncating division for negative numbers.
test("rounding down never gives more than the share, rounding up never less, and they differ by one at most", () => {
  check(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 1, max: 10 ** 9 }), (numerator, denominator) => {
      const [down, up] = [BigInt(roundDown(numerator, denominator)), BigInt(roundUp(numerator, denominator))];
      expect(down * BigInt(denominator) <= numerator).toBe(true);
      expect(up * BigInt(denominator) >= numerator).toBe(true);
      expect(up - down).toBe(numerator % BigInt(denominator) === 0n ? 0n : 1n);
    }),
    500,
  );
});
