import type { Tx } from "../../db/database.ts";
import { definitionOf, type Working, workingProgramme } from "../../db/drafts.ts";
import { checkProgramme, type Problem } from "../../loyalty/program/check.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import { type Change, countChanges, diffProgrammes, sayChange } from "../../loyalty/program/diff.ts";
import { isAt, mergeProgrammes } from "../../loyalty/program/merge.ts";
import { isSame } from "../../loyalty/program/setting-changes.ts";
import { wordsOfProgrammes } from "../../loyalty/program/words-of-programmes.ts";
import type { Context } from "../context.ts";

export type Review = {
  revision: number;
  changedAt: Date;
  changedBy: string;
  basedOn: number;
  definition: Definition;
  changes: Change[];
  /** What has to be settled before it can be published. */
  problems: Problem[];
  meanwhile: Meanwhile | null;
  /** A version that waits for its day, which the draft cannot begin before. */
  planned: { version: number; effectiveFrom: Date } | null;
  tiersChange: boolean;
  timeZone: string;
};

/** What was published after the draft was begun, and what of it the draft says differently. */
export type Meanwhile = {
  version: number;
  publishedBy: string;
  publishedAt: Date;
  changes: Change[];
  both: { draft: string[]; published: string[] } | null;
};

/** What publishing the draft would change, in words, and what stands in its way; null where there is no draft. */
export async function reviewDraft({ db, scope, now }: Context): Promise<Review | null> {
  return db.inProgramme(scope, async (tx) => {
    const working = await workingProgramme(tx);
    const { definition, basedOn, revision, draft, newest, currency, timeZone } = working;
    if (!draft) return null;
    const base = await definitionOf(tx, basedOn);
    const changes = diffProgrammes(base, definition, wordsOfProgrammes(currency, definition, base));
    const checked = checkProgramme(definition);
    const { version, effectiveFrom } = newest;
    return {
      revision,
      ...draft,
      basedOn,
      definition,
      changes,
      problems: checked.ok ? [] : checked.problems,
      meanwhile: await meanwhileOf(tx, working, { base, changes }),
      planned: effectiveFrom > now() ? { version, effectiveFrom } : null,
      tiersChange: !isSame(base.tiers, definition.tiers),
      timeZone,
    };
  });
}

async function meanwhileOf(
  tx: Tx,
  { definition, basedOn, newest, currency }: Working,
  { base, changes: ours }: { base: Definition; changes: Change[] },
): Promise<Meanwhile | null> {
  const { version, publishedBy, publishedAt } = newest;
  if (version === basedOn) return null;
  const published = await definitionOf(tx, version);
  const changes = diffProgrammes(base, published, wordsOfProgrammes(currency, published, base));
  const { places } = mergeProgrammes(base, definition, published);
  const at = (all: Change[]) => all.filter((change) => places?.some((place) => isAt(change, place))).map(sayChange);
  return { version, publishedBy, publishedAt, changes, both: places ? { draft: at(ours), published: at(changes) } : null };
}

export type DraftBar = { changes: number; revision: number };

/** How much differs from what is published; null where nothing does. */
export async function draftBar(tx: Tx): Promise<DraftBar | null> {
  const { draft, definition, basedOn, revision } = await workingProgramme(tx);
  if (!draft) return null;
  // Something differs even where no words say what.
  return { changes: Math.max(1, countChanges(await definitionOf(tx, basedOn), definition)), revision };
}
