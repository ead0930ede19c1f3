import type { Locator } from "playwright-core";
import type { Admin } from "./admin.ts";
import { until } from "./until.ts";

type Fields = Record<string, string>;

/** What somebody fills in: texts by their label, choices by label and option, ticks, and lists of texts. */
export type Filled = { texts?: Fields; choices?: Fields; ticks?: Record<string, boolean>; lists?: Record<string, string[]> };

export type ConditionByHand = { label: string } & Filled;
export type GroupByHand = { joined: "all" | "any" | "none"; of: ConditionByHand[] };

export type RuleByHand = Filled & {
  name: string;
  occasion?: string;
  /** What a custom event is called. */
  event?: string;
  gives: string;
  conditions?: (ConditionByHand | GroupByHand)[];
  limits?: Filled[];
};

export type BoostByHand = Pick<RuleByHand, "name" | "conditions"> & Filled;

export type LevelByHand = Filled & {
  reach?: { measure: string } & Filled;
  /** What is given again and again: first how often and what, then what belongs to that. */
  grants?: Filled[];
  perks?: (Filled & { name: string })[];
};

/** Fills in the pages of the editor as a merchant does, by what stands beside the fields. */
export function handsOf(admin: Admin) {
  const { app } = admin;
  const form = app.locator("form").first();
  const named = (name: string) => app.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  // What is saved leads back to its list: the next thing begins there, without the whole page anew.
  const list = async (title: string, path: string) => {
    if (!(await app.getByRole("heading", { level: 1, name: title, exact: true }).isVisible())) await admin.open(path);
  };
  const saved = async (title: string, said = "Saved") => {
    await admin.saveBar.save.click();
    await admin.toast(said);
    await admin.isAt(title);
  };
  const removed = async (name: string, button: string, said: string) => {
    await app.getByRole("link", { name: new RegExp(`^${escaped(name)}`) }).click();
    await admin.isAt(name);
    await app.getByRole("button", { name: button }).click();
    await app.getByRole("dialog").getByRole("button", { name: button }).click();
    await admin.toast(said);
  };

  return {
    /** Deletes what every shop begins with. */
    clear: async () => {
      await admin.open("/rewards");
      await removed("Thank you", "Delete reward", "Reward deleted");
      await app.getByRole("heading", { name: "Say what points are worth" }).waitFor();
      await admin.open("/earning");
      await removed("Shopping", "Delete rule", "Rule deleted");
      await app.getByRole("heading", { name: "Say how customers earn points" }).waitFor();
    },
    rule: async ({ name, occasion, event, gives, conditions = [], limits = [], ...rest }: RuleByHand) => {
      await list("Earning", "/earning");
      await app.getByRole("link", { name: "Add rule" }).first().click();
      await admin.isAt("New earning rule");
      await named(name);
      if (occasion) await choose(app.getByRole("combobox", { name: "Occasion", exact: true }), occasion);
      if (event) await fillIn(form, { texts: { Event: event } });
      await choose(app.getByRole("combobox", { name: "What it gives", exact: true }), gives);
      for (const condition of conditions) await addToGroup(admin, outermost(admin), condition);
      for (const [at, limit] of limits.entries()) {
        await app.getByRole("button", { name: "Add limit" }).click();
        await fillIn(itemCalled(form, `Limit ${at + 1}`), limit);
      }
      await fillIn(form, rest);
      await saved("Earning");
    },
    boost: async ({ name, conditions = [], ...rest }: BoostByHand) => {
      await list("Campaigns", "/campaigns");
      await app.getByRole("link", { name: "Add boost" }).first().click();
      await admin.isAt("New boost");
      await named(name);
      for (const condition of conditions) await addToGroup(admin, outermost(admin), condition);
      await fillIn(form, rest);
      await saved("Campaigns");
    },
    reward: async ({ name, ...rest }: Filled & { name: string }) => {
      await list("Rewards", "/rewards");
      await app.getByRole("link", { name: "Add reward" }).first().click();
      await admin.isAt("New reward");
      await named(name);
      await fillIn(form, rest);
      await saved("Rewards");
    },
    settings: async (filled: Filled) => {
      await admin.open("/settings");
      await fillIn(form, filled);
      await saved("Settings", "Settings saved");
    },
    unit: async (filled: Filled) => {
      await admin.open("/settings/units");
      await app.getByRole("button", { name: "Add unit" }).click();
      await fillIn(form, filled);
      await saved("Units, badges and budgets");
    },
    tiers: async (levels: readonly LevelByHand[], counting: Filled = {}) => {
      await admin.open("/tiers");
      await app.getByRole("button", { name: "Add tiers" }).click();
      for (const [at, level] of levels.entries()) {
        if (at > 0) await app.getByRole("button", { name: "Add tier", exact: true }).click();
        const place = app.locator("details.laurel-level").nth(at);
        await until("the tier stands open", () => place.evaluate((it) => (it as HTMLDetailsElement).open));
        await fillInLevel(place, level, at > 0);
      }
      await fillIn(form, counting);
      await saved("Tiers", "Tiers saved");
    },
  };
}

// From top to bottom, so that what was added last is the last in the tier.
async function fillInLevel(level: Locator, { reach, grants = [], perks = [], ...looks }: LevelByHand, asksSpend: boolean) {
  const last = level.locator(".laurel-item").last();
  await fillIn(level, looks);
  if (!reach && asksSpend) await level.getByRole("button", { name: "Remove Measure 1" }).click();
  if (reach) await choose(level.getByRole("combobox", { name: "Measure", exact: true }), reach.measure);
  if (reach) await fillIn(level, reach);
  for (const grant of grants) {
    await level.getByRole("button", { name: "Add grant" }).click();
    await fillIn(last, grant);
  }
  for (const [n, { name, ...perk }] of perks.entries()) {
    await level.getByRole("button", { name: "Add perk" }).click();
    await level.getByRole("textbox", { name: "Perk", exact: true }).nth(n).fill(name);
    await fillIn(last, perk);
  }
}

/** At the end of the outermost group. */
export const addCondition = (admin: Admin, condition: ConditionByHand): Promise<void> => addToGroup(admin, outermost(admin), condition);

const outermost = ({ app }: Admin): Locator => app.locator(`[data-condition="when"]`);

// A group's own buttons stand below all that is in it. A condition is found by the search that opens under its button.
async function addToGroup(admin: Admin, group: Locator, wanted: ConditionByHand | GroupByHand): Promise<void> {
  if ("of" in wanted) {
    await group.getByRole("button", { name: "Add group" }).last().click();
    const added = group.locator(".laurel-group").last();
    await choose(added.getByRole("combobox", { name: "How these conditions are joined" }), wanted.joined);
    for (const one of wanted.of) await addToGroup(admin, added, one);
    return;
  }
  const { label, ...filled } = wanted;
  const condition = group.getByRole("group", { name: label, exact: true });
  const before = await condition.count();
  await group.getByRole("button", { name: "Add condition" }).last().click();
  await group.getByRole("combobox", { name: "Search conditions" }).fill(label);
  await admin.app.getByRole("option", { name: label, exact: true }).click();
  await until("the condition is there", async () => (await condition.count()) > before);
  await fillIn(condition.last(), filled);
}

const itemCalled = (where: Locator, name: string): Locator =>
  where.locator(".laurel-item", { has: where.page().getByRole("button", { name: `Remove ${name}`, exact: true }) }).last();

async function fillIn(where: Locator, { texts = {}, choices = {}, ticks = {}, lists = {} }: Filled): Promise<void> {
  for (const [label, option] of Object.entries(choices)) await choose(where.getByRole("combobox", { name: label, exact: true }), option);
  for (const [label, on] of Object.entries(ticks)) await where.getByRole("checkbox", { name: label, exact: true }).first().setChecked(on);
  for (const [label, text] of Object.entries(texts)) {
    // A field's name may end with what it is counted in, such as points or USD.
    const name = new RegExp(`^${escaped(label)}( [A-Za-z%$]+)*$`);
    // One with proposals is a combobox.
    await where.getByRole("textbox", { name }).or(where.getByRole("combobox", { name })).first().fill(text);
  }
  for (const [label, words] of Object.entries(lists)) {
    const field = where.getByRole("combobox", { name: label, exact: true }).first();
    for (const word of words) {
      await field.fill(word);
      await field.press("Enter");
      await where.getByRole("button", { name: `Remove ${word}` }).waitFor();
    }
  }
}

// A person who reads the right choice already does not choose it again, and the page hears of nothing.
async function choose(select: Locator, option: string): Promise<void> {
  const shown = await select.first().evaluate((it) => (it as HTMLSelectElement).selectedOptions[0]?.label);
  if (shown !== option) await select.first().selectOption({ label: option });
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

export const perAmount = "Points for every amount spent";
export const fixed = "A fixed number of points";
export const certificate = "A reward whenever so many points are reached";
export const unboosted = { "Boosts and tier multipliers apply": false };
