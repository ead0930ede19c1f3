import type { Locator } from "playwright-core";
import type { Admin } from "./admin.ts";
import { until } from "./until.ts";

type Fields = Record<string, string>;

/** What somebody fills in: texts by their label, choices by label and option, ticks, and lists of texts. */
export type Filled = { texts?: Fields; choices?: Fields; ticks?: Record<string, boolean>; lists?: Record<string, string[]> };

export type RuleByHand = Filled & {
  name: string;
  occasion?: string;
  gives: string;
  conditions?: ({ label: string } & Filled)[];
};

export type LevelByHand = Filled & {
  reach?: { measure: string } & Filled;
  perks?: (Filled & { name: string })[];
};

/** Fills in the pages of the editor as a merchant does, by what stands beside the fields. */
export function handsOf(admin: Admin) {
  const { app } = admin;
  const saved = async (title: string, said = "Saved") => {
    await admin.saveBar.save.click();
    await admin.toast(said);
    await admin.isAt(title);
  };

  return {
    rule: async ({ name, occasion, gives, conditions = [], ...rest }: RuleByHand) => {
      await admin.open("/earning/new");
      await app.getByRole("textbox", { name: "Name", exact: true }).fill(name);
      if (occasion) await choose(app.getByRole("combobox", { name: "Occasion", exact: true }), occasion);
      await choose(app.getByRole("combobox", { name: "What it gives", exact: true }), gives);
      for (const condition of conditions) await addCondition(admin, condition);
      await fillIn(app.locator("form").first(), rest);
      await saved("Earning");
    },
    reward: async ({ name, ...rest }: Filled & { name: string }) => {
      await admin.open("/rewards/new");
      await app.getByRole("textbox", { name: "Name", exact: true }).fill(name);
      await fillIn(app.locator("form").first(), rest);
      await saved("Rewards");
    },
    settings: async (filled: Filled) => {
      await admin.open("/settings");
      await fillIn(app.locator("form").first(), filled);
      await saved("Settings", "Settings saved");
    },
    unit: async (filled: Filled) => {
      await admin.open("/settings/units");
      await app.getByRole("button", { name: "Add unit" }).click();
      await fillIn(app.locator("form").first(), filled);
      await saved("Units, badges and budgets");
    },
    tiers: async (levels: readonly LevelByHand[], counting: Filled) => {
      await admin.open("/tiers");
      await app.getByRole("button", { name: "Add tiers" }).click();
      for (const [at, { reach, perks = [], ...looks }] of levels.entries()) {
        if (at > 0) await app.getByRole("button", { name: "Add tier", exact: true }).click();
        const level = app.locator("details.laurel-level").nth(at);
        await until("the tier stands open", () => level.evaluate((it) => (it as HTMLDetailsElement).open));
        await fillIn(level, looks);
        if (!reach && at > 0) await level.getByRole("button", { name: "Remove Measure 1" }).click();
        if (reach) await choose(level.getByRole("combobox", { name: "Measure", exact: true }), reach.measure);
        if (reach) await fillIn(level, reach);
        for (const [n, { name, ...perk }] of perks.entries()) {
          await level.getByRole("button", { name: "Add perk" }).click();
          await level.getByRole("textbox", { name: "Perk", exact: true }).nth(n).fill(name);
          await fillIn(level.locator(".laurel-item").last(), perk);
        }
      }
      await fillIn(app.locator("form").first(), counting);
      await saved("Tiers", "Tiers saved");
    },
  };
}

/** By the search that opens under the button, as by hand. */
export async function addCondition({ app, tab }: Admin, { label, ...filled }: { label: string } & Filled): Promise<void> {
  await app.getByRole("button", { name: "Add condition" }).last().click();
  await app.getByRole("combobox", { name: "Search conditions" }).fill(label);
  await app.getByRole("option", { name: label, exact: true }).click();
  const condition = app.getByRole("group", { name: label, exact: true }).last();
  await condition.waitFor();
  await fillIn(condition, filled);
  await tab.waitForTimeout(0);
}

async function fillIn(where: Locator, { texts = {}, choices = {}, ticks = {}, lists = {} }: Filled): Promise<void> {
  for (const [label, option] of Object.entries(choices)) await choose(where.getByRole("combobox", { name: label, exact: true }), option);
  for (const [label, text] of Object.entries(texts)) {
    // A field's name may end with what it is counted in, such as points or USD.
    const name = new RegExp(`^${escaped(label)}( [A-Za-z%$]+)*$`);
    // One with proposals is a combobox.
    await where.getByRole("textbox", { name }).or(where.getByRole("combobox", { name })).first().fill(text);
  }
  for (const [label, on] of Object.entries(ticks)) await where.getByRole("checkbox", { name: label, exact: true }).first().setChecked(on);
  for (const [label, words] of Object.entries(lists)) {
    const field = where.getByRole("combobox", { name: label, exact: true }).first();
    for (const word of words) {
      await field.fill(word);
      await field.press("Enter");
      await where.getByRole("button", { name: `Remove ${word}` }).waitFor();
    }
  }
}

const choose = (select: Locator, option: string): Promise<unknown> => select.first().selectOption({ label: option });

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
