import { describe, expect, test } from "vitest";
import { workingProgramme } from "../../app/db/drafts.ts";
import { discardDraft } from "../../app/flows/programme/discard-draft.ts";
import { publishDraft } from "../../app/flows/programme/publish-draft.ts";
import { publishProgramme } from "../../app/flows/programme/publish-programme.ts";
import { rebaseDraft } from "../../app/flows/programme/rebase-draft.ts";
import { rollBack } from "../../app/flows/programme/roll-back.ts";
import { type Newer, type Saved, saveDraft } from "../../app/flows/programme/save-draft.ts";
import { undoDraft } from "../../app/flows/programme/undo-draft.ts";
import { type Definition, definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { useDatabase } from "../support/database.ts";
import { orderBody } from "../support/order-body.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();
const simple = simplePoints(100);
const [reward] = simple.rewards;

type Change = (definition: Definition) => Definition;
const points =
  (per: number): Change =>
  (one) => ({
    ...one,
    earning: one.earning.map((rule) => ({ ...rule, award: { ...rule.award, points: per } as typeof rule.award })),
  });
const hold =
  (holdDays: number): Change =>
  (one) => ({ ...one, policies: { ...one.policies, holdDays } });
const costs =
  (cost: number): Change =>
  (one) => ({ ...one, rewards: one.rewards.map((each) => ({ ...each, points: cost })) });
const noRewards: Change = (one) => ({ ...one, rewards: [] });

const working = (story: Story) => at.db.inProgramme(story.context.scope, workingProgramme);
const save = async (story: Story, change: Change, revision?: number) => {
  const saved = await saveDraft(story.context, { change, revision: revision ?? (await working(story)).revision });
  return saved as Saved;
};
const versions = async ({ programId }: Story) =>
  (
    await at.owner.query(
      `select version, effective_from as "from", note, rolled_back_from as "again", definition->'earning'->0->'award'->'points' as points
       from program_version where program_id = $1 order by version`,
      [programId],
    )
  ).rows;
const publish = async (story: Story, from: Date | null = null) =>
  publishDraft(story.context, { revision: (await working(story)).revision, note: "Because", from });
const later = (story: Story, hours: number) => new Date(story.clock.at.getTime() + hours * 3_600_000);

describe("the draft", () => {
  test("a reward that is removed takes its texts in other languages along, and the draft can be published", async () => {
    const story = await openStory(at);
    const texts = { fr: { "rewards.five-off": "Merci", "earning.every-order": "Achats" } };
    await save(story, (one) => ({ ...one, texts }));
    await publish(story);
    await save(story, noRewards);
    expect((await working(story)).definition.texts).toEqual({ fr: { "earning.every-order": "Achats" } });
    expect(await publish(story)).toMatchObject({ version: 3 });
  });

  test("a save changes nothing of what is live, and ends up in the one draft of the programme", async () => {
    const story = await openStory(at);
    expect(await save(story, points(2))).toMatchObject({ revision: 1 });
    expect(await save(story, hold(7))).toMatchObject({ revision: 2 });
    expect((await working(story)).definition).toEqual(hold(7)(points(2)(simple)));
    expect(await versions(story)).toHaveLength(1);
    await story.deliver("orders/paid", orderBody({ customer: 7, lines: [{ price: "10.00" }] }));
    await story.drain();
    expect(await story.balance(7)).toMatchObject({ available: 10 });
  });

  test("is gone when everything is as it was published", async () => {
    const story = await openStory(at);
    await save(story, points(2));
    expect((await working(story)).draft).toMatchObject({ changedBy: "test" });
    await save(story, points(1));
    expect((await working(story)).draft).toBeNull();
    // A save that changes nothing is no step.
    expect(await save(story, points(1))).toMatchObject({ revision: 2 });
  });

  test("takes what is right on its own although the whole is not yet, and nothing that is wrong in itself", async () => {
    const story = await openStory(at);
    const unknownUnit: Change = (one) => ({ ...one, rewards: one.rewards.map((each) => ({ ...each, unit: "stamps" })) });
    expect(await save(story, unknownUnit)).toMatchObject({ revision: 1 });
    expect(await publish(story)).toMatchObject({ refused: "not valid", field: "rewards.0.unit" });
    const before = (await working(story)).definition;
    expect(await save(story, points(1.5))).toMatchObject({ refused: "not valid", field: "earning.0.award.points" });
    for (const definition of [null, "nonsense", {}, { ...simple, surprise: 1 }])
      expect(await saveDraft(story.context, { definition })).toMatchObject({ refused: "not valid" });
    expect((await working(story)).definition).toEqual(before);
  });

  test("can be put in whole, as a template is, and that can be undone", async () => {
    const story = await openStory(at);
    await save(story, hold(7));
    const put = (await saveDraft(story.context, { definition: noRewards(points(3)(simple)) })) as Saved;
    expect((await working(story)).definition).toEqual(noRewards(points(3)(simple)));
    expect(await undoDraft(story.context, { revision: put.revision })).toMatchObject({ definition: hold(7)(simple) });
  });
});

describe("several who edit", () => {
  test("what one saves stays when another saves an older page that has nothing to do with it", async () => {
    const story = await openStory(at);
    await save(story, points(2), 0);
    await save(story, costs(600), 0);
    await save(story, hold(7), 0);
    expect((await working(story)).definition).toEqual(hold(7)(costs(600)(points(2)(simple))));
  });

  test("the same place is not overwritten: the answer says what the other made of it, and on top of that it goes through", async () => {
    const story = await openStory(at);
    const theirs = await save(story, points(2), 0);
    const answer = (await saveDraft(story.context, { change: points(5), revision: 0 })) as Newer;
    expect(answer).toEqual({
      newer: theirs.revision,
      places: [{ part: "earning", name: "every-order" }],
      theirs: ["Shopping: Gives: Points: 1 → 2."],
    });
    expect((await working(story)).definition).toEqual(points(2)(simple));
    await save(story, points(5), answer.newer);
    expect((await working(story)).definition).toEqual(points(5)(simple));
  });

  test("of five who save the same rule at once one is first and four are told", async () => {
    const story = await openStory(at);
    const answers = await Promise.all([2, 3, 4, 5, 6].map((each) => saveDraft(story.context, { change: points(each), revision: 0 })));
    expect(answers.filter((one) => "revision" in one)).toHaveLength(1);
    expect(answers.filter((one) => "newer" in one)).toHaveLength(4);
  });

  test("of five who save different rules at once nobody is held up", async () => {
    const story = await openStory(at);
    const [rule] = simple.earning;
    const add =
      (id: string): Change =>
      (one) => ({ ...one, earning: [...one.earning, { ...(rule as (typeof one.earning)[number]), id }] });
    await Promise.all(["a", "b", "c", "d", "e"].map((id) => save(story, add(id), 0)));
    expect((await working(story)).definition.earning.map((one) => one.id).sort()).toEqual(["a", "b", "c", "d", "e", "every-order"]);
  });

  test("deleting what somebody else edits loses neither", async () => {
    const story = await openStory(at);
    const deleted = await save(story, noRewards, 0);
    const edit = await saveDraft(story.context, { change: costs(600), revision: 0 });
    expect(edit).toMatchObject({ newer: deleted.revision, places: [{ part: "rewards", name: reward?.id }] });
    expect((edit as Newer).theirs[0]).toContain("removed");
  });

  test("a page that was opened before the steps that are kept is not guessed at", async () => {
    const story = await openStory(at);
    for (let day = 1; day <= 22; day += 1) await save(story, hold(day));
    expect(await saveDraft(story.context, { change: costs(600), revision: 1 })).toEqual({ newer: 22, places: [], theirs: [] });
    expect(await saveDraft(story.context, { change: costs(600), revision: 2 })).toMatchObject({ revision: 23 });
    for (const revision of [-1, 1.5, 99, 2 ** 40, "x" as never, null as never])
      expect(await saveDraft(story.context, { change: hold(1), revision: revision ?? -1 })).toMatchObject({ newer: 23 });
    const { rows } = await at.owner.query("select count(*)::int as steps from program_draft_step where program_id = $1", [story.programId]);
    expect(rows[0].steps).toBe(21);
  });
});

describe("undoing", () => {
  test("takes one step back and leaves what was done since", async () => {
    const story = await openStory(at);
    const deleted = await save(story, noRewards);
    await save(story, hold(7));
    expect(await undoDraft(story.context, { revision: deleted.revision })).toMatchObject({ definition: hold(7)(simple) });
    // And back again.
    const { revision } = await working(story);
    await undoDraft(story.context, { revision });
    expect((await working(story)).definition).toEqual(noRewards(hold(7)(simple)));
  });

  test("does not undo what was changed since by somebody else", async () => {
    const story = await openStory(at);
    const first = await save(story, hold(7));
    await save(story, hold(8));
    expect(await undoDraft(story.context, { revision: first.revision })).toMatchObject({ refused: "changed meanwhile" });
    expect(await undoDraft(story.context, { revision: 99 })).toMatchObject({ refused: "too long ago" });
    expect(await undoDraft(story.context, { revision: "1" as never })).toMatchObject({ refused: "too long ago" });
  });

  test("brings a discarded draft back, also after something was published", async () => {
    const story = await openStory(at);
    await save(story, hold(7));
    const { revision } = await save(story, points(2));
    expect(await discardDraft(story.context, { revision: revision - 1 })).toMatchObject({ refused: "changed meanwhile" });
    const discarded = (await discardDraft(story.context, { revision })) as { revision: number };
    expect(await working(story)).toMatchObject({ draft: null, definition: simple });
    expect(await discardDraft(story.context, discarded)).toMatchObject({ refused: "no draft" });
    await publishProgramme(story.context, { definition: costs(600)(simple), basedOn: 1 });
    await undoDraft(story.context, discarded);
    expect(await working(story)).toMatchObject({ definition: points(2)(hold(7)(costs(600)(simple))), basedOn: 2 });
  });

  test("does not take back what was published", async () => {
    const story = await openStory(at);
    await save(story, hold(7));
    await publish(story);
    const { revision } = await working(story);
    expect(await undoDraft(story.context, { revision })).toMatchObject({ refused: "published" });
  });
});

describe("publishing the draft", () => {
  test("makes a version of it with the reason, and then there is no draft", async () => {
    const story = await openStory(at);
    await save(story, points(2));
    expect(await publish(story)).toEqual({ version: 2, effectiveFrom: story.clock.at });
    expect((await versions(story)).at(-1)).toMatchObject({ version: 2, points: 2, note: "Because", from: story.clock.at, again: null });
    expect(await working(story)).toMatchObject({ draft: null, basedOn: 2 });
    expect(await publish(story)).toMatchObject({ refused: "no draft" });
  });

  test("asks for a reason, and for a look at what was changed since", async () => {
    const story = await openStory(at);
    const { revision } = await save(story, points(2));
    for (const note of ["", "  "])
      expect(await publishDraft(story.context, { revision, note, from: null })).toMatchObject({ refused: "no note", field: "note" });
    await save(story, hold(7));
    expect(await publishDraft(story.context, { revision, note: "Because", from: null })).toMatchObject({ refused: "changed meanwhile" });
  });

  test("never takes effect in the past", async () => {
    const story = await openStory(at);
    await save(story, points(2));
    expect(await publish(story, later(story, -1))).toMatchObject({ refused: "in the past", field: "from" });
    // The minute that is running is now, not before.
    const begun = new Date(story.clock.at.getTime() - 30_000);
    expect(await publish(story, begun)).toMatchObject({ effectiveFrom: story.clock.at });
  });

  test("can wait for its day: until then the old one is in force, and cards are told when it begins", async () => {
    const story = await openStory(at);
    await save(story, points(2));
    const day = later(story, 24);
    expect(await publish(story, day)).toEqual({ version: 2, effectiveFrom: day });
    expect(await story.jobs("all-cards-due")).toHaveLength(1);
    // Edits go on from what was published, and may take its place.
    expect(await working(story)).toMatchObject({ basedOn: 2, draft: null });
    await save(story, costs(700));
    expect(await publish(story, day)).toEqual({ version: 3, effectiveFrom: day });

    const lastMinute = later(story, 23);
    story.clock.at = day;
    await buys(story, 7, lastMinute);
    await buys(story, 8, day);
    expect([await story.balance(7), await story.balance(8)]).toMatchObject([{ available: 10 }, { available: 20 }]);
  });

  test("is overtaken by a newer one that begins before its day, and then never is in force", async () => {
    const story = await openStory(at);
    await save(story, points(2));
    const day = later(story, 24);
    await publish(story, day);
    await save(story, points(3));
    const sooner = later(story, 12);
    expect(await publish(story, sooner)).toEqual({ version: 3, effectiveFrom: sooner });
    await save(story, points(4));
    expect(await publish(story)).toEqual({ version: 4, effectiveFrom: story.clock.at });
    const begun = story.clock.at;
    story.clock.at = later(story, 48);
    await buys(story, 7, begun);
    await buys(story, 8, sooner);
    await buys(story, 9, day);
    expect([await story.balance(7), await story.balance(8), await story.balance(9)].map((one) => one.available)).toEqual([40, 40, 40]);
    // What has begun stays what it was, whatever the clock says.
    story.clock.at = later(story, -100);
    await save(story, points(5));
    expect(await publish(story)).toEqual({ version: 5, effectiveFrom: begun });
  });

  test("edits no version: an order that comes late is judged by the version of its day, and refunded by it", async () => {
    const story = await openStory(at);
    const placed = story.clock.at;
    const before = await versions(story);
    story.clock.at = later(story, 1);
    await save(story, points(5));
    await publish(story);
    story.clock.at = later(story, 1);
    await buys(story, 7, placed);
    expect(await story.balance(7)).toMatchObject({ available: 10 });
    expect((await versions(story)).slice(0, 1)).toEqual(before);
    const change = at.db.inProgramme(story.context.scope, (tx) => tx.rows("update program_version set note = 'x'"));
    await expect(change).rejects.toMatchObject({ code: "42501" });
    await expect(at.owner.query("update program_version set note = 'x' where program_id = $1", [story.programId])).rejects.toThrow();
    await expect(at.owner.query("update program_draft_step set what = 'x' where program_id = $1", [story.programId])).rejects.toThrow();
  });
});

describe("what is published while there is a draft", () => {
  test("has to be brought into the draft before that is published, and nothing of either is lost", async () => {
    const story = await openStory(at);
    const { revision } = await save(story, points(2));
    await publishProgramme(story.context, { definition: costs(600)(simple), basedOn: 1 });
    expect(await publish(story)).toMatchObject({ refused: "published meanwhile" });
    await rebaseDraft(story.context, { revision, keep: null });
    expect(await working(story)).toMatchObject({ definition: points(2)(costs(600)(simple)), basedOn: 2 });
    expect(await publish(story)).toMatchObject({ version: 3 });
    // A page that was opened before all this still saves into what there is now.
    expect(await save(story, hold(9), revision)).toMatchObject({ definition: hold(9)(points(2)(costs(600)(simple))) });
  });

  test("where both changed the same, somebody chooses", async () => {
    const story = await openStory(at);
    await save(story, costs(700));
    const { revision } = await save(story, points(2));
    await publishProgramme(story.context, { definition: hold(3)(points(9)(simple)), basedOn: 1 });
    expect(await rebaseDraft(story.context, { revision, keep: null })).toMatchObject({ refused: "both changed" });
    await rebaseDraft(story.context, { revision, keep: "published" });
    expect((await working(story)).definition).toEqual(hold(3)(costs(700)(points(9)(simple))));
    const undone = (await undoDraft(story.context, { revision: revision + 1 })) as Saved;
    await rebaseDraft(story.context, { revision: undone.revision, keep: "draft" });
    expect((await working(story)).definition).toEqual(hold(3)(costs(700)(points(2)(simple))));
  });

  test("that says the same as the draft leaves none", async () => {
    const story = await openStory(at);
    await save(story, points(2));
    await publishProgramme(story.context, { definition: points(2)(simple), basedOn: 1 });
    expect(await working(story)).toMatchObject({ draft: null, basedOn: 2 });
  });
});

describe("rolling back", () => {
  test("publishes the old one again as a new version, and orders in between keep theirs", async () => {
    const story = await openStory(at);
    await save(story, points(5));
    await publish(story);
    const between = story.clock.at;
    story.clock.at = later(story, 1);
    expect(await rollBack(story.context, { to: 1, note: "Too much" })).toEqual({ version: 3, effectiveFrom: story.clock.at });
    expect((await versions(story)).at(-1)).toMatchObject({ version: 3, points: 1, again: 1, note: "Too much" });
    await buys(story, 7, between);
    await buys(story, 8, story.clock.at);
    expect([await story.balance(7), await story.balance(8)]).toMatchObject([{ available: 50 }, { available: 10 }]);
    expect(await rollBack(story.context, { to: 1, note: "Again" })).toMatchObject({ refused: "the same" });
    for (const to of [0, 9, -1, 1.5, 2 ** 40, "1" as never])
      expect(await rollBack(story.context, { to, note: "x" })).toMatchObject({ refused: "no such version" });
    expect(await rollBack(story.context, { to: 2, note: " " })).toMatchObject({ refused: "no note" });
  });

  test("calls a version off that waits for its day, which then is never in force", async () => {
    const story = await openStory(at);
    await save(story, points(5));
    const day = later(story, 24);
    await publish(story, day);
    expect(await rollBack(story.context, { to: 1, note: "Not yet", callsOff: 2 })).toEqual({ version: 3, effectiveFrom: day });
    expect(await rollBack(story.context, { to: 2, note: "x", callsOff: 2 })).toMatchObject({ refused: "not planned" });
    story.clock.at = later(story, 48);
    await buys(story, 7, day);
    await buys(story, 8, story.clock.at);
    expect([await story.balance(7), await story.balance(8)]).toMatchObject([{ available: 10 }, { available: 10 }]);
  });

  test("publishes what would be refused today as well, and says what to mind", async () => {
    const spent = (id: string, least: number) => ({ id, name: id, reach: [{ kind: "spend", least }] });
    const tiers = definition.shape.tiers.parse({ levels: [spent("silver", 90_000), spent("gold", 60_000)] });
    const story = await openStory(at, { definition: { tiers } });
    await publishProgramme(story.context, { definition: simple, basedOn: 1 });
    expect(await rollBack(story.context, { to: 1, note: "Back" })).toEqual({
      version: 3,
      effectiveFrom: story.clock.at,
      mind: [expect.stringContaining("It is less than “silver” asks for") as string],
    });
    expect((await versions(story)).at(-1)).toMatchObject({ version: 3, again: 1 });
    // A draft that is begun on it has to settle it, and can.
    await save(story, hold(7));
    expect(await publish(story)).toMatchObject({ refused: "not valid" });
    await save(story, (one) => ({ ...one, tiers: null }));
    expect(await publish(story)).toMatchObject({ version: 4 });
  });

  test("brings what waits for its day forward", async () => {
    const story = await openStory(at);
    await save(story, points(5));
    await publish(story);
    await rollBack(story.context, { to: 1, note: "Too much" });
    await save(story, points(5));
    await publish(story, later(story, 24));
    expect(await rollBack(story.context, { to: 2, note: "Now after all" })).toEqual({ version: 5, effectiveFrom: story.clock.at });
    await buys(story, 7, story.clock.at);
    expect(await story.balance(7)).toMatchObject({ available: 50 });
  });

  test("leaves the draft as it is", async () => {
    const story = await openStory(at);
    await save(story, points(5));
    await publish(story);
    await save(story, hold(7));
    await rollBack(story.context, { to: 1, note: "Too much" });
    const { draft, basedOn, definition, revision } = await working(story);
    expect({ draft, basedOn, definition }).toMatchObject({ draft: {}, basedOn: 2, definition: hold(7)(points(5)(simple)) });
    await rebaseDraft(story.context, { revision, keep: null });
    expect((await working(story)).definition).toEqual(hold(7)(simple));
  });
});

test("another programme's draft is its own", async () => {
  const [mine, theirs] = [await openStory(at), await openStory(at)];
  await save(mine, points(2));
  expect((await working(theirs)).draft).toBeNull();
  expect(await undoDraft(theirs.context, { revision: 1 })).toMatchObject({ refused: "too long ago" });
});

/** Ten dollars, at an instant. */
async function buys(story: Story, customer: number, when: Date): Promise<void> {
  await story.deliver("orders/paid", orderBody({ id: customer, customer, at: when.toISOString(), lines: [{ price: "10.00" }] }));
  await story.drain();
  expect(story.failures).toEqual([]);
}
