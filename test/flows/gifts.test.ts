import { afterEach, describe, expect, test } from "vitest";
import { giveGift } from "../../app/flows/gifts/give-gift.ts";
import { type Reward, simplePoints } from "../../app/loyalty/program/definition.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { openStory } from "../support/story.ts";

const at = useDatabase();

afterEach(async () => {
  expect(await wrongInTheBooks(at.owner)).toEqual([]);
});

const none = { pending: 0, available: 0, reserved: 0, owed: 0 };
const ann = "gid://shopify/Customer/7";

async function annJoined(wish: Parameters<typeof openStory>[1] = {}) {
  const story = await openStory(at, wish);
  await story.deliver("customers/create", { id: 7, admin_graphql_api_id: ann, state: "enabled" });
  await story.drain();
  return { story, memberId: await story.memberOf(7) };
}

const [fiveOff] = simplePoints(100).rewards as [Reward];

describe("a gift", () => {
  test("of points is posted once for its cause, as a gift in the books, ending when it is said", async () => {
    const { story, memberId } = await annJoined();
    const wish = {
      memberId,
      gift: { kind: "points" as const, points: 250 },
      cause: "tier gold",
      why: "Reached Gold",
      expiresAt: new Date("2026-07-01T00:00:00Z"),
      now: story.clock.at,
      actor: "laurel",
    };
    const given = await story.context.db.inProgramme(story.context.scope, (tx) => giveGift(tx, wish));
    expect(given).toMatchObject({ kind: "points", before: false });
    const again = await story.context.db.inProgramme(story.context.scope, (tx) => giveGift(tx, wish));
    expect(again).toEqual({ ...given, before: true });
    expect(await story.balance(7)).toEqual({ ...none, available: 250 });
    const { rows } = await at.owner.query("select origin, expires_at, amount::int from lot where program_id = $1", [story.programId]);
    expect(rows).toEqual([{ origin: "gift", expires_at: wish.expiresAt, amount: 250 }]);

    const other = { ...wish, gift: { kind: "points" as const, points: 251 } };
    await expect(story.context.db.inProgramme(story.context.scope, (tx) => giveGift(tx, other))).rejects.toThrow("gave 250 points before");
  });

  test("of points repays what a member owes first", async () => {
    const { story, memberId } = await annJoined();
    await at.owner.query("insert into balance (program_id, member_id, unit, owed) values ($1, $2, 'points', 0) on conflict do nothing", [
      story.programId,
      memberId,
    ]);
    const { db, scope } = story.context;
    const { holdBooks } = await import("../../app/db/books.ts");
    const { post } = await import("../../app/db/ledger.ts");
    const { move, turnPage } = await import("../../app/loyalty/ledger/book.ts");
    const { newId } = await import("../../app/ids.ts");
    await db.inProgramme(scope, async (tx) => {
      const book = (await holdBooks(tx, [memberId])).get(memberId);
      if (!book) throw new Error("no book");
      const common = { memberId, shopId: null, orderGid: null, redemptionId: null, version: null, actor: null, explanation: {} };
      move(book, "owed", "issued", 40);
      await post(
        tx,
        [book],
        [{ ...common, transactionId: newId(), kind: "adjust", source: "a debt", occurredAt: story.clock.at, ...turnPage(book) }],
        story.clock.at,
      );
      // In the same transaction, with the book that is held already.
      await giveGift(tx, {
        memberId,
        gift: { kind: "points", points: 100 },
        cause: "welcome",
        why: "Welcome",
        now: story.clock.at,
        actor: "laurel",
        book,
      });
    });
    expect(await story.balance(7)).toEqual({ ...none, available: 60 });
  });

  test("of a reward is a code that costs nothing, made once, for the shop where they have an account", async () => {
    const { story, memberId } = await annJoined();
    const wish = {
      memberId,
      gift: { kind: "reward" as const, reward: { ...fiveOff, codeDays: 30 } },
      cause: "birthday 2026",
      why: "On your birthday",
      now: story.clock.at,
      actor: "laurel",
    };
    const { db, scope } = story.context;
    const given = await db.inProgramme({ ...scope, shopId: "*" }, (tx) => giveGift(tx, wish));
    expect(given).toMatchObject({ kind: "reward", before: false });
    expect(await db.inProgramme({ ...scope, shopId: "*" }, (tx) => giveGift(tx, wish))).toEqual({ ...given, before: true });
    const { rows } = await at.owner.query(
      "select points::int, charged::int, state, customer_gid, shop_id, expires_at from redemption where program_id = $1",
      [story.programId],
    );
    expect(rows).toEqual([
      {
        points: 0,
        charged: 0,
        state: "reserved",
        customer_gid: ann,
        shop_id: story.shopId,
        expires_at: new Date(story.clock.at.getTime() + 30 * 86_400_000),
      },
    ]);
    expect(await story.jobs("issue-discount")).toHaveLength(1);
    expect(await story.balance(7)).toEqual(none);
  });

  test("of a reward waits while there is no account that a code could be made for", async () => {
    const { story, memberId } = await annJoined();
    await at.owner.query("update customer set customer_gid = 'guest:abc' where program_id = $1", [story.programId]);
    const answer = await story.context.db.inProgramme({ ...story.context.scope, shopId: "*" }, (tx) =>
      giveGift(tx, { memberId, gift: { kind: "reward", reward: fiveOff }, cause: "x", why: "x", now: story.clock.at, actor: "laurel" }),
    );
    expect(answer).toMatchObject({ refused: "no account" });
  });
});
