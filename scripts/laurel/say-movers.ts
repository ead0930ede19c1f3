import { whoMoves } from "../../app/flows/tiers/who-moves.ts";
import type { Definition } from "../../app/loyalty/program/definition.ts";
import { isSame } from "../../app/loyalty/program/setting-changes.ts";
import type { OpenProgramme } from "./programme-of.ts";

/** Where tiers differ from what is in force: how many members would be in another one if the file were published now. */
export async function sayMovers({ context, working, newest }: OpenProgramme, after: Definition): Promise<string[]> {
  if (isSame(newest.definition.tiers, after.tiers)) return [];
  const { looked, moved, moves } = await context.db.inProgramme(context.scope, (tx) => whoMoves(tx, after.tiers, { now: context.now() }));
  const levels = [after, working.definition, newest.definition].flatMap((one) => one.tiers?.levels ?? []);
  const name = (id: string | null) => (id === null ? "no tier" : (levels.find((one) => one.id === id)?.name ?? id));
  return [
    `${moved} of ${looked} ${looked === 1 ? "member" : "members"} would move between tiers if it took effect now; nobody loses a point.`,
    ...moves.map(({ from, to, members }) => `  ${name(from)} → ${name(to)}: ${members}`),
  ];
}
