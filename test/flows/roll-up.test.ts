import { afterEach, expect, test, vi } from "vitest";
import { rollUp } from "../../app/flows/insight/roll-up.ts";
import { useDatabase } from "../support/database.ts";
import { orderBody } from "../support/order-body.ts";
import { openStory, type Story } from "../support/story.ts";

const database = useDatabase();
const hour = 3_600_000;

afterEach(() => {
  vi.useRealTimers();
});

const settle = async (story: Story, id: number, price: string): Promise<void> => {
  await story.deliver("orders/paid", orderBody({ id, lines: [{ price }] }));
  await story.drain();
};

// Ids carry the time at which they were made, so time passes here for them too.
const later = (hours: number) => {
  const now = Date.now() + hours * hour;
  vi.useRealTimers();
  vi.useFakeTimers({ toFake: ["Date"], now });
};

const sums = async ({ programId }: Story) =>
  (
    await database.owner.query("select account, taken::int, given::int from account_rollup where program_id = $1 and account = 'issued'", [
      programId,
    ])
  ).rows;

test("a roll-up adds what was posted since the last one, once, and leaves the last minutes to the tail", async () => {
  const story = await openStory(database);
  await settle(story, 1, "100.00");
  await settle(story, 2, "30.00");
  later(1);
  await settle(story, 3, "7.00");
  await rollUp(story.context);
  expect(await sums(story)).toEqual([{ account: "issued", taken: 130, given: 0 }]);
  await rollUp(story.context);
  expect(await sums(story)).toEqual([{ account: "issued", taken: 130, given: 0 }]);

  later(1);
  await rollUp(story.context);
  expect(await sums(story)).toEqual([{ account: "issued", taken: 137, given: 0 }]);
  expect(story.failures).toEqual([]);
});
