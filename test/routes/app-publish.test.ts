import { beforeAll, describe, expect, test } from "vitest";
import type { AShop } from "../support/a-shop.ts";
import { useMerchant } from "./merchant.ts";

const { ask, at, anotherShop } = useMerchant();
let shop: AShop;
beforeAll(async () => {
  shop = await anotherShop();
});

const publishPage = () => import("../../app/routes/app.publish.tsx");
const historyPage = () => import("../../app/routes/app.settings.history.tsx");

const review = async (from = shop) => (await ask((await publishPage()).loader, { path: "/app/publish", from })).review;
const act = async (body: object, from = shop) => ask((await publishPage()).action, { path: "/app/publish", body, from });
const history = async (path = "/app/settings/history") => ask((await historyPage()).loader, { path, from: shop });
const again = async (body: object) => ask((await historyPage()).action, { path: "/app/settings/history", body, from: shop });
const frame = async () => ask((await import("../../app/routes/app.tsx")).loader, { path: "/app", from: shop });
const compare = async (query: string) =>
  ask((await import("../../app/routes/app.versions.compare.tsx")).loader, { path: `/app/versions/compare?${query}`, from: shop });
const version = async (name: string) =>
  ask((await import("../../app/routes/app.versions.$version.tsx")).loader, {
    path: `/app/versions/${name}`,
    params: { version: name },
    from: shop,
  });

/** Changes what the reward costs, as its form does. */
async function costs(points: string, from = shop) {
  const { loader, action } = await import("../../app/routes/app.rewards.$rewardId.tsx");
  const wish = { path: "/app/rewards/five-off", params: { rewardId: "five-off" }, from };
  const { version: basedOn } = await ask(loader, wish);
  const draft = { name: "Thank you", active: true, points, unit: "points", offered: true, worth: { kind: "amount off", amount: "5" } };
  const answer = await ask(action, { ...wish, body: { draft, basedOn } });
  expect(answer).toMatchObject({ saved: true });
}

const revisionNow = async () => (await review())?.revision;
const statusOf = async (work: Promise<unknown>) =>
  work.then(
    () => 200,
    (thrown) => (thrown instanceof Response ? thrown.status : thrown),
  );

// One draft's way, in its order: each test goes on where the one before it ended.
describe("the review page", () => {
  test("has nothing to publish at first, and no page shows a bar", async () => {
    expect(await review()).toBeNull();
    expect((await frame()).draft).toBeNull();
    expect(await act({ what: "publish", revision: 0, note: "Why", when: "now", day: "", time: "" })).toMatchObject({ done: false });
  });

  test("says in words what would change, and the bar how much", async () => {
    await costs("600");
    expect((await frame()).draft).toMatchObject({ changes: 1 });
    expect(await review()).toMatchObject({
      changes: [{ part: "rewards", how: "changed", name: "Thank you", settings: [{ label: "Costs", before: "500", after: "600" }] }],
      problems: [],
      meanwhile: null,
      planned: null,
      changedBy: "staff:42",
    });
  });

  test("asks why, and for a real day and time to come", async () => {
    const wish = { what: "publish", revision: await revisionNow(), note: "Why", when: "now", day: "", time: "00:00" };
    expect(await act({ ...wish, note: " " })).toMatchObject({ done: false, field: "note" });
    expect(await act({ ...wish, when: "later" })).toMatchObject({ done: false, field: "from" });
    expect(await act({ ...wish, when: "later", day: "2020-01-01" })).toMatchObject({ done: false, field: "from" });
    expect(await act({ ...wish, revision: 99 })).toMatchObject({ done: false, sentence: expect.stringContaining("changed after") });
    expect(await review()).not.toBeNull();
  });

  test("publishes, and the history says who, when and why", async () => {
    const wish = { what: "publish", revision: await revisionNow(), note: "Dearer", when: "now", day: "", time: "" };
    expect(await act(wish)).toEqual({ done: true, said: "Version 2 published" });
    expect(await review()).toBeNull();
    expect((await history()).versions).toMatchObject([
      { version: 2, note: "Dearer", publishedBy: "staff:42", standing: "in force", canReturn: false },
      { version: 1, standing: "past", canReturn: true },
    ]);
  });

  test("puts a draft away, and undo brings it back", async () => {
    await costs("700");
    const discarded = await act({ what: "discard", revision: await revisionNow() });
    expect(discarded).toMatchObject({ done: true, undo: expect.any(Number) });
    expect(await review()).toBeNull();
    const revision = "undo" in discarded ? discarded.undo : 0;
    expect(await act({ what: "undo", revision })).toMatchObject({ done: true });
    expect((await review())?.changes[0]?.settings).toMatchObject([{ after: "700" }]);
  });

  test("brings in what was published meanwhile", async () => {
    expect(await again({ to: 1, note: "Back" })).toMatchObject({ done: true });
    const seen = await review();
    expect(seen?.meanwhile).toMatchObject({
      version: 3,
      both: { draft: ["Thank you: Costs: 600 → 700."], published: ["Thank you: Costs: 600 → 500."] },
    });
    const { revision } = seen ?? {};
    expect(await act({ what: "publish", revision, note: "Why", when: "now", day: "", time: "" })).toMatchObject({ done: false });
    expect(await act({ what: "rebase", revision, keep: null })).toMatchObject({ done: false });
    expect(await act({ what: "rebase", revision, keep: "draft" })).toMatchObject({ done: true });
    expect(await review()).toMatchObject({ meanwhile: null, basedOn: 3, changes: [{ settings: [{ before: "500", after: "700" }] }] });
  });

  test("plans a version for a day to come, which can be called off", async () => {
    const wish = {
      what: "publish",
      revision: await revisionNow(),
      note: "For the new year",
      when: "later",
      day: "2091-01-01",
      time: "09:00",
    };
    expect(await act(wish)).toEqual({ done: true, said: "Version 4 takes effect Jan 1, 2091, 9:00 AM" });
    expect((await history()).versions).toMatchObject([
      { version: 4, standing: "planned", callOffTo: 3, canReturn: false },
      { version: 3, standing: "in force" },
      { version: 2, standing: "past" },
      { version: 1, standing: "past" },
    ]);
    await costs("800");
    expect(await review()).toMatchObject({ planned: { version: 4 }, basedOn: 4 });

    expect(await again({ to: 3, note: "", callsOff: 4 })).toMatchObject({ done: false, field: "note" });
    expect(await again({ to: 3, note: "Not then", callsOff: 3 })).toMatchObject({ done: false });
    expect(await again({ to: 3, note: "Not then", callsOff: 4 })).toMatchObject({ done: true });
    expect((await history()).versions.slice(0, 3)).toMatchObject([
      { version: 5, standing: "planned", rolledBackFrom: 3, callOffTo: null },
      { version: 4, standing: "never" },
      { version: 3, standing: "in force" },
    ]);
  });

  test("says what has to be settled before publishing, where and why", async () => {
    await at.owner.query(
      `update program_draft set definition = jsonb_set(definition, '{rewards,0,unit}', '"stamp"') where program_id = $1`,
      [shop.scope.programId],
    );
    const seen = await review();
    expect(seen?.problems).toEqual([
      {
        path: "rewards[0].unit",
        said: "There is no unit called “stamp” in this programme. There is: points.",
        suggestion: null,
        name: "Thank you",
        url: "/app/rewards/five-off",
      },
    ]);
    expect(await act({ what: "publish", revision: seen?.revision, note: "Why", when: "now", day: "", time: "" })).toMatchObject({
      done: false,
    });
  });
});

describe("the history", () => {
  test("comes in pages", async () => {
    expect((await history("/app/settings/history?below=3")).versions.map((one) => one.version)).toEqual([2, 1]);
    for (const below of ["x", "-1", "1.5", "99999999999"])
      expect((await history(`/app/settings/history?below=${below}`)).versions).toHaveLength(5);
  });

  test("compares any two versions, and the draft", async () => {
    expect((await compare("from=1&to=2")).changes).toMatchObject([{ name: "Thank you", settings: [{ before: "500", after: "600" }] }]);
    expect((await compare("from=2&to=1")).changes).toMatchObject([{ settings: [{ before: "600", after: "500" }] }]);
    expect((await compare("from=1&to=3")).changes).toEqual([]);
    expect(await compare("from=1&to=draft")).toMatchObject({ hasDraft: true });
    expect(await compare("")).toMatchObject({ from: "5", to: "draft" });
    for (const from of ["0", "99", "-1", "x", "1e9", "999999999999"]) expect(await statusOf(compare(`from=${from}&to=1`))).toBe(404);
  });

  test("tells a version whole", async () => {
    const { parts, note } = await version("2");
    expect(note).toBe("Dearer");
    expect(parts.find((one) => one.part === "rewards")?.items).toEqual([
      { id: "five-off", name: "Thank you", sentence: "$5 off for 600 points", active: true },
    ]);
    expect(parts.find((one) => one.part === "policies")?.settings).toContainEqual({ label: "Days a code can be used", value: "90" });
    for (const name of ["0", "99", "x", "-1", "draft"]) expect(await statusOf(version(name))).toBe(404);
  });
});

test("another shop's draft and versions are its own", async () => {
  const other = await anotherShop();
  expect(await review(other)).toBeNull();
  await costs("900", other);
  expect((await review(other))?.changes[0]?.settings).toMatchObject([{ before: "500", after: "900" }]);
  expect((await review())?.changes[0]?.settings).not.toMatchObject([{ after: "900" }]);
});
