import { expect, test } from "vitest";
import { priceCart } from "../../sandbox/checkout.ts";
import { createCustomer } from "../../sandbox/customers.ts";
import type { ShopSeed } from "../../sandbox/seed.ts";
import { aCode, aProduct, aWorld } from "./a-world.ts";

const now = new Date("2026-11-21T12:00:00Z");
const all = { order: true, product: true, shipping: true };

function counter(shop: Partial<ShopSeed> = {}) {
  const { world, state } = aWorld({ shop });
  const price = (lines: [variant: string, quantity: number][], codes: string[] = [], customerId: string | null = null) =>
    priceCart(state, { lines: lines.map(([variantId, quantity]) => ({ variantId, quantity })), codes, customerId, now });
  return {
    world,
    state,
    price,
    thing: (price: number, more = {}) => aProduct(world, state, { price, ...more }),
    code: (code: string, more = {}) => aCode(world, state, code, more),
  };
}

const reasons = (cart: ReturnType<typeof priceCart>) => cart.rejected.map((one) => one.reason);

test("a code is found whatever its case and named as the merchant wrote it", () => {
  const { price, thing, code } = counter();
  const { variant } = thing(1000);
  code("Spring-10");
  const cart = price([[variant, 1]], ["spRING-10"]);
  expect(cart.accepted).toEqual([{ code: "Spring-10", amount: 100 }]);
  expect(cart.total).toBe(900);
});

test("a fixed amount never exceeds the cart", () => {
  const { price, thing, code } = counter();
  const { variant } = thing(300);
  code("FIVE", { value: { amount: 500, onEachItem: false } });
  const cart = price([[variant, 1]], ["FIVE"]);
  expect(cart.accepted).toEqual([{ code: "FIVE", amount: 300 }]);
  expect(cart.total).toBe(0);
});

test("a fixed amount is spread over lines by largest remainder, so that the parts sum to the whole", () => {
  const { price, thing, code } = counter();
  const lines = [thing(1000), thing(1000), thing(1000)].map(({ variant }) => [variant, 1] as [string, number]);
  code("TEN", { value: { amount: 1000, onEachItem: false } });
  expect(price(lines, ["TEN"]).lines.map((line) => line.allocations[0]?.amount)).toEqual([334, 333, 333]);
});

test.each([
  ["unknown", {}, "NO-SUCH-CODE"],
  ["not started", { startsAt: "2026-11-21T12:00:01Z" }, "CODE"],
  ["expired", { endsAt: "2026-11-21T12:00:00Z" }, "CODE"],
  ["used up", { usageLimit: 1, codes: [{ id: "1", code: "CODE", uses: 1 }] }, "CODE"],
  ["minimum subtotal", { minimumSubtotal: 1001 }, "CODE"],
  ["minimum quantity", { minimumQuantity: 2 }, "CODE"],
  ["no entitled items", { items: { products: ["1"], variants: [], collections: [] } }, "CODE"],
  ["not yours", { customers: ["1"] }, "CODE"],
  ["not yours", { segments: ["1"] }, "CODE"],
])("a code is refused: %s", (reason, differs, entered) => {
  const { price, thing, code } = counter();
  const { variant } = thing(1000);
  code("CODE", differs);
  const cart = price([[variant, 1]], [entered]);
  expect(reasons(cart)).toEqual([reason]);
  expect(cart.total).toBe(1000);
});

test("a minimum that is just reached is enough", () => {
  const { price, thing, code } = counter();
  const { variant } = thing(1000);
  code("CODE", { minimumSubtotal: 1000, usageLimit: 1 });
  expect(price([[variant, 1]], ["CODE"]).accepted).toHaveLength(1);
});

test("a customer's own code is refused to others and to carts without a customer", () => {
  const { world, state, price, thing, code } = counter();
  const { variant } = thing(1000);
  const [ann, bob] = ["ann@example.com", "bob@example.com"].map((email) => createCustomer(world, state, { email }).id);
  code("ANN", { customers: [ann as string] });
  expect(reasons(price([[variant, 1]], ["ANN"]))).toEqual(["not yours"]);
  expect(reasons(price([[variant, 1]], ["ANN"], bob))).toEqual(["not yours"]);
  expect(price([[variant, 1]], ["ANN"], ann).accepted).toHaveLength(1);
});

test("once per customer means once", () => {
  const { world, state, price, thing, code } = counter();
  const { variant } = thing(1000);
  const ann = createCustomer(world, state, { email: "ann@example.com" }).id;
  code("ONCE", { oncePerCustomer: true, usedBy: [ann] });
  expect(reasons(price([[variant, 1]], ["ONCE"], ann))).toEqual(["already used"]);
});

test("gift cards are never discounted, taxed or shipped, and count towards no minimum", () => {
  const { price, thing, code } = counter({ taxRateBasisPoints: 1000, shippingRate: 500 });
  const gift = thing(5000, { giftCard: true }).variant;
  const mug = thing(1000).variant;
  code("TEN");
  code("FIFTY-UP", { minimumSubtotal: 5000 });
  expect(price([[gift, 1]], ["TEN"])).toMatchObject({ total: 5000, shipping: null, rejected: [{ reason: "no entitled items" }] });
  expect(
    price(
      [
        [gift, 1],
        [mug, 1],
      ],
      ["TEN"],
    ).lines.map((line) => line.discounted),
  ).toEqual([5000, 900]);
  expect(
    reasons(
      price(
        [
          [gift, 1],
          [mug, 1],
        ],
        ["FIFTY-UP"],
      ),
    ),
  ).toEqual(["minimum subtotal"]);
});

test("two order discounts combine only when both allow it; else the better one wins", () => {
  const { price, thing, code } = counter();
  const { variant } = thing(10_000);
  code("A", { combinesWith: all });
  code("B", { value: { basisPoints: 2000 } });
  code("C", { value: { amount: 500, onEachItem: false }, combinesWith: all });
  expect(price([[variant, 1]], ["A", "B"])).toMatchObject({
    accepted: [{ code: "B", amount: 2000 }],
    rejected: [{ code: "A", reason: "does not combine" }],
  });
  expect(price([[variant, 1]], ["A", "C"])).toMatchObject({
    accepted: [
      { code: "A", amount: 1000 },
      { code: "C", amount: 500 },
    ],
    total: 8500,
  });
});

test("a product discount goes first, an order discount takes what is left, shipping is free beside both", () => {
  const { price, thing, code } = counter({ shippingRate: 700 });
  const mug = thing(2000, { collections: ["7"] }).variant;
  const tote = thing(1000).variant;
  code("MUGS", { items: { products: [], variants: [], collections: ["7"] }, value: { basisPoints: 5000 }, combinesWith: all });
  code("ORDER", { combinesWith: all });
  code("SHIP", { kind: "free shipping", value: { freeShipping: true, maximum: null }, combinesWith: all });
  const cart = price(
    [
      [mug, 1],
      [tote, 1],
    ],
    ["MUGS", "ORDER", "SHIP"],
  );
  expect(cart.accepted).toEqual([
    { code: "MUGS", amount: 1000 },
    { code: "ORDER", amount: 200 },
    { code: "SHIP", amount: 700 },
  ]);
  expect(cart).toMatchObject({ subtotal: 1800, total: 1800, discount: 1900 });
});

test("a line takes one product discount, the best for it", () => {
  const { price, thing, code } = counter();
  const mug = thing(2000, { collections: ["7"] });
  code("FIFTH", { items: { products: [mug.product], variants: [], collections: [] }, value: { basisPoints: 2000 }, combinesWith: all });
  code("HALF", { items: { products: [], variants: [], collections: ["7"] }, value: { basisPoints: 5000 }, combinesWith: all });
  expect(price([[mug.variant, 1]], ["FIFTH", "HALF"])).toMatchObject({ accepted: [{ code: "HALF", amount: 1000 }], total: 1000 });
});

test("free shipping has a ceiling", () => {
  const { price, thing, code } = counter({ shippingRate: 701 });
  const { variant } = thing(1000);
  code("SHIP", { kind: "free shipping", value: { freeShipping: true, maximum: 700 } });
  expect(price([[variant, 1]], ["SHIP"])).toMatchObject({ accepted: [], total: 1701 });
});

test("buy two, get one: the cheapest is the gift, once an order", () => {
  const { price, thing, code } = counter();
  const [dear, cheap] = [thing(3000, { collections: ["7"] }).variant, thing(1000, { collections: ["7"] }).variant];
  const tea = { products: [], variants: [], collections: ["7"] };
  code("GIFT", {
    kind: "bxgy",
    value: { getQuantity: 1, basisPoints: 10_000 },
    items: tea,
    buys: { ...tea, quantity: 2, amount: null },
    usesPerOrder: 1,
  });
  expect(
    price(
      [
        [dear, 1],
        [cheap, 1],
      ],
      ["GIFT"],
    ).accepted,
  ).toEqual([]);
  expect(
    price(
      [
        [dear, 2],
        [cheap, 4],
      ],
      ["GIFT"],
    ).accepted,
  ).toEqual([{ code: "GIFT", amount: 1000 }]);
});

test("an automatic discount needs no code", () => {
  const { price, thing, code } = counter();
  const { variant } = thing(1000);
  code("Autumn", { method: "automatic", codes: [] });
  expect(price([[variant, 1]])).toMatchObject({
    accepted: [],
    applications: [{ type: "automatic", code: null, title: "Autumn" }],
    total: 900,
  });
});

test("tax goes on top of the discounted price, or is inside it where prices include tax", () => {
  const outside = counter({ taxRateBasisPoints: 1000 });
  outside.code("TEN");
  expect(outside.price([[outside.thing(1000).variant, 1]], ["TEN"])).toMatchObject({ tax: 90, total: 990 });
  const inside = counter({ taxRateBasisPoints: 1000, taxesIncluded: true });
  inside.code("TEN");
  expect(inside.price([[inside.thing(1100).variant, 1]], ["TEN"])).toMatchObject({ tax: 90, total: 990 });
});
