import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import type { BacktestReport } from "../../app/loyalty/insight/report.ts";
import { type Definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { useDatabase } from "../support/database.ts";
import { orderBody } from "../support/order-body.ts";
import { openStory } from "../support/story.ts";

const at = useDatabase();
const root = fileURLToPath(new URL("../..", import.meta.url));
const files = mkdtempSync(join(tmpdir(), "laurel-program-"));
afterAll(() => rmSync(files, { recursive: true, force: true }));

const simple = simplePoints(100);
type Ran = { code: number; out: string; err: string };

/** Runs the command as somebody would, in the folder of their files. */
const laurel = (...typed: string[]): Promise<Ran> =>
  new Promise((done) => {
    const { DATABASE_URL: _, ...around } = process.env;
    const env = { ...around, DATABASE_URL: at.url, INIT_CWD: files } as NodeJS.ProcessEnv;
    execFile(process.execPath, [join(root, "scripts/laurel.ts"), "program", ...typed], { cwd: root, env }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    );
  });

const why = ["--note", "Summer"];

const write = (name: string, text: string | object): string => {
  writeFileSync(join(files, name), typeof text === "string" ? text : JSON.stringify(text, null, 2));
  return name;
};
const versions = async (programId: string) =>
  (
    await at.owner.query(
      "select version, definition, note, published_by as by, effective_from as from from program_version where program_id = $1 order by version",
      [programId],
    )
  ).rows;

test("what is exported is what is in force, can be read by people, and applied again changes nothing", async () => {
  const { shop, programId } = await openStory(at);
  for (const name of ["shop.yaml", "shop.json"]) {
    expect(await laurel("export", name, "--shop", shop)).toMatchObject({ code: 0, err: "" });
    const text = readFileSync(join(files, name), "utf8");
    const { $schema, ...exported } = (name.endsWith("yaml") ? parse(text) : JSON.parse(text)) as Definition & { $schema?: string };
    expect(exported).toEqual(simple);
    expect($schema ?? text).toContain("programme.schema.json");
    expect(await laurel("validate", name)).toMatchObject({ code: 0, out: expect.stringContaining("1 earning rule, 1 reward.") as string });
    expect(await laurel("diff", name, "--shop", shop)).toMatchObject({ code: 0, out: "Nothing differs from version 1.\n" });
    expect(await laurel("apply", name, "--shop", shop)).toMatchObject({
      code: 0,
      out: expect.stringContaining("nothing was published") as string,
    });
  }
  expect(readFileSync(join(files, "shop.yaml"), "utf8")).toContain("  # 1 point for every $1 spent\n  - id: every-order");
  expect(await versions(programId)).toHaveLength(1);
});

test("a file of a shop with another currency is not taken for one's own", async () => {
  const { shop } = await openStory(at);
  const { shop: inYen, programId } = await openStory(at, { currency: "JPY" });
  await laurel("export", "dollars.yaml", "--shop", shop);
  for (const typed of [["diff"], ["backtest"], ["apply"], ["apply", "--draft"]]) {
    const ran = await laurel(...typed, "dollars.yaml", "--shop", inYen);
    expect(ran).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("Its money is in USD, and this programme counts in JPY.") as string,
    });
  }
  const converted = write(
    "yen.yaml",
    readFileSync(join(files, "dollars.yaml"), "utf8").replace("units of USD", "units of JPY").replace("per: 100", "per: 150"),
  );
  expect((await laurel("apply", converted, "--shop", inYen, ...why)).code).toBe(0);
  expect(await versions(programId)).toHaveLength(2);
});

test("nothing is published without a reason", async () => {
  const { shop, programId } = await openStory(at);
  const file = write("unsaid.json", { ...simple, rewards: [] });
  for (const note of [[], ["--note", "  "]]) {
    const ran = await laurel("apply", file, "--shop", shop, ...note);
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining("Say why") as string });
  }
  expect(await versions(programId)).toHaveLength(1);
});

test("a changed file is told in words, and published with its reason from its instant on", async () => {
  const { shop, programId } = await openStory(at);
  const [rule] = simple.earning;
  const changed = { ...simple, earning: [{ ...rule, award: { kind: "per amount", points: 7, per: 100, unit: "points" } }], rewards: [] };
  const file = write("changed.json", changed);
  const diff = await laurel("diff", file, "--shop", shop);
  expect(diff.out).toBe(
    "earning\n  Shopping: Gives: Points: 1 → 7.\nrewards\n  “Thank you” removed: $5 off for 500 points.\n2 changes.\n".replace(
      "$5 off",
      "$5 off",
    ),
  );
  expect(JSON.parse((await laurel("diff", file, "--shop", shop, "--json")).out)).toMatchObject([{ part: "earning" }, { part: "rewards" }]);

  const applied = await laurel("apply", file, "--shop", `https://${shop}/admin`, "--note", "Seven", "--from", "2099-12-01T00:00");
  expect(applied).toMatchObject({ code: 0, err: "" });
  expect(applied.out).toContain("Version 2 is published, in force from 1 Dec 2099, 00:00.");
  expect((await versions(programId))[1]).toMatchObject({
    definition: changed,
    note: "Seven",
    by: "command line",
    // Midnight in New York, where the programme is.
    from: new Date("2099-12-01T05:00:00Z"),
  });
  expect((await laurel("diff", file, "--shop", shop)).out).toContain("Version 2 waits for its day; version 1 is in force.");
});

test("what waits for its day is put in force before it only by whoever says so", async () => {
  const { shop, programId } = await openStory(at);
  const planned = write("planned.json", { ...simple, rewards: [] });
  expect((await laurel("apply", planned, "--shop", shop, "--from", "2099-12-01", ...why)).code).toBe(0);
  const renamed = write("renamed.json", { ...simple, rewards: [], points: { one: "star", other: "stars" } });
  const unsaid = await laurel("apply", renamed, "--shop", shop);
  expect(unsaid.code).toBe(2);
  expect(unsaid.err).toMatch(/^Version 2 waits for 1 Dec 2099, 00:00\. Say --from 2099-12-01T00:00 .*, or --from now /);
  expect(await versions(programId)).toHaveLength(2);

  const inItsPlace = await laurel("apply", renamed, "--shop", shop, "--from", "2099-12-01T00:00", ...why);
  expect(inItsPlace.out).toContain("Version 3 is published, in force from 1 Dec 2099, 00:00.");
  const atOnce = await laurel("apply", write("at-once.json", simple), "--shop", shop, "--from", "now", ...why);
  expect(atOnce.out).toContain("Version 3, which waited for its day, never is in force.");
  const [, second, third, fourth] = await versions(programId);
  expect(second.from).toEqual(third.from);
  expect(fourth.from.getTime()).toBeLessThan(third.from.getTime());
});

test("what waits for its day can be had sooner", async () => {
  const { shop, programId } = await openStory(at);
  const planned = write("sooner.json", { ...simple, rewards: [] });
  await laurel("apply", planned, "--shop", shop, "--from", "2099-12-01", ...why);
  expect((await laurel("apply", planned, "--shop", shop)).out).toContain("Nothing differs from version 2: nothing was published.");
  expect((await laurel("apply", planned, "--shop", shop, "--from", "2099-12-02")).out).toContain("nothing was published");
  expect((await laurel("apply", planned, "--shop", shop, "--from", "now", ...why)).out).toMatch(
    /^Version 3 is published, in force from .*\nVersion 2, which waited for its day, never is in force\.\n$/,
  );
  expect(await versions(programId)).toHaveLength(3);
});

test("a script can ask whether a file differs", async () => {
  const { shop } = await openStory(at);
  const [same, other] = [write("same.json", simple), write("other.json", { ...simple, rewards: [] })];
  const codeOf = async (file: string, ...more: string[]) => (await laurel("diff", file, "--shop", shop, ...more)).code;
  expect(await codeOf(same, "--exit-code")).toBe(0);
  expect(await codeOf(other, "--exit-code")).toBe(1);
  expect(await codeOf(other, "--exit-code", "--json")).toBe(1);
  expect(await codeOf(other)).toBe(0);
  expect(await codeOf(write("no-programme.json", {}), "--exit-code")).toBe(2);
});

const merging = (of: string) => `points: { one: point, other: points }
earning:
  - &base
    id: every-order
    name: Shopping
    active: true
    award: { kind: fixed, points: 5 }
    minimum: null
  - <<: ${of}
    id: coffee
    name: Coffee
rewards: []
policies: ${JSON.stringify(simple.policies)}
`;

test("what rules have in common is written once, and merged into the others", async () => {
  const { shop } = await openStory(at);
  const file = write("merged.yaml", merging("*base"));
  expect(await laurel("validate", file)).toMatchObject({ code: 0, out: expect.stringContaining("2 earning rules") as string });
  expect((await laurel("diff", file, "--shop", shop)).out).toContain("“Coffee” added: 5 points for every order.");
  const several = write("several.yaml", merging("[{ minimum: 900 }, *base]"));
  expect((await laurel("diff", several, "--shop", shop)).out).toContain("“Coffee” added: 5 points on orders of $9 or more.");
});

test("a rule may be the base of hundreds of others", async () => {
  const others = Array.from({ length: 200 }, (_, n) => `  - { <<: *base, id: rule-${n}, name: R }\n`).join("");
  const file = write("many.yaml", merging("*base").replace("rewards: []", `${others}rewards: []`));
  expect(await laurel("validate", file)).toMatchObject({ code: 0, out: expect.stringContaining("202 earning rules") as string });
});

test("what is wrong in a group that is merged is told where it is written", async () => {
  const ran = await laurel("validate", write("wrong-base.yaml", merging("*base").replace("points: 5", "points: five")));
  const lines = ran.err.split("\n").map((line) => line.replace(`${files}/`, "").replace(/: It.*|: Expected.*/, ""));
  expect(lines.slice(0, 2)).toEqual(["wrong-base.yaml:7:27  earning[0].award.points", "wrong-base.yaml:7:27  earning[1].award.points"]);
  const inSecond = await laurel("validate", write("wrong-second.yaml", merging("[{ minimum: free }, *base]")));
  expect(inSecond.err).toMatch(/wrong-second\.yaml:9:12 {2}earning\[1\]\.minimum/);
});

test("a wrong file is told with its lines, and changes nothing", async () => {
  const { shop, programId } = await openStory(at);
  const file = write(
    "wrong.yaml",
    `points: { one: point, other: points }
earning:
  - id: every-order
    name: Shopping
    active: true
    award: { kind: per amout, points: 1, per: 100 }
    minimum: "5"
  - id: coffee
    name: Coffee
    active: true
    when:
      kind: tier
      tiers: [gold]
    award:
      kind: fixed
      points: 5
    minimum: null
rewards: []
policies: ${JSON.stringify(simple.policies)}
colour: red
`,
  );
  const problems = [
    `wrong.yaml:6:14  earning[0].award.kind: There is no kind called “per amout” here. Did you mean “per amount”?`,
    `wrong.yaml:7:5  earning[0].minimum: Expected a whole number, found text "5". Write 5 without quotation marks.`,
    `wrong.yaml:20:1  colour: There is no setting called “colour” here. There are: points, units, earning, boosts, tiers, badges, rewards, budgets, policies, texts.`,
    `wrong.yaml:13:15  earning[1].when.tiers[0]: There is no tier called “gold” in this programme. It has none: add it first.`,
    "4 problems. Nothing was changed.",
  ];
  for (const what of ["validate", "diff", "apply"]) {
    const ran = await laurel(what, file, "--shop", shop);
    expect(ran).toMatchObject({ code: 1, out: "" });
    expect(
      ran.err
        .trim()
        .split("\n")
        .map((line) => line.replace(`${files}/`, "")),
    ).toEqual(problems);
  }
  expect(await versions(programId)).toHaveLength(1);
});

test("a file can take the draft's place, for staff to publish", async () => {
  const { shop, programId } = await openStory(at);
  const drafted = { ...simple, rewards: [] };
  const file = write("drafted.json", drafted);
  const applied = await laurel("apply", file, "--shop", shop, "--draft");
  expect(applied).toMatchObject({ code: 0, err: "" });
  expect(applied.out).toContain("Nothing was published.");
  expect((await at.owner.query("select definition from program_draft where program_id = $1", [programId])).rows).toEqual([
    { definition: drafted },
  ]);
  expect(await versions(programId)).toHaveLength(1);
  expect((await laurel("diff", file, "--shop", shop, "--draft")).out).toContain("Nothing differs from the draft, begun on version 1.");
  expect((await laurel("export", "draft.json", "--shop", shop, "--draft")).code).toBe(0);
  expect(JSON.parse(readFileSync(join(files, "draft.json"), "utf8"))).toMatchObject(drafted);
  // A wrong one leaves the draft as it is.
  expect((await laurel("apply", write("spoilt.json", { ...drafted, points: 1 }), "--shop", shop, "--draft")).code).toBe(1);
  expect((await at.owner.query("select definition from program_draft where program_id = $1", [programId])).rows).toEqual([
    { definition: drafted },
  ]);
});

test.each([
  ["twice.yaml", "points: 1\npoints: 2\n", /twice\.yaml:2:1 {2}This setting is written twice in its group\. Keep one of them\./],
  ["tabs.yaml", "points:\n\tone: point\n", /tabs\.yaml:2:1 {2}A tab stands where lines are indented\. Use spaces/],
  ["two.yaml", "points: 1\n---\npoints: 1\n", /two\.yaml:2:1 {2}A second programme begins here\. A file has one/],
  ["large.yaml", "a: b # and no end\n".repeat(300_000), /large\.yaml {2}It is larger than 4 MB\./],
  ["broken.yaml", "points: [1\n", /broken\.yaml:\d+:\d+ {2}/],
  ["broken.json", '{"points": 1,}', /broken\.json.*JSON/],
  [
    "bomb.yaml",
    `a: &a [1]\n${Array.from(
      { length: 30 },
      (_, n) =>
        `b${n}: &b${n} [${Array(9)
          .fill(n === 0 ? "*a" : `*b${n - 1}`)
          .join(",")}]`,
    ).join("\n")}\n`,
    /Its anchors repeat each other too often\. Write out what they stand for\./,
  ],
  [
    "merging-bomb.yaml",
    `a: &a { k: 1 }\n${Array.from(
      { length: 30 },
      (_, n) =>
        `b${n}: &b${n} { <<: [${Array(9)
          .fill(n === 0 ? "*a" : `*b${n - 1}`)
          .join(",")}] }`,
    ).join("\n")}\n`,
    /Its anchors repeat each other too often\./,
  ],
  ["circle.yaml", "a: &a\n  b: { <<: *a }\n", /Its anchors repeat each other too often\./],
  ["text.yaml", "hello", /found text "hello"/],
  ["empty.yaml", "", /found nothing/],
])("%s is no programme, and says where", async (name, text, said) => {
  const ran = await laurel("validate", write(name, text));
  expect(ran.code).toBe(1);
  expect(ran.err).toMatch(said);
});

test("a file is tried on the shop's own past, and nothing is written", async () => {
  const story = await openStory(at);
  for (let n = 1; n <= 3; n += 1) await story.deliver("orders/paid", orderBody({ id: n, customer: n, lines: [{ price: "10.00" }] }));
  await story.drain();
  expect(story.failures).toEqual([]);
  const counted = () => at.owner.query("select count(*)::int as n from posting where program_id = $1", [story.programId]);
  const { rows: before } = await counted();
  const [rule] = simple.earning;
  const file = write("tried.json", { ...simple, earning: [{ ...rule, award: { kind: "per amount", points: 3, per: 100 } }] });
  const report = JSON.parse((await laurel("backtest", file, "--shop", story.shop, "--json")).out) as BacktestReport;
  expect(report.counted.orders).toBe(3);
  expect(report.live.points).toBeGreaterThan(0);
  expect(report.draft.points).toBe(report.live.points * 3);
  const said = await laurel("backtest", file, "--shop", story.shop);
  expect(said).toMatchObject({ code: 0, err: "" });
  expect(said.out).toMatch(/3 orders and 0 events of \d+ members; 3 change\./);
  expect((await counted()).rows).toEqual(before);
});

test("who would move between tiers is told before a file is published", async () => {
  const story = await openStory(at);
  for (const [customer, price] of [
    [1, "10.00"],
    [2, "600.00"],
    [3, "700.00"],
  ] as const)
    await story.deliver("orders/paid", orderBody({ id: customer, customer, lines: [{ price }] }));
  await story.drain();
  const levels = [
    { id: "all", name: "Everybody" },
    { id: "gold", name: "Gold", reach: [{ kind: "spend", least: 50_000 }] },
  ];
  const file = write("tiered.json", { ...simple, tiers: { levels } });
  const { out } = await laurel("diff", file, "--shop", story.shop);
  expect(out).toContain(
    "2 changes.\n3 of 3 members would move between tiers if it took effect now; nobody loses a point.\n  no tier → Gold: 2\n  no tier → Everybody: 1\n",
  );
  await laurel("apply", file, "--shop", story.shop, ...why);
  expect((await laurel("diff", file, "--shop", story.shop)).out).toBe("Nothing differs from version 2.\n");
});

test("somebody else's newer version is not overwritten", async () => {
  const { shop, programId } = await openStory(at);
  const first = write("first.json", { ...simple, rewards: [] });
  expect((await laurel("apply", first, "--shop", shop, "--based-on", "1", ...why)).code).toBe(0);
  const second = await laurel("apply", write("second.json", simple), "--shop", shop, "--based-on", "1", ...why);
  expect(second).toMatchObject({ code: 1, err: expect.stringContaining("published version 2") as string });
  const fromAfar = await laurel("apply", "second.json", "--shop", shop, "--based-on", "9", ...why);
  expect(fromAfar).toMatchObject({ code: 1, err: "There is no version 9: the newest is 2.\n" });
  const long = await laurel("apply", "second.json", "--shop", shop, "--note", "why".repeat(200));
  expect(long).toMatchObject({ code: 1, err: "Use 500 characters or fewer to say why.\n" });
  const neverADay = await laurel("apply", "second.json", "--shop", shop, "--from", "2099-02-30T00:00:00Z", ...why);
  expect(neverADay).toMatchObject({ code: 2, err: "--from is a day and a time, such as 2026-12-01T00:00.\n" });
  expect(await versions(programId)).toHaveLength(2);
});

test.each<[string[], RegExp]>([
  [["apply"], /needs --shop/],
  [["apply", "simple.json", "--shop", "nobody.myshopify.com"], /has not installed/],
  [["validate", "missing.yaml"], /There is no file/],
  [["validate", "notes.txt"], /neither YAML nor JSON/],
  [["export", "--shop", "not a shop"], /not the name of a shop/],
  [["export", "out.txt", "--shop", "nobody.myshopify.com"], /neither YAML nor JSON/],
  [["validate", "simple.json", "notes.txt"], /“notes.txt” is one too many/],
  [["schema", "no-folder/schema.json"], /cannot be written/],
  [["forget"], /There is no command "program forget"/],
])("what cannot be asked is answered with 2: %s", async (typed, said) => {
  write("simple.json", simple);
  write("notes.txt", "");
  const ran = await laurel(...typed);
  expect(ran.code).toBe(2);
  expect(ran.err).toMatch(said);
});

test("no version takes effect in the past", async () => {
  const { shop, programId } = await openStory(at);
  const file = write("past.json", { ...simple, rewards: [] });
  const ran = await laurel("apply", file, "--shop", shop, "--from", "2020-01-01", ...why);
  expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("in the past") as string });
  expect(await versions(programId)).toHaveLength(1);
});
