import { expect, test } from "vitest";
import { publishProgramme } from "../../app/flows/programme/publish-programme.ts";
import { reviewTiers } from "../../app/flows/tiers/review-tiers.ts";
import { whoMoves } from "../../app/flows/tiers/who-moves.ts";
import { useDatabase } from "../support/database.ts";
import { orderBody } from "../support/order-body.ts";
import { programmeOf } from "../support/order-facts.ts";
import { openStory } from "../support/story.ts";
import { threeTiers } from "../support/tiers.ts";

const at = useDatabase();

const ladderFrom = (silver: number, gold: number) =>
  threeTiers({
    levels: [
      { id: "bronze", name: "Bronze" },
      { id: "silver", name: "Silver", reach: [{ kind: "spend", least: silver }] },
      { id: "gold", name: "Gold", reach: [{ kind: "spend", least: gold }], entry: [{ kind: "points", points: 1000 }] },
    ],
  });

test("a draft says who would move, and publishing it moves exactly them, hands out nothing and drops nobody", async () => {
  const tiers = ladderFrom(20_000, 100_000);
  const story = await openStory(at, { definition: programmeOf({ tiers }) });
  for (const [customer, price] of [
    [1, "50.00"],
    [2, "250.00"],
    [3, "600.00"],
    [4, "1200.00"],
  ] as const) {
    await story.deliver("orders/updated", orderBody({ id: 100 + customer, customer, at: "2026-05-20T12:00:00Z", lines: [{ price }] }));
  }
  await story.drain();
  await reviewTiers(story.context);
  const { db, scope, now } = story.context;
  const moves = (draft: ReturnType<typeof ladderFrom> | null) => db.inProgramme(scope, (tx) => whoMoves(tx, draft, { now: now() }));
  const counted = async (draft: ReturnType<typeof ladderFrom> | null) =>
    (await moves(draft)).moves.map((one) => `${one.from} → ${one.to}: ${one.members}`).sort();

  expect(await counted(tiers)).toEqual([]);
  // Dearer: whoever has it keeps it.
  expect(await counted(ladderFrom(30_000, 200_000))).toEqual([]);
  const easier = ladderFrom(5_000, 50_000);
  expect(await counted(easier)).toEqual(["bronze → silver: 1", "silver → gold: 1"]);
  expect(await counted(null)).toEqual(["bronze → null: 1", "gold → null: 1", "silver → null: 2"]);
  const { looked, examples } = await moves(easier);
  expect([looked, examples.length]).toEqual([4, 2]);

  const before = await story.balance(3);
  expect(await publishProgramme(story.context, { definition: programmeOf({ tiers: easier }), basedOn: 1 })).toEqual({ version: 2 });
  story.clock.at = new Date(story.clock.at.getTime() + 1000);
  await reviewTiers(story.context);
  const { rows } = await at.owner.query(
    "select c.customer_gid as gid, t.tier_id as tier, t.why->>'because' as why from member_tier t join customer c using (program_id, member_id) where t.program_id = $1 order by 1",
    [story.programId],
  );
  expect(rows.map((row) => `${row.gid.split("/").at(-1)} ${row.tier}`)).toEqual(["1 silver", "2 silver", "3 gold", "4 gold"]);
  expect(rows[2]?.why).toBe("programme");
  expect(await story.balance(3)).toEqual(before);
});
