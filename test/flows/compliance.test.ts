import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { adjustPoints } from "../../app/flows/members/adjust-points.ts";
import { drainProgramme } from "../../app/flows/receiving/drain-inbox.ts";
import { receiveEvents } from "../../app/flows/receiving/receive-event.ts";
import { reserveReward } from "../../app/flows/redeeming/reserve-reward.ts";
import { aShop } from "../support/a-shop.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { orderBody } from "../support/order-body.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

afterEach(async () => {
  expect(await wrongInTheBooks(at.owner)).toEqual([]);
});

const ann = "gid://shopify/Customer/7000000000007";
const annId = 7000000000007;

/** Ann bought twice, once as a guest, has points and a reward; Bob, whose id begins like hers, bought too. */
async function annAndBob(): Promise<Story> {
  const story = await openStory(at);
  await story.deliver("customers/create", { id: annId, state: "enabled", first_name: "Ann", last_name: "Lee", email: "ann@example.com" });
  await story.deliver("orders/paid", orderBody({ id: 900001, customer: annId, lines: [{ price: "600.00" }] }));
  await story.deliver("orders/paid", orderBody({ id: 900002, customer: null, email: "Ann@example.com" }));
  const bobs = orderBody({ id: 900003, customer: `${annId}1`, lines: [{ price: "40.00", quantity: 900001 }] });
  await story.deliver("orders/paid", {
    ...bobs,
    customer: { ...bobs.customer, first_name: "Bob", last_name: "Ray", email: "bob@example.com" },
  });
  await story.drain();
  await reserveReward(story.context, { customerGid: ann, rewardId: "five-off", requestId: "1" });
  await adjustPoints(story.context, { memberId: await story.memberOf(ann), points: 5, reason: "Sorry", requestId: randomUUID() });
  return story;
}

const request = (story: Story, more = {}) => ({
  shop_id: 1,
  shop_domain: story.shop,
  customer: { id: annId, email: "ann@example.com", phone: "+1 555 0100" },
  ...more,
});

async function comply(story: Story, topic: string, body: object): Promise<void> {
  await story.deliver(topic, body);
  await story.drain();
  expect(story.failures).toEqual([]);
}

const sums = async (story: Story) =>
  (
    await at.owner.query(
      `select account, sum(amount)::int as points from (
         select from_account as account, -amount as amount from posting where program_id = $1 union all select to_account, amount from posting where program_id = $1) p
       group by 1 order by 1`,
      [story.programId],
    )
  ).rows;

/** Every text of a programme's rows, to look for a person in. */
async function everything(story: Story): Promise<string> {
  const { rows: tables } = await at.owner.query(`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'program_id' where n.nspname = 'public' and c.relkind = 'r'`);
  const found = [];
  for (const { name } of tables)
    found.push(
      ...(await at.owner.query(`select '${name}' as table, to_jsonb(t) as row from ${name} t where program_id = $1`, [story.programId]))
        .rows,
    );
  return JSON.stringify(found);
}

describe("a customer asks what is held of them", () => {
  test("the answer has all: who, balances, every movement, orders and rewards, and nothing of anybody else", async () => {
    const story = await annAndBob();
    await comply(story, "customers/data_request", request(story, { orders_requested: [900001], data_request: { id: 9 } }));
    const { rows } = await at.owner.query("select kind, customer_gid, answered_at, answer from data_request where program_id = $1", [
      story.programId,
    ]);
    expect(rows).toMatchObject([{ kind: "data request", customer_gid: ann, answered_at: story.clock.at }]);
    const { answer } = rows[0];
    expect(answer.member).toMatchObject({ name: "Ann Lee", email: "ann@example.com", state: "active" });
    expect(answer.balances).toEqual([{ unit: "points", pending: 0, available: 105, reserved: 500, owed: 0 }]);
    expect(answer.movements.map((one: { kind: string }) => one.kind)).toEqual(["order", "reserve", "adjust"]);
    expect(answer.orders.map((one: { name: string }) => one.name)).toEqual(["#900001"]);
    expect(answer.redemptions).toMatchObject([{ points: 500, state: "reserved" }]);
    expect(answer.tags).toEqual([]);
    expect(JSON.stringify(answer)).not.toMatch(/bob|#900003/i);
  });

  test("a request about somebody we never met is answered with nothing, and one that names nobody stays for people to see", async () => {
    const story = await openStory(at);
    await comply(story, "customers/data_request", request(story));
    const { rows } = await at.owner.query("select answer from data_request where program_id = $1", [story.programId]);
    expect(rows[0].answer).toMatchObject({ member: null, balances: [], movements: [], orders: [], redemptions: [] });
    await comply(story, "customers/data_request", { shop_domain: story.shop });
    const failed = await at.owner.query("select reason from inbox where program_id = $1 and state = 'failed'", [story.programId]);
    expect(failed.rows).toEqual([{ reason: "The request names no customer." }]);
    await at.owner.query("update inbox set state = 'ignored' where program_id = $1", [story.programId]);
  });
});

describe("a customer is to be forgotten", () => {
  test("their name and address are nowhere any more, the books stay to the point, and others keep theirs", async () => {
    const story = await annAndBob();
    const before = { sums: await sums(story), balance: await story.balance(ann) };
    expect(await everything(story)).toMatch(/ann@example\.com/i);
    await comply(story, "customers/data_request", request(story));
    await comply(story, "customers/redact", request(story, { orders_to_redact: [900001, 900002] }));
    const left = await everything(story);
    expect(left).not.toMatch(/ann@example|"Ann"|Ann Lee|555 0100/i);
    expect(left).toMatch(/Bob Ray/);
    expect(left).toMatch(/bob@example\.com/);
    expect(left, "Bob's order, whose quantity is the number of Ann's").toMatch(/first_name[\\":]+Bob/);
    expect({ sums: await sums(story), balance: await story.balance(ann) }).toEqual(before);
  });

  test("what still comes of a forgotten customer brings no name back", async () => {
    const story = await annAndBob();
    await comply(story, "customers/redact", request(story));
    await comply(story, "customers/update", { id: annId, state: "enabled", first_name: "Ann", last_name: "Lee", email: "ann@example.com" });
    const { rows } = await at.owner.query("select name, email, redacted_at is not null as redacted from member where member_id = $1", [
      await story.memberOf(ann),
    ]);
    expect(rows).toEqual([{ name: null, email: null, redacted: true }]);
  });

  test("their orders can still be refunded", async () => {
    const story = await annAndBob();
    await comply(story, "customers/redact", request(story));
    await comply(
      story,
      "orders/updated",
      orderBody({ id: 900001, customer: annId, lines: [{ price: "600.00" }], status: "refunded", updated: "2026-05-09T10:00:00Z" }),
    );
    expect(await story.balance(ann)).toEqual({ pending: 0, available: 0, reserved: 500, owed: 495 });
  });

  test("a deleted customer is forgotten alike", async () => {
    const story = await annAndBob();
    await comply(story, "customers/delete", { id: annId });
    const { rows } = await at.owner.query("select name, email from member where member_id = $1", [await story.memberOf(ann)]);
    expect(rows).toEqual([{ name: null, email: null }]);
  });
});

describe("a shop has left for good", () => {
  const leave = async (story: Story, shop = story.shop) => {
    await at.owner.query("update shop_directory set installed_at = '2026-01-01' where shop = $1", [shop]);
    await receiveEvents(at.db, [delivery(shop, "app/uninstalled", { domain: shop }, story.clock.at)], story.clock.at);
    await story.drain();
  };
  const delivery = (shop: string, topic: string, body: object, triggeredAt: Date) => ({
    shop,
    topic,
    webhookId: randomUUID(),
    eventId: null,
    apiVersion: "2026-10",
    triggeredAt,
    body: JSON.stringify(body),
  });
  const redact = async (story: Story, shop = story.shop) => {
    await receiveEvents(at.db, [delivery(shop, "shop/redact", { shop_id: 1, shop_domain: shop }, story.clock.at)], story.clock.at);
    await story.drain();
    expect(story.failures).toEqual([]);
  };
  const rowsOf = async (story: Story): Promise<number> =>
    JSON.parse(await everything(story)).filter((one: { table: string }) => one.table !== "erasure").length;

  test("everything of its programme goes", async () => {
    const story = await annAndBob();
    const other = await annAndBob();
    await leave(story);
    await redact(story);
    expect(await rowsOf(story)).toBe(0);
    expect(await other.balance(ann)).toMatchObject({ available: 105, reserved: 500 });
  });

  test("a shop that came back within the two days keeps everything", async () => {
    const story = await annAndBob();
    await leave(story);
    await at.owner.query("update shop_directory set uninstalled_at = null, installed_at = $2 where shop = $1", [
      story.shop,
      story.clock.at,
    ]);
    await redact(story);
    expect(await story.balance(ann)).toMatchObject({ available: 105, reserved: 500 });
    const { rows } = await at.owner.query("select state, reason from inbox where program_id = $1 and topic = 'shop/redact'", [
      story.programId,
    ]);
    expect(rows).toEqual([{ state: "ignored", reason: "The shop has the app installed again." }]);
  });

  test("an uninstallation that is told after the shop came back is of the older installation", async () => {
    const story = await openStory(at);
    await at.owner.query("update shop_directory set installed_at = $2 where shop = $1", [story.shop, new Date("2026-06-01T11:00:00Z")]);
    await receiveEvents(at.db, [delivery(story.shop, "app/uninstalled", {}, new Date("2026-06-01T10:00:00Z"))], story.clock.at);
    await story.drain();
    const { rows } = await at.owner.query("select uninstalled_at from shop_directory where shop = $1", [story.shop]);
    expect(rows).toEqual([{ uninstalled_at: null }]);
  });

  test("of two shops the first to leave takes its customers' names with it, the last takes all", async () => {
    const story = await annAndBob();
    const second = await aShop(at, { programId: story.programId });
    await leave(story);
    await redact(story);
    const left = await everything(story);
    expect(left).not.toMatch(/ann@example|bob@example|Ann Lee/i);
    expect(await story.balance(ann)).toMatchObject({ available: 105, reserved: 500 });

    await leave(story, second.shop);
    await redact(story, second.shop);
    while ((await drainProgramme({ ...story.context, settled: () => undefined, failed: () => undefined }, story.programId)) > 0);
    expect(await rowsOf(story)).toBe(0);
  });
});
