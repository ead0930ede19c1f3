import { describe, expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { programmeOf } from "../support/order-facts.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

const budgets = { retention: { points: 120, per: "month" as const, stops: true } };
const opened = (): Promise<Story> => openStory(at, { definition: programmeOf({ budgets }) });

/** An order of May; each later version of it is a day younger. */
const told = (id: number, version: number, more: Partial<OrderWish>) =>
  orderBody({ id, at: "2026-05-01T10:00:00Z", updated: `2026-05-0${version}T10:00:00Z`, ...more });

const nobody = { customer: null, email: null };

async function used(story: Story): Promise<number> {
  const { rows } = await at.owner.query("select used::int from budget_use where program_id = $1 and budget = 'retention'", [
    story.programId,
  ]);
  return rows[0]?.used ?? 0;
}

async function available(story: Story, ...customers: number[]): Promise<number[]> {
  return Promise.all(customers.map(async (one) => (await story.balance(one)).available));
}

describe("a budget gets back what an order took", () => {
  test.each<[string, Partial<OrderWish>]>([
    ["that was cancelled", { customer: 7, cancelled: "2026-05-02T10:00:00Z" }],
    ["that has no customer any more", nobody],
  ])("%s", async (_, then) => {
    const story = await opened();
    await story.deliver("orders/updated", told(1, 1, { customer: 7 }));
    await story.drain();
    expect([await available(story, 7), await used(story)]).toEqual([[100], 100]);
    await story.deliver("orders/updated", told(1, 2, then));
    await story.drain();
    expect([await available(story, 7), await used(story)]).toEqual([[0], 0]);
    // Told again it gives nothing back again.
    await story.deliver("orders/updated", told(1, 3, then));
    await story.deliver("orders/updated", told(2, 1, { customer: 8, lines: [{ price: "110.00" }] }));
    await story.drain();
    expect([await available(story, 8), await used(story)]).toEqual([[110], 110]);
    expect(story.failures).toEqual([]);
  });

  test("that lost its customer, and takes what is left when it finds one again", async () => {
    const story = await opened();
    await story.deliver("orders/updated", told(1, 1, { customer: 7 }));
    await story.drain();
    await story.deliver("orders/updated", told(1, 2, nobody));
    await story.deliver("orders/updated", told(2, 1, { customer: 8, lines: [{ price: "110.00" }] }));
    await story.drain();
    await story.deliver("orders/updated", told(1, 3, { customer: 9 }));
    await story.drain();
    expect([await available(story, 7, 8, 9), await used(story)]).toEqual([[0, 110, 10], 120]);
  });

  test("and an order that never had a customer asks for nothing, whoever is settled beside it", async () => {
    const story = await opened();
    await story.deliver("orders/updated", told(1, 1, { customer: 7, lines: [{ price: "120.00" }] }));
    await story.deliver("orders/updated", told(2, 1, nobody));
    await story.drain();
    expect(await used(story)).toBe(120);
    await story.deliver("orders/updated", told(1, 2, { customer: 7, cancelled: "2026-05-02T10:00:00Z" }));
    await story.drain();
    // It asks for the first time when it has one.
    await story.deliver("orders/updated", told(2, 2, { customer: 8 }));
    await story.drain();
    expect([await available(story, 7, 8), await used(story)]).toEqual([[0, 100], 100]);
  });
});
