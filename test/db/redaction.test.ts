import { expect, test } from "vitest";
import { checkBalances, startImport } from "../../app/flows/members/decide-import.ts";
import { importBalances } from "../../app/flows/members/import-balances.ts";
import { readBalances } from "../../app/flows/members/read-balances.ts";
import { isRefusal } from "../../app/loyalty/refusal.ts";
import { aShop } from "../support/a-shop.ts";
import { useDatabase } from "../support/database.ts";
import { orderBody } from "../support/order-body.ts";
import { openStory } from "../support/story.ts";

const at = useDatabase();
const forget = (email: string | null, id = 5) => ({ customer: { id, email }, orders_to_redact: [] });

test("who asks to be forgotten takes nobody's orders along whose address is longer than theirs", async () => {
  const story = await openStory(at);
  await story.deliver("customers/redact", forget("n@example.co"));
  await story.deliver("orders/paid", orderBody({ id: 81, customer: null, email: "ann@example.co", lines: [{ price: "10.00" }] }));
  await story.deliver("orders/paid", orderBody({ id: 82, customer: null, email: "n@example.com", lines: [{ price: "10.00" }] }));
  await story.deliver("orders/paid", orderBody({ id: 83, customer: null, email: "n@example.co.uk", lines: [{ price: "10.00" }] }));
  await at.owner.query("update inbox set not_before = '2020-01-01' where topic = 'customers/redact' and shop = $1", [story.shop]);
  // The request is heard before the orders are: a batch of others is worked off although orders wait.
  await at.owner.query("update inbox set not_before = '2030-01-01' where topic = 'orders/paid' and shop = $1", [story.shop]);
  await story.drain();
  await at.owner.query("update inbox set not_before = '2020-01-01' where topic = 'orders/paid' and shop = $1", [story.shop]);
  await story.drain();
  const { rows } = await at.owner.query("select state, reason from inbox where topic = 'orders/paid' and shop = $1", [story.shop]);
  expect(rows).toEqual(Array(3).fill({ state: "done", reason: null }));
});

test.each([
  ["in a field of its own", { email: "ann@example.com" }],
  ["in a note", { note: "Ask ann@example.com." }],
  ["behind a sign that JSON wrote as an escape", '{"note":"\\u003cann@example.com\\u003e \\nAnn@Example.com"}'],
])("their address goes from a body that has it %s", async (_, body) => {
  const story = await openStory(at);
  await story.deliver("app/scopes_update", body);
  await story.drain();
  await story.deliver("customers/redact", forget("Ann@example.com"));
  await story.drain();
  const { rows } = await at.owner.query("select body from inbox where shop = $1", [story.shop]);
  expect(rows).toEqual([{ body: '{"redacted":true}' }, { body: '{"redacted":true}' }]);
});

test("a request without an address leaves the bodies of others alone", async () => {
  const story = await openStory(at);
  await story.deliver("app/scopes_update", { id: null, email: "bob@example.com" });
  await story.drain();
  await story.deliver("customers/redact", forget(""));
  await story.drain();
  const { rows } = await at.owner.query("select body from inbox where shop = $1 and topic = 'app/scopes_update'", [story.shop]);
  expect(rows).toEqual([{ body: '{"id":null,"email":"bob@example.com"}' }]);
});

test("their address goes from imports too: from rows with a problem, and from rows that wait, which are left out then", async () => {
  const story = await openStory(at, { adminOf: async () => ({ call: async () => ({ customers: { nodes: [] } }) }) as never });
  const text = "email,points\nann@example.com,10\nbob@example.com,20\nann@example.com,abc\n";
  const checked = await checkBalances(story.context, { name: "a.csv", text });
  if (isRefusal(checked)) throw new Error(checked.sentence);
  await story.deliver("customers/redact", forget("ann@example.com"));
  await story.drain();
  const lines = () => at.owner.query("select email, state from import_row where import_id = $1 order by line", [checked.importId]);
  expect((await lines()).rows).toEqual([
    { email: null, state: "left out" },
    { email: "bob@example.com", state: "waiting" },
    { email: null, state: "left out" },
  ]);

  await startImport(story.context, checked.importId);
  await importBalances({ ...story.context, scope: { programId: story.programId, shopId: story.shopId } }, checked.importId);
  const { rows } = await at.owner.query('select state, "rows", problems, points::int, done from import where import_id = $1', [
    checked.importId,
  ]);
  expect(rows).toEqual([{ state: "done", rows: 1, problems: 2, points: 20, done: 1 }]);
});

test("a shop that leaves a programme of several takes its answers to data requests along", async () => {
  const story = await openStory(at);
  await aShop(at, { programId: story.programId });
  await story.deliver("orders/paid", orderBody({ customer: 7, lines: [{ price: "10.00" }] }));
  await story.deliver("customers/data_request", { customer: { id: 7 } });
  await story.drain();
  await at.owner.query("update shop_directory set uninstalled_at = now() where shop = $1", [story.shop]);
  await story.deliver("shop/redact", { shop_domain: story.shop });
  await story.drain();
  const { rows } = await at.owner.query("select kind, answer from data_request where program_id = $1", [story.programId]);
  expect(rows).toEqual([{ kind: "data request", answer: null }]);
});

test.each(["constructor", "toString", "__proto__"])("a topic that is called %s is none that Laurel listens to", async (topic) => {
  const story = await openStory(at);
  await story.deliver(topic, { id: 1 });
  await story.drain();
  const { rows } = await at.owner.query("select state from inbox where shop = $1", [story.shop]);
  expect(rows).toEqual([{ state: "ignored" }]);
});

// A pattern that looks back for every letter would not come to an end before the test does.
test("a file with an endless e-mail is refused", () => {
  expect(JSON.stringify(readBalances(`email,points\na@${"a.".repeat(200_000)}@,5\n`))).toContain("This is not an e-mail.");
});
