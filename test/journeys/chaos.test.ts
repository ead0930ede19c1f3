import { describe, expect, test } from "vitest";
import { type Random, seeded } from "../../sandbox/random.ts";
import type { Customer, Order } from "../../sandbox/world.ts";
import { useTown } from "../support/town.ts";
import type { TownShop } from "../support/town-shop.ts";

/**
 * The same history happens in two shops: one hears of it calmly, the other twice, late, shuffled and after losses.
 * Both come to the same balances.
 */
describe("webhooks that come twice, late, shuffled and not at first", () => {
  const town = useTown({ shops: { calm: {}, wild: {} } });
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

  test(`give the balances that calm ones give (seed ${seed})`, async () => {
    await town.control("/wild/chaos", { duplicate: 0.5, shuffle: true, delayMs: 60, drop: 0.3, seed });
    const calm = await live(town.shop("calm"), seeded(seed), town.settled);
    const wild = await live(town.shop("wild"), seeded(seed), town.settled);
    expect(calm.redeemed).toBeGreaterThan(3);
    expect(calm.changed).toBeGreaterThan(20);
    expect(wild).toEqual(calm);

    const deliveries = [...town.shop("wild").state().deliveries.values()];
    const count = (failed: boolean) => deliveries.flatMap((one) => one.attempts.filter((each) => (each.status === null) === failed)).length;
    console.log(`  ${deliveries.length} deliveries of the wild shop: ${count(true)} times lost, ${count(false)} times answered`);
    expect(count(false)).toBeGreaterThan(deliveries.length * 1.3);
    expect(count(true)).toBeGreaterThan(deliveries.length * 0.2);
    expect(await town.wrong()).toEqual([]);
  });
});

const begins = Date.now() - 20 * 3_600_000;

/** Sixty orders of ten people, some refunded, edited, cancelled or given away, in between rewards. All of it follows from `random`. */
async function live(shop: TownShop, random: Random, settled: () => Promise<void>) {
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const people: Customer[] = [];
  for (let each = 0; each < 10; each++) people.push(await shop.customer({ firstName: `P${each}`, email: `p${each}@example.com` }));
  await settled();

  const orders: Order[] = [];
  let minute = 0;
  let changed = 0;
  const place = async (customer: Customer, codes: string[] = []) => {
    const prices = Array.from({ length: 1 + Math.floor(random() * 3) }, () => Math.ceil(random() * 20_000) / 100);
    minute += 1 + Math.floor(random() * 4);
    // A code can only be used since it was made.
    const when = codes.length > 0 ? {} : { createdAt: new Date(begins + 60_000 * minute).toISOString() };
    orders.push(await shop.order(customer, { prices, codes, shipping: 700, ...when }));
  };
  const change = async () => {
    const order = one(orders);
    const [kind, line, amount, other] = [random(), one(order.lines), Math.ceil(random() * 3000), one(people)];
    const done =
      kind < 0.3
        ? shop.act(order, "refund", { lines: [{ line: line.id, quantity: 1 }] })
        : kind < 0.5
          ? shop.act(order, "refund", { amount })
          : kind < 0.6
            ? shop.act(order, "refund", { shipping: 300 })
            : kind < 0.75
              ? // What is added is paid for, or its points would be pending for ever.
                shop.act(order, "edit", { add: [{ variant: shop.variant(), quantity: 1 }] }).then(() => shop.act(order, "pay"))
              : kind < 0.85
                ? shop.act(order, "edit", { remove: [{ line: line.id, quantity: 1 }] })
                : kind < 0.95
                  ? shop.act(order, "cancel", { refund: true })
                  : shop.act(order, "customer", { customer: other.id });
    // What the shop refuses (an order that is cancelled already) it refuses in both.
    await done.then(
      () => (changed += 1),
      () => undefined,
    );
  };

  for (let each = 0; each < 45; each++) {
    await place(one(people));
    if (random() < 0.6) await change();
  }
  await settled();

  let redeemed = 0;
  for (const person of people) {
    if ((await shop.held(person)).available < 500) continue;
    const { status } = await (await shop.shopper(person)).redeem();
    expect(status).toBe(303);
    redeemed += 1;
    const [redemption] = await shop.redemptions(person);
    if (random() < 0.8) await place(person, [redemption?.code ?? ""]);
  }
  await settled();
  for (let each = 0; each < 15; each++) {
    await place(one(people));
    if (random() < 0.8) await change();
  }
  await settled();

  const balances = [];
  for (const person of people) {
    const redemptions = (await shop.redemptions(person)).map(({ state, charged, given }) => ({ state, charged, given }));
    balances.push({ who: person.firstName, ...(await shop.held(person)), redemptions });
  }
  return { balances, redeemed, changed, orders: orders.length };
}
