import { describe, expect, test } from "vitest";
import { dayOf } from "../support/ledger-world.ts";
import { tell } from "../support/tell.ts";

describe("earning", () => {
  test("an order's points are spendable at once when nothing is held", () => {
    tell(`
      award A 100              available 100
    `);
  });

  test("points wait out the hold and then mature", () => {
    tell(`
      award A 100 held 14      pending 100
      day 13                   pending 100
      day 14                   available 100
    `);
  });

  test("an unpaid order's points have no day until it is paid", () => {
    tell(`
      award A 100 unpaid held 2     pending 100
      day 400                       pending 100
      paid A                        pending 100
      day 401                       pending 100
      day 402                       available 100
    `);
  });

  test("an order that was paid when it became due matures in the same step", () => {
    tell(`
      award A 100 unpaid       pending 100
      day 3                    pending 100
      paid A                   available 100
    `);
  });

  test("settling an order again with the same contents posts nothing", () => {
    const world = tell(`
      award A 100              available 100
      due A 100                available 100
      due A 100                available 100
    `);
    expect(world.lots.size).toBe(1);
    expect(world.uses).toEqual([]);
  });

  test("an edit upwards adds a lot, a later edit downwards takes from both", () => {
    tell(`
      award A 100              available 100
      due A 130                available 130
      due A 20                 available 20
      due A 100                available 100
    `);
  });
});

describe("refunds", () => {
  test("a refund of a held order takes pending points first", () => {
    tell(`
      award A 100              available 100
      award B  50 held 7       available 100  pending 50
      due B 30                 available 100  pending 30
      return B                 available 100
    `);
  });

  test("after a part of an order matured, what is still pending of it is taken first", () => {
    tell(`
      award A 100              available 100
      day 1                    available 100
      due A 140                available 140
      due A 90                 available 90
      return A
    `);
  });

  test("a refund of spent points is covered by the member's other points", () => {
    tell(`
      award A 100              available 100
      reserve R 100            reserved 100
      use R 100
      award B 70               available 70
      due A 60                 available 30
      due A 20                 owed 10
    `);
  });

  test("a refund after spending is owed, and repaid by the next award", () => {
    tell(`
      award A 100              available 100
      reserve R 100            reserved 100
      use R 100
      return A                 owed 100
      award B 40               owed 60
      award C 100              available 40
    `);
  });

  test("a debt is not repaid by pending points, but by what matures of them", () => {
    tell(`
      award A 100              available 100
      reserve R 100            reserved 100
      use R 100
      return A                 owed 100
      award B 160 held 7       pending 160  owed 100
      day 7                    available 60
    `);
  });

  test("a gift of staff repays a debt too", () => {
    tell(`
      award A 100              available 100
      reserve R 100            reserved 100
      use R 100
      return A                 owed 100
      give 30                  owed 70
      give 100                 available 30
    `);
  });

  test("a refund while the points are reserved is owed, and settled when the reservation comes back", () => {
    tell(`
      award A 100              available 100
      reserve R 100            reserved 100
      return A                 reserved 100  owed 100
      release R
    `);
  });

  test("a returned order that is due again after all earns again, first of all what is owed", () => {
    tell(`
      award A 100              available 100
      reserve R 100            reserved 100
      use R 100
      return A                 owed 100
      due A 100
      award B 10               available 10
    `);
  });
});

describe("expiry", () => {
  test("what is left of a lot expires on its day, not before", () => {
    tell(`
      award A 100 expires 30   available 100
      day 29                   available 100
      day 30
    `);
  });

  test("what expires first is spent first, whatever was earned first", () => {
    tell(`
      award A 100 expires 90   available 100
      award B  50 expires 30   available 150
      reserve R 50             available 100  reserved 50
      day 30                   available 100  reserved 50
      use R 50                 available 100
      day 89                   available 100
      day 90
    `);
  });

  test("points without an expiry are spent last", () => {
    tell(`
      give 100                 available 100
      award A 50 expires 30    available 150
      reserve R 50             available 100  reserved 50
      day 31                   available 100  reserved 50
    `);
  });

  test("an expired part is not taken twice when its order is returned", () => {
    const world = tell(`
      award A 100 expires 30   available 100
      award B 500              available 600
      day 30                   available 500
      return A                 available 500
    `);
    expect(world.sums.get("expired")).toBe(0);
  });

  test("an order returned in parts after it expired takes nothing, part by part", () => {
    const world = tell(`
      award A 100 expires 30   available 100
      award B 500              available 600
      day 30                   available 500
      due A 60                 available 500
      due A 10                 available 500
      return A                 available 500
    `);
    expect(world.sums.get("expired")).toBe(0);
  });

  test("of an order partly spent and partly expired, only the spent part is taken from other points", () => {
    tell(`
      award A 100 expires 30   available 100
      reserve R 70             available 30  reserved 70
      use R 70                 available 30
      day 30
      award B 200              available 200
      due A 80                 available 200
      return A                 available 130
    `);
  });

  test("pending points expire too when their day comes before they mature", () => {
    tell(`
      award A 100 held 60 expires 30    pending 100
      day 30
      day 60
    `);
  });

  test("reserved points do not expire while they are reserved", () => {
    tell(`
      award A 100 expires 30   available 100
      reserve R 100            reserved 100
      day 31                   reserved 100
      use R 100
    `);
  });
});

describe("redeeming", () => {
  test("a reserved reward that is never used gives its points back", () => {
    tell(`
      award A 100              available 100
      reserve R 60             available 40  reserved 60
      release R                available 100
    `);
  });

  test("an order that used a part of a reward costs a part of its points", () => {
    tell(`
      award A 500              available 500
      reserve R 500            reserved 500
      use R 300                available 200
    `);
  });

  test("a partly used reward whose order is cancelled gives the rest back", () => {
    tell(`
      award A 500              available 500
      reserve R 500            reserved 500
      use R 300                available 200
      cancel R                 available 500
    `);
  });

  test("a code used after its points were given back takes them again", () => {
    tell(`
      award A 500              available 500
      reserve R 500            reserved 500
      release R                available 500
      use R 500
    `);
  });

  test("a code used after its points were given back and spent is owed", () => {
    tell(`
      award A 500              available 500
      reserve R 500            reserved 500
      release R                available 500
      reserve S 400            available 100  reserved 400
      use R 500                reserved 400  owed 400
      award B 450              reserved 400  available 50
    `);
  });

  test("a code used late, owed, and then cancelled leaves what there was", () => {
    tell(`
      award A 500              available 500
      reserve R 500            reserved 500
      release R                available 500
      reserve S 400            available 100  reserved 400
      use R 500                reserved 400  owed 400
      cancel R                 reserved 400  available 100
    `);
  });

  test("what comes back of a debt is the old lot with its old day, not a new one without any", () => {
    const world = tell(
      `
      award A 500 expires 300  available 500
      reserve R 500            reserved 500
      release R                available 500
      reserve S 400            available 100  reserved 400
      use R 500                reserved 400  owed 400
      cancel R                 reserved 400  available 100
      day 300                  reserved 400
    `,
    );
    expect([...world.lots.values()].map(({ origin, left, orderGid }) => ({ origin, left, orderGid }))).toEqual([
      { origin: "sale", left: 0, orderGid: "A" },
    ]);
  });

  test("a debt that was repaid before the order was cancelled comes back as points", () => {
    tell(`
      award A 500              available 500
      reserve R 500            reserved 500
      release R                available 500
      reserve S 500            reserved 500
      use R 500                reserved 500  owed 500
      award B 600              reserved 500  available 100
      cancel R                 reserved 500  available 600
    `);
  });

  test("cost that rises takes the rest, from other points or as a debt", () => {
    tell(`
      award A 500              available 500
      reserve R 500            reserved 500
      use R 100                available 400
      use R 300                available 200
      reserve S 200            reserved 200
      use R 500                reserved 200  owed 200
    `);
  });

  test("points that come back after their day get days of grace", () => {
    const world = tell(
      `
      award A 100 expires 30   available 100
      reserve R 100            reserved 100
      day 50                   reserved 100
      release R                available 100
      day 79                   available 100
      day 80
    `,
      { graceDays: 30 },
    );
    expect([...world.lots.values()].map((lot) => lot.expiresAt)).toEqual([dayOf(80)]);
  });

  test("points that come back long before their day keep it", () => {
    const world = tell(`
      award A 100 expires 300  available 100
      reserve R 100            reserved 100
      day 50                   reserved 100
      release R                available 100
    `);
    expect([...world.lots.values()].map((lot) => lot.expiresAt)).toEqual([dayOf(300)]);
  });

  test("what comes back of a partly used reward is what would have expired last", () => {
    tell(
      `
      award A 100 expires 30   available 100
      award B 100 expires 200  available 200
      reserve R 200            reserved 200
      use R 100                available 100
      day 100                  available 100
      day 200
    `,
      { graceDays: 0 },
    );
  });
});

describe("staff", () => {
  test("staff take what would expire first, and never more than there is", () => {
    tell(`
      award A 100 expires 30   available 100
      give 50                  available 150
      take 100                 available 50
      day 30                   available 50
    `);
    expect(() => tell("take 1")).toThrow(/fewer than their balance/);
  });

  test("an order that is returned after staff took its points is owed", () => {
    tell(`
      award A 100              available 100
      take 60                  available 40
      return A                 owed 60
    `);
  });
});
