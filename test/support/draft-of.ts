import { expect } from "vitest";
import { workingProgramme } from "../../app/db/drafts.ts";
import { checkProgramme } from "../../app/loyalty/program/check.ts";
import type { Definition } from "../../app/loyalty/program/definition.ts";
import { withPlainIds } from "./same-programme.ts";
import type { TownShop } from "./town-shop.ts";

export async function draftOf(shop: TownShop): Promise<Definition> {
  const context = await shop.context();
  return (await context.db.inProgramme(context.scope, workingProgramme)).definition;
}

/** What was built by hand is the programme that was wanted, and could be published. */
export async function hasMade(shop: TownShop, wanted: Definition): Promise<void> {
  const made = await draftOf(shop);
  expect(withPlainIds(made)).toEqual(withPlainIds(wanted));
  expect(checkProgramme(made).ok).toBe(true);
}
