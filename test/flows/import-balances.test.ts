import { beforeEach, expect, test } from "vitest";
import { readImport, readProblems } from "../../app/db/imports.ts";
import type { Context } from "../../app/flows/context.ts";
import { adjustPoints } from "../../app/flows/members/adjust-points.ts";
import { checkBalances, discardImport, startImport, undoImport } from "../../app/flows/members/decide-import.ts";
import { importBalances } from "../../app/flows/members/import-balances.ts";
import { readBalances } from "../../app/flows/members/read-balances.ts";
import { isRefusal } from "../../app/loyalty/refusal.ts";
import { aContext, aShop } from "../support/a-shop.ts";
import { useDatabase } from "../support/database.ts";

const at = useDatabase();
let context: Context;

beforeEach(async () => {
  const { scope } = await aShop(at);
  asked.length = 0;
  context = aContext(at, scope, () => ({ shop: "juniper", call: answer }));
});

// The shop knows one customer, and is asked by e-mail and nothing else.
const asked: string[] = [];
const answer = async <T>(_: string, variables: Record<string, unknown> = {}): Promise<T> => {
  asked.push(String(variables.query));
  const una = {
    id: "gid://shopify/Customer/77",
    firstName: "Una",
    lastName: "Berg",
    locale: "de",
    state: "ENABLED",
    defaultEmailAddress: { emailAddress: "Una@example.com" },
  };
  return { customers: { nodes: String(variables.query).includes("una@example.com") ? [una] : [] } } as T;
};

const problems = (text: string) => {
  const lines = readBalances(text);
  if (isRefusal(lines)) return lines.sentence;
  return lines.map((one) => `${one.line} ${one.problem ?? one.points}`);
};

const checked = async (text: string): Promise<string> => {
  const answer = await checkBalances(context, { name: "smile.csv", text });
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer.importId;
};

const balances = async () => {
  const { rows } = await at.owner.query(
    "select m.email, b.available::int, b.owed::int from member m join balance b using (program_id, member_id) where m.program_id = $1 order by 1",
    [context.scope.programId],
  );
  return rows.map((row) => `${row.email} ${row.available}${row.owed ? ` owes ${row.owed}` : ""}`);
};

const stateOf = (importId: string) => context.db.inProgramme(context.scope, (tx) => readImport(tx, importId));

test("every row's problem is named with the row, and nothing is guessed", () => {
  expect(
    problems(
      [
        "email,points",
        "ann@example.com,100",
        "ben@example.com,1,000",
        "cas@example.com,2.50",
        "dee@example.com,-5",
        ",7",
        "not an e-mail,7",
        "eve@example.com,",
        "ANN@example.com ,9",
        "fay@example.com,0",
        "",
        "gus@example.com,300.00",
        '"hal@example.com","1 000"',
        "ida@example.com,99999999999",
      ].join("\n"),
    ),
  ).toEqual([
    "2 100",
    "3 The row has 3 fields and the first row 2. A thousands separator may be the reason.",
    "4 Points are whole numbers.",
    "5 A balance cannot be below zero.",
    "6 The e-mail is missing.",
    "7 This is not an e-mail.",
    "8 The points are missing.",
    "9 The same e-mail is in row 2.",
    "10 There is nothing to import: the balance is 0.",
    "12 300",
    "13 Write the points without thousands separators.",
    "14 A balance can be at most 10,000,000.",
  ]);
});

test("the columns are found by name, wherever they stand, in files of other apps too", () => {
  expect(problems("\uFEFFName;E-Mail;Points Balance\nAnn;ann@example.com;5")).toEqual(["2 5"]);
  expect(problems("name,points\nAnn,5")).toBe("The first row has no column email. It reads: name, points.");
  expect(problems("")).toBe("The file is empty.");
  expect(problems("email,points\n")).toBe("The file has no rows below its first.");
  expect(problems('email,points\n"ann@example.com,5')).toMatch(/not a CSV file that can be read/);
});

test("a dry run gives nothing, and can be thrown away", async () => {
  const importId = await checked("email,points\nann@example.com,100\nben@example.com,x");
  expect(await stateOf(importId)).toMatchObject({ state: "checked", rows: 1, problems: 1, points: 100, done: 0 });
  expect(await context.db.inProgramme(context.scope, (tx) => readProblems(tx, importId, 10))).toMatchObject([
    { line: 3, email: "ben@example.com" },
  ]);
  await importBalances(context, importId);
  expect(await balances()).toEqual([]);

  await discardImport(context, importId);
  expect(await stateOf(importId)).toBeUndefined();
});

test("an import gives every balance once, however often it is started and worked on", async () => {
  const importId = await checked("email,points\nann@example.com,100\nben@example.com,250");
  await Promise.all([startImport(context, importId), startImport(context, importId)]);
  await Promise.all([importBalances(context, importId), importBalances(context, importId)]);
  await importBalances(context, importId);
  expect(await balances()).toEqual(["ann@example.com 100", "ben@example.com 250"]);
  expect(await stateOf(importId)).toMatchObject({ state: "done", done: 2 });
  expect(await startImport(context, importId)).toEqual({ state: "done" });
});

test("somebody who is a member already gets the balance on what they have", async () => {
  const first = await checked("email,points\nann@example.com,100");
  await startImport(context, first);
  await importBalances(context, first);
  const second = await checked("email,points\nANN@example.com,20");
  await startImport(context, second);
  await importBalances(context, second);
  expect(await balances()).toEqual(["ann@example.com 120"]);
});

test("undoing takes back what is left; what was spent stays spent", async () => {
  const importId = await checked("email,points\nann@example.com,100\nben@example.com,250");
  await startImport(context, importId);
  await importBalances(context, importId);
  const ben = await at.owner.query("select member_id from member where program_id = $1 and email = 'ben@example.com'", [
    context.scope.programId,
  ]);
  await adjustPoints(context, { memberId: ben.rows[0].member_id, points: -200, reason: "Spent", requestId: crypto.randomUUID() });

  await undoImport(context, importId);
  await importBalances(context, importId);
  expect(await balances()).toEqual(["ann@example.com 0", "ben@example.com 0"]);
  expect(await stateOf(importId)).toMatchObject({ state: "undone", done: 0 });
  expect(await discardImport(context, importId)).toMatchObject({ refused: "begun" });
  expect(await startImport(context, importId)).toMatchObject({ refused: "not now" });
});

test("a file of many rows goes through in bites", async () => {
  const rows = Array.from({ length: 450 }, (_, index) => `shopper${index}@example.com,${index + 1}`);
  const importId = await checked(`email,points\n${rows.join("\n")}`);
  await startImport(context, importId);
  await importBalances(context, importId);
  const { rows: sums } = await at.owner.query(
    "select count(*)::int as members, sum(available)::int as points from balance where program_id = $1",
    [context.scope.programId],
  );
  expect(sums).toEqual([{ members: 450, points: (450 * 451) / 2 }]);
});

test("a balance goes to the customer whom the shop knows by that address, and shows on their card without a claim", async () => {
  const importId = await checked("email,points\nuna@example.com,250\nvic@example.com,9");
  await startImport(context, importId);
  await importBalances(context, importId);

  const { rows } = await at.owner.query(
    "select c.customer_gid, m.name, b.available::int from customer c join member m using (program_id, member_id) join balance b using (program_id, member_id) where c.program_id = $1 order by b.available desc",
    [context.scope.programId],
  );
  expect(rows[0]).toEqual({ customer_gid: "gid://shopify/Customer/77", name: "Una Berg", available: 250 });
  expect(rows[1]?.customer_gid).toMatch(/^guest:/);
  expect(asked).toEqual(['email:"una@example.com" OR email:"vic@example.com"']);
});
