import { expect, test } from "vitest";
import { awardKinds } from "../../app/loyalty/earning/awards/index.ts";
import { type Definition, definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { idFor, withItem, withoutItem } from "../../app/loyalty/program/edit.ts";
import { kindOf } from "../../app/loyalty/program/union-of.ts";
import { rewardKinds } from "../../app/loyalty/redeeming/rewards/index.ts";

const simple = simplePoints(100);
const [rule] = simple.earning;
const [reward] = simple.rewards;
if (!rule || !reward) throw new Error("The simple programme has a rule and a reward.");

test("the programme that a shop begins with is one, and survives being stored", () => {
  for (const unit of [100, 1000]) {
    const begun = simplePoints(unit);
    expect(definition.parse(begun)).toEqual(begun);
    expect(definition.parse(JSON.parse(JSON.stringify(begun)))).toEqual(begun);
  }
});

type Bad = [string, (good: Definition) => unknown];
test.each<Bad>([
  ["points.one", (good) => ({ ...good, points: { one: "  ", other: "points" } })],
  ["points.other", (good) => ({ ...good, points: { one: "point", other: "x".repeat(31) } })],
  ["earning.0.id", (good) => ({ ...good, earning: [{ ...rule, id: "Every Order" }] })],
  ["earning.1.id", (good) => ({ ...good, earning: [rule, rule] })],
  ["earning", (good) => ({ ...good, earning: Array.from({ length: 301 }, (_, n) => ({ ...rule, id: `r-${n}` })) })],
  ["earning.0.minimum", (good) => ({ ...good, earning: [{ ...rule, minimum: 0 }] })],
  ["earning.0.award.points", (good) => ({ ...good, earning: [{ ...rule, award: { kind: "fixed", points: 10_000_001 } }] })],
  ["earning.0.award.points", (good) => ({ ...good, earning: [{ ...rule, award: { kind: "per amount", points: 100_001, per: 1 } }] })],
  ["earning.0.award.kind", (good) => ({ ...good, earning: [{ ...rule, award: { kind: "constructor" } }] })],
  ["rewards.0.points", (good) => ({ ...good, rewards: [{ ...reward, points: 0 }] })],
  ["rewards.0.points", (good) => ({ ...good, rewards: [{ ...reward, points: "500" }] })],
  [
    "rewards.0.worth.amount",
    (good) => ({ ...good, rewards: [{ ...reward, worth: { kind: "amount off", amount: 1_000_000_000_001, minimum: null } }] }),
  ],
  ["rewards.1.id", (good) => ({ ...good, rewards: [reward, { ...reward, name: "Another" }] })],
  ["policies.holdDays", (good) => ({ ...good, policies: { ...good.policies, holdDays: -1 } })],
  ["policies.codeDays", (good) => ({ ...good, policies: { ...good.policies, codeDays: 0 } })],
  ["policies.graceDays", (good) => ({ ...good, policies: { ...good.policies, graceDays: 91 } })],
  ["policies.unusedComesBack", (good) => ({ ...good, policies: { ...good.policies, unusedComesBack: "yes" } })],
])("%s is refused when it is not good", (path, spoil) => {
  const read = definition.safeParse(spoil(simple));
  expect(read.success).toBe(false);
  expect(read.error?.issues[0]?.path.join(".")).toBe(path);
});

test("every kind states its name once, its label, a sentence, and settings that a form can draw", () => {
  for (const kinds of [awardKinds, rewardKinds]) {
    expect(new Set(kinds.map((kind) => kind.name)).size).toBe(kinds.length);
    for (const kind of kinds) {
      expect(kind.label).not.toBe("");
      for (const setting of Object.values<Setting>(kind.settings.shape as Record<string, Setting>)) expect(labelOf(setting)).toMatch(/\w/);
    }
  }
  expect(() => kindOf(awardKinds, "by feeling")).toThrow(/no kind/);
});

// A setting that may be empty wraps the one that has the label.
type Setting = { meta: () => unknown; unwrap?: () => Setting };
function labelOf(setting: Setting): string {
  const { label } = (setting.meta() ?? {}) as { label?: string };
  return label ?? (setting.unwrap ? labelOf(setting.unwrap()) : "");
}

test("changing one rule leaves the others and the programme it was changed from", () => {
  const before = JSON.stringify(simple);
  const changed = withItem(simple, "earning", { ...rule, name: "Everything" });
  expect(changed.earning.map((one) => one.name)).toEqual(["Everything"]);
  const added = withItem(changed, "earning", { ...rule, id: "more" });
  expect(added.earning.map((one) => one.id)).toEqual([rule.id, "more"]);
  expect(withoutItem(added, "earning", rule.id).earning.map((one) => one.id)).toEqual(["more"]);
  expect(withoutItem(simple, "rewards", "nothing")).toEqual(simple);
  expect(JSON.stringify(simple)).toBe(before);
});

test.each([
  ["Every order!", [], "every-order"],
  ["Every order!", ["every-order", "every-order-2"], "every-order-3"],
  ["Über alles", [], "u-ber-alles"],
  ["★★★", [], "item"],
  ["★★★", ["item"], "item-2"],
  ["x".repeat(80), [], "x".repeat(34)],
])("something new that is called %s gets an id of its own", (name, taken, id) => {
  expect(idFor(name, taken)).toBe(id);
  expect(definition.safeParse({ ...simple, earning: [{ ...rule, id }] }).success).toBe(true);
});

test("a certificate looks at what a member has: a condition on it is refused, not ignored", () => {
  const certificate = {
    id: "note",
    name: "Note",
    active: true,
    award: { kind: "certificate", points: 1000, rewardId: "five-off" },
    minimum: null,
  };
  const simple = simplePoints(100);
  const problemsOf = (rule: object) =>
    definition.safeParse({ ...simple, earning: [rule] }).error?.issues.map((issue) => issue.path.join(".")) ?? [];
  expect(problemsOf(certificate)).toEqual([]);
  const when = { kind: "all", of: [{ kind: "first order" }] };
  const limits = [{ most: 1, of: "times", per: "month" }];
  expect(problemsOf({ ...certificate, when, minimum: 100, group: "a", limits })).toEqual([
    "earning.0.when",
    "earning.0.minimum",
    "earning.0.group",
    "earning.0.limits",
  ]);
});
