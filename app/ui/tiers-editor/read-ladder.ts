import { type Ladder, ladder } from "../../loyalty/tiers/ladder.ts";
import { type Draft, type Errors, readDraft } from "../form/draft.ts";
import { withIds } from "../form/with-ids.ts";

/** The ladder as its form sends it: new tiers, grants and perks have ids made from what they are called. */
export function namedLadder(draft: Draft, taken: readonly string[]): Draft {
  const levels = withIds(draft.levels, (one) => String(one.name), taken).map((level) => ({
    ...level,
    grants: withIds(level.grants, (one) => `${one.every} ${(one.gift as Draft | undefined)?.kind ?? ""}`),
    perks: withIds(level.perks, (one) => String(one.name)),
  }));
  return { ...draft, levels };
}

/** What the form of the ladder sends. */
export function readLadder(
  draft: Draft,
  { taken, currency }: { taken: readonly string[]; currency: string },
): { value: Ladder; errors?: undefined } | { value?: undefined; errors: Errors } {
  return readDraft(ladder, namedLadder(draft, taken), currency);
}
