import { expect, test } from "vitest";
import { decidePhase } from "../../app/flows/programme/decide-phase.ts";
import { publishProgramme } from "../../app/flows/programme/publish-programme.ts";
import { simplePoints } from "../../app/loyalty/program/definition.ts";
import { useDatabase } from "../support/database.ts";
import { openStory } from "../support/story.ts";

const at = useDatabase();
const simple = simplePoints(100);
const versions = async (programId: string) =>
  (
    await at.owner.query(
      `select version, effective_from as "from", published_by as by, note from program_version where program_id = $1 order by version`,
      [programId],
    )
  ).rows;

test("a new version is in force from now on, and the old one stays as it was", async () => {
  const story = await openStory(at);
  expect(await publishProgramme(story.context, { definition: { ...simple, rewards: [] }, basedOn: 1, note: "No rewards" })).toEqual({
    version: 2,
  });
  expect(await versions(story.programId)).toMatchObject([
    { version: 1, from: new Date(0) },
    { version: 2, from: story.clock.at, by: "test", note: "No rewards" },
  ]);
});

test("of two who save at once one is told that the other was first", async () => {
  const story = await openStory(at);
  const saves = Array.from({ length: 5 }, (_, index) =>
    publishProgramme(story.context, { definition: simple, basedOn: 1, note: String(index) }),
  );
  const answers = await Promise.all(saves);
  expect(answers.filter((one) => "version" in one)).toEqual([{ version: 2 }]);
  expect(answers.filter((one) => "refused" in one).map((one) => "refused" in one && one.refused)).toEqual(
    Array.from({ length: 4 }, () => "changed meanwhile"),
  );
  expect(await versions(story.programId)).toHaveLength(2);
});

test("a save on an old version, or on one that is not there yet, is refused", async () => {
  const story = await openStory(at);
  await publishProgramme(story.context, { definition: simple, basedOn: 1 });
  for (const basedOn of [0, 1, 3])
    expect(await publishProgramme(story.context, { definition: simple, basedOn })).toMatchObject({ refused: "changed meanwhile" });
});

test("no version takes effect before an older one, although the clock went back", async () => {
  const story = await openStory(at);
  await publishProgramme(story.context, { definition: simple, basedOn: 1 });
  const first = story.clock.at;
  story.clock.at = new Date(first.getTime() - 3_600_000);
  expect(await publishProgramme(story.context, { definition: simple, basedOn: 2 })).toEqual({ version: 3 });
  expect((await versions(story.programId)).at(-1)).toMatchObject({ from: first });
});

const [rule] = simple.earning;
const [reward] = simple.rewards;
test.each<[string, unknown]>([
  ["earning.0.award.points", { ...simple, earning: [{ ...rule, award: { kind: "per amount", points: 0, per: 100 } }] }],
  ["earning.0.award.per", { ...simple, earning: [{ ...rule, award: { kind: "per amount", points: 1, per: 0 } }] }],
  ["earning.0.award.points", { ...simple, earning: [{ ...rule, award: { kind: "per amount", points: 1.5, per: 100 } }] }],
  ["earning.0.award.kind", { ...simple, earning: [{ ...rule, award: { kind: "by feeling" } }] }],
  ["earning.0.name", { ...simple, earning: [{ ...rule, name: "  " }] }],
  ["earning.1.id", { ...simple, earning: [rule, rule] }],
  ["rewards.0.points", { ...simple, rewards: [{ ...reward, points: -5 }] }],
  ["rewards.0.worth.amount", { ...simple, rewards: [{ ...reward, worth: { kind: "amount off", amount: 0.5, minimum: null } }] }],
  ["policies.holdDays", { ...simple, policies: { ...simple.policies, holdDays: 366 } }],
  // As it was written by an older Laurel, and as it is read.
  ["policies.expiry.days", { ...simple, policies: { ...simple.policies, expiryDays: 0 } }],
  ["earning.0.award.secret", { ...simple, earning: [{ ...rule, award: { kind: "per amount", points: 1, per: 100, secret: "x" } }] }],
  ["points.one", { ...simple, points: { one: "", other: "points" } }],
  ["", "nonsense"],
])("what is not a programme is refused beside its field: %s", async (field, definition) => {
  const story = await openStory(at);
  const answer = await publishProgramme(story.context, { definition, basedOn: 1 });
  expect(answer).toMatchObject({ refused: "not valid" });
  expect("field" in answer ? answer.field : "").toBe(field);
  expect(await versions(story.programId)).toHaveLength(1);
});

test("what is stored is what was checked, with what was left out filled in", async () => {
  const story = await openStory(at);
  const { units: _, boosts: __, ...short } = simple;
  expect(await publishProgramme(story.context, { definition: short, basedOn: 1 })).toEqual({ version: 2 });
  const { rows } = await at.owner.query(
    "select definition->'units' as units, definition->'boosts' as boosts from program_version where program_id = $1 and version = 2",
    [story.programId],
  );
  expect(rows).toEqual([{ units: [], boosts: [] }]);
});

test("a phase is decided for now or for a time to come, never for the past", async () => {
  const story = await openStory(at, { phase: "off" });
  const later = new Date(story.clock.at.getTime() + 86_400_000);
  expect(await decidePhase(story.context, { phase: "live", from: later, testTag: null })).toEqual({ seq: 2 });
  expect(
    await decidePhase(story.context, { phase: "live", from: new Date(story.clock.at.getTime() - 120_000), testTag: null }),
  ).toMatchObject({ refused: "in the past", field: "from" });
  expect(await decidePhase(story.context, { phase: "testing", from: null, testTag: " " })).toMatchObject({
    refused: "no test tag",
    field: "testTag",
  });
  expect(await decidePhase(story.context, { phase: "sleeping" as never, from: null, testTag: null })).toMatchObject({
    refused: "no such phase",
  });
  const { rows } = await at.owner.query(`select phase, "from" from program_phase where program_id = $1 order by seq`, [story.programId]);
  expect(rows.slice(1)).toEqual([{ phase: "live", from: later }]);
  // Cards say whether the programme is open, so they are due again when it begins.
  expect(await story.jobs("all-cards-due")).toHaveLength(1);
});

test("decisions at once all stand, in an order", async () => {
  const story = await openStory(at, { phase: "off" });
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => decidePhase(story.context, { phase: "live", from: null, testTag: null })),
  );
  expect(answers.map((one) => ("seq" in one ? one.seq : 0)).sort()).toEqual([2, 3, 4, 5, 6]);
});
