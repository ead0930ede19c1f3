import { expect, test } from "vitest";
import { sessionToken, useMerchant } from "./merchant.ts";

const { ask, at, shop, anotherShop } = useMerchant();
const rulePage = () => import("../../app/routes/app.earning.$ruleId.tsx");
const rewardPage = () => import("../../app/routes/app.rewards.$rewardId.tsx");
const settingsPage = () => import("../../app/routes/app.settings._index.tsx");

const rule = (change: object = {}) => ({
  name: "Shopping",
  active: true,
  award: { kind: "per amount", points: "2", per: "1.00" },
  minimum: "",
  ...change,
});
const opened = async (ruleId = "every-order", from = shop()) => {
  const { loader } = await rulePage();
  return ask(loader, { path: `/app/earning/${ruleId}`, params: { ruleId }, from });
};
const save = async (ruleId: string, body: object, from = shop()) => {
  const { action } = await rulePage();
  return ask(action, { path: `/app/earning/${ruleId}`, params: { ruleId }, body, from });
};

const refusedWith = async (work: Promise<unknown>) => {
  const answer = await work.then(
    () => "it was answered",
    (thrown) => thrown,
  );
  return answer instanceof Response ? answer.status : answer;
};

test("a page is for whoever holds a token that the shop's app has signed, and for nobody else", async () => {
  const { loader } = await rulePage();
  const wish = { path: "/app/earning/every-order", params: { ruleId: "every-order" } };
  const { shop: name } = shop();
  expect(await refusedWith(ask(loader, { ...wish, token: sessionToken(name, { secret: "another app's" }) }))).toBe(401);
  expect(await refusedWith(ask(loader, { ...wish, token: sessionToken(name, { exp: 1 }) }))).toBe(401);
  expect(await refusedWith(ask(loader, { ...wish, token: sessionToken(name, { aud: "another-app" }) }))).toBe(401);
  expect(await refusedWith(ask(loader, { ...wish, token: null }))).toBe(302);
  expect(await ask(loader, wish)).toMatchObject({ rule: { id: "every-order" } });
});

test("a rule that is saved goes into the draft, and nothing that is live changes", async () => {
  const { version } = await opened();
  expect(await save("every-order", { draft: rule({ minimum: "20.00" }), basedOn: version })).toMatchObject({ saved: true });
  expect(await opened()).toMatchObject({ version: version + 1, rule: { award: { points: 2, per: 100 }, minimum: 2000 } });
  const { rows } = await at.owner.query("select version from program_version where program_id = $1", [shop().scope.programId]);
  expect(rows).toEqual([{ version: 1 }]);
});

test("what is wrong is said beside each field, and nothing is saved", async () => {
  const { version } = await opened();
  const wrong = rule({ name: "", award: { kind: "per amount", points: "many", per: "1,000" }, minimum: "x" });
  expect(await save("every-order", { draft: wrong, basedOn: version })).toEqual({
    saved: false,
    errors: {
      name: "Fill this in.",
      "award.points": "Enter a whole number.",
      "award.per": "Enter an amount of money.",
      minimum: "Enter an amount of money.",
    },
  });
  expect((await opened()).version).toBe(version);
});

test("a save of what somebody else has saved meanwhile is held back and told of it; on top of it it goes through", async () => {
  const { version } = await opened();
  await save("every-order", { draft: rule({ name: "Theirs" }), basedOn: version });
  const mine = { draft: rule({ name: "Mine" }), basedOn: version };
  expect(await save("every-order", mine)).toEqual({
    saved: false,
    errors: {},
    conflict: { version: version + 1, theirs: [expect.stringContaining("Name: “Shopping” → “Theirs”")], gone: false },
  });
  expect((await opened()).rule?.name).toBe("Theirs");

  expect(await save("every-order", { ...mine, basedOn: version + 1 })).toMatchObject({ saved: true });
  expect((await opened()).rule?.name).toBe("Mine");
});

test("a save of what somebody else has deleted is held back, and can be saved all the same", async () => {
  const { version } = await opened();
  await save("every-order", { what: "remove", basedOn: version });
  const mine = { draft: rule({ name: "Mine again" }), basedOn: version };
  expect(await save("every-order", mine)).toMatchObject({ conflict: { version: version + 1, gone: true } });
  expect(await save("every-order", { ...mine, basedOn: version + 1 })).toMatchObject({ saved: true });
  expect((await opened()).rule?.name).toBe("Mine again");
});

test("a save of another rule or reward holds nobody up", async () => {
  const { version } = await opened();
  await save("every-order", { draft: rule({ name: "Once more" }), basedOn: version });
  expect(await save("new", { draft: rule({ name: "Besides" }), basedOn: version })).toMatchObject({ saved: true });
  expect((await opened()).rule?.name).toBe("Once more");
  expect((await opened("besides")).rule?.name).toBe("Besides");
});

test("of two who save at once one is held back", async () => {
  const { version } = await opened();
  const answers = await Promise.all(["One", "Two"].map((name) => save("every-order", { draft: rule({ name }), basedOn: version })));
  expect(answers.filter((one) => "saved" in one && one.saved)).toHaveLength(1);
  expect(answers.filter((one) => "conflict" in one)).toMatchObject([{ saved: false, errors: {}, conflict: { version: version + 1 } }]);
});

test("a new rule gets an id from its name and can be deleted again", async () => {
  const { version } = await opened("new");
  const draft = rule({ name: "Every order", award: { kind: "fixed", points: "10" } });
  expect(await save("new", { draft, basedOn: version })).toMatchObject({ saved: true, to: "/app/earning" });
  expect(await opened("every-order-2")).toMatchObject({ rule: { award: { kind: "fixed", points: 10 } } });

  const { version: next } = await opened();
  expect(await save("every-order-2", { what: "remove", basedOn: next })).toMatchObject({ done: true });
  expect(await refusedWith(opened("every-order-2"))).toBe(404);
});

test("a reward is saved with what it costs and gives", async () => {
  const { loader, action } = await rewardPage();
  const { version } = await ask(loader, { path: "/app/rewards/new", params: { rewardId: "new" } });
  const draft = { name: "Ten off", active: true, points: "900", worth: { kind: "amount off", amount: "10.00" } };
  const answer = await ask(action, { path: "/app/rewards/new", params: { rewardId: "new" }, body: { draft, basedOn: version } });
  expect(answer).toMatchObject({ saved: true });
  const { found } = await ask(loader, { path: "/app/rewards/ten-off", params: { rewardId: "ten-off" } });
  expect(found).toEqual({
    id: "ten-off",
    name: "Ten off",
    active: true,
    points: 900,
    unit: "points",
    worth: { kind: "amount off", amount: 1000, minimum: null },
    offered: true,
    codeDays: null,
    unusedIsLost: false,
  });
});

test("settings leave rules and rewards alone", async () => {
  const { loader, action } = await settingsPage();
  const before = await opened();
  const { settings, version } = await ask(loader, { path: "/app/settings" });
  const expiry = { kind: "after earning", days: "365" };
  const policies = { ...settings.policies, holdDays: "14", expiry, codeDays: "90", graceDays: "30", excludeTag: "" };
  const draft = { points: { one: "leaf", other: "leaves" }, policies };
  expect(await ask(action, { path: "/app/settings", body: { draft, basedOn: version } })).toMatchObject({ saved: true });
  expect((await ask(loader, { path: "/app/settings" })).settings).toMatchObject({
    points: draft.points,
    policies: { holdDays: 14, expiry: { kind: "after earning", days: 365 }, excludeTag: null },
  });
  expect((await opened()).rule).toEqual(before.rule);

  const wrong = { points: { one: "", other: "leaves" }, policies: { ...policies, codeDays: "0" } };
  expect(await ask(action, { path: "/app/settings", body: { draft: wrong, basedOn: version + 1 } })).toMatchObject({
    errors: { "points.one": "Fill this in.", "policies.codeDays": "Enter 1 or more." },
  });
});

test("one shop's programme is not another's", async () => {
  const other = await anotherShop();
  const { version } = await opened("every-order", other);
  await save("every-order", { draft: rule({ name: "Other" }), basedOn: version }, other);
  expect((await opened("every-order", other)).rule?.name).toBe("Other");
  expect((await opened()).rule?.name).not.toBe("Other");
});
