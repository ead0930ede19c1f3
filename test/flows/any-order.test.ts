import { expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { openStory } from "../support/story.ts";

const at = useDatabase();

// One customer's spring: an order is paid, one of two items comes back, an amount is given back, another order is
// placed and cancelled, a third one is edited.
const first: OrderWish = {
  id: 1,
  at: "2026-05-01T10:00:00Z",
  lines: [
    { id: 11, price: "50.00" },
    { id: 12, price: "30.00" },
  ],
};
const refund = { id: 91, lines: [{ line: 12, quantity: 1, subtotal: "30.00" }] };
const returned: OrderWish = {
  ...first,
  lines: [
    { id: 11, price: "50.00" },
    { id: 12, price: "30.00", current: 0 },
  ],
  status: "partially_refunded",
};
const versions: [string, OrderWish][] = [
  ["orders/create", { ...first, status: "pending", updated: "2026-05-01T10:00:00Z" }],
  ["orders/paid", { ...first, updated: "2026-05-01T10:00:05Z" }],
  ["orders/updated", { ...returned, refunds: [refund], updated: "2026-05-03T09:00:00Z" }],
  ["orders/updated", { ...returned, refunds: [refund, { id: 92, discrepancy: "-10.00" }], updated: "2026-05-04T09:00:00Z" }],
  ["orders/paid", { id: 2, at: "2026-05-02T10:00:00Z", lines: [{ id: 21, price: "19.99" }] }],
  [
    "orders/cancelled",
    {
      id: 2,
      at: "2026-05-02T10:00:00Z",
      updated: "2026-05-02T12:00:00Z",
      lines: [{ id: 21, price: "19.99" }],
      cancelled: "2026-05-02T12:00:00Z",
      status: "refunded",
    },
  ],
];

function* arrangements<T>(items: T[]): Generator<T[]> {
  if (items.length <= 1) return yield items;
  for (const [index, item] of items.entries())
    for (const rest of arrangements([...items.slice(0, index), ...items.slice(index + 1)])) yield [item, ...rest];
}

test("the versions of a story, delivered in each of their 720 orders, each twice, reach one balance", { timeout: 240_000 }, async () => {
  const expected = { pending: 0, available: 40, reserved: 0, owed: 0 };
  let tried = 0;
  const all = [...arrangements(versions)];
  const lanes = [0, 1, 2, 3].map(async (lane) => {
    for (const order of all.filter((_, index) => index % 4 === lane)) {
      const story = await openStory(at);
      const said = order.map(([topic, wish], index) => ({ topic, body: orderBody(wish), webhookId: `${index}` }));
      // Each twice: some at once, the others again at the end under another id, as two topics of one event are.
      const again = said.map((one) => ({ ...one, webhookId: `again ${one.webhookId}` }));
      for (const [index, { topic, body, webhookId }] of [...said, ...again].entries()) {
        await story.deliver(topic, body, { webhookId });
        if (index % 3 === lane % 3) await story.drain();
      }
      await story.drain();
      expect(story.failures).toEqual([]);
      const reached = await story.balance(7);
      expect({ order: order.map(([, wish]) => `${wish.id} ${wish.updated ?? wish.at}`), ...reached }).toMatchObject(expected);
      tried += 1;
    }
  });
  await Promise.all(lanes);
  expect(tried).toBe(720);
});
