import type { Say } from "../say.ts";
import { plainTree } from "./plain-tree.ts";
import { type Branch, conditionOf, isBranch, settingsOf, type Tree } from "./tree.ts";

/** A tree as a phrase: "on Coffee, for Gold members", "on Coffee or Tea", "except on sale items". Empty for everything. */
export const treeSentence = (tree: Tree, say: Say): string => plainly(plainTree(tree), say);

function plainly(one: Tree, say: Say): string {
  if (!isBranch(one)) return conditionOf(one).sentence(settingsOf(one), say);
  const parts = one.of.map((each) => phraseIn(one, each, say)).filter(Boolean);
  if (parts.length === 0) return "";
  if (one.kind === "all") return parts.join(", ");
  const either = togetherIn(one, say) ?? parts.join(say.in({ en: " or ", fr: " ou " }));
  return one.kind === "any" ? either : say.in({ en: `except ${either}`, fr: `sauf ${either}` });
}

// Several of one kind may have a phrase of their own: "every year on June 1 or December 1".
function togetherIn({ of }: Branch, say: Say): string | null {
  const leaves = of.filter((one) => !isBranch(one));
  const [first] = leaves;
  if (!first || of.length < 2 || leaves.length < of.length || leaves.some((one) => one.kind !== first.kind)) return null;
  return conditionOf(first).either?.(leaves.map(settingsOf), say) ?? null;
}

// A group inside of a group keeps its brackets where the words would otherwise run together.
function phraseIn(outer: Branch, inner: Tree, say: Say): string {
  const phrase = plainly(inner, say);
  const runsOn = isBranch(inner) && inner.of.length > 1 && inner.kind !== outer.kind && inner.kind !== "none";
  return runsOn && phrase ? `(${phrase})` : phrase;
}
