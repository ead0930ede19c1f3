import type { Test } from "../earning/compile-tree.ts";
import { type Condition, isBranch, type Tree } from "../earning/tree.ts";
import type { Say } from "../say.ts";
import { phraseOf, whatItFound } from "./what-it-found.ts";

/** A condition as it was asked. `passed` is null where it was not: something before it had decided. */
export type ToldLeaf = { phrase: string; found: string | null; passed: boolean | null };
export type ToldTree = ToldLeaf | { kind: "all" | "any" | "none"; of: ToldTree[] };

/** A rule's conditions with what was found, as they stand in the programme. */
export function toldTree(tree: Tree, tests: readonly Test[], say: Say): ToldTree {
  let at = 0;
  const tell = (one: Tree): ToldTree => {
    if (isBranch(one)) return { kind: one.kind, of: one.of.map(tell) };
    const leaf = at++;
    const test = tests.find(([of]) => of === leaf);
    return test
      ? { phrase: phraseOf(one, say), found: whatItFound(one, test[2], say), passed: test[1] }
      : { phrase: phraseOf(one, say), found: null, passed: null };
  };
  return tell(tree);
}

/** One question that was asked. `isExcept`: it stands under "none of these", so it should have failed. */
export type Asked = { condition: Condition; passed: boolean; isExcept: boolean; phrase: string; found: string };

/** The questions of a rule that were asked, in the order in which they were. What the tree does not have is left out. */
export function askedOf(tree: Tree, tests: readonly Test[], say: Say): Asked[] {
  const leaves = leavesWithin(tree, false);
  return tests.flatMap(([leaf, passed, saw]) => {
    const one = leaves[leaf];
    return one ? [{ ...one, passed, phrase: phraseOf(one.condition, say), found: whatItFound(one.condition, saw, say) }] : [];
  });
}

/** "it applies on orders of $50 or more, and the order came to $42" */
export const sayAsked = ({ isExcept, phrase, found }: Asked, say: Say): string =>
  isExcept
    ? say.in({ en: `it does not apply ${phrase}, and ${found}`, fr: `elle ne s’applique pas ${phrase}, et ${found}` })
    : say.in({ en: `it applies ${phrase}, and ${found}`, fr: `elle s’applique ${phrase}, et ${found}` });

function leavesWithin(tree: Tree, isExcept: boolean): { condition: Condition; isExcept: boolean }[] {
  if (!isBranch(tree)) return [{ condition: tree, isExcept }];
  return tree.of.flatMap((one) => leavesWithin(one, isExcept !== (tree.kind === "none")));
}
