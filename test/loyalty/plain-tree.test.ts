import fc from "fast-check";
import { expect, test } from "vitest";
import { plainTree } from "../../app/loyalty/earning/plain-tree.ts";
import { isBranch, type Tree } from "../../app/loyalty/earning/tree.ts";
import { treeSentence } from "../../app/loyalty/earning/tree-sentence.ts";
import { wordsOf } from "../../app/loyalty/say.ts";

const asked = ["a", "b", "c", "d"];
const leaf = fc.constantFrom(...asked).map((sku): Tree => ({ kind: "sku", skus: [sku] }));
const trees: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.record({
      kind: fc.constantFrom("all", "any", "none"),
      of: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }),
    }) as fc.Arbitrary<Tree>,
  ),
})).tree;

/** What a tree says of something that is like some of these. */
function holds(one: Tree, like: ReadonlySet<string>): boolean {
  if (!isBranch(one)) return one.kind === "sku" && one.skus.some((sku) => like.has(sku));
  const parts = one.of.map((each) => holds(each, like));
  if (one.kind === "all") return parts.every(Boolean);
  return one.kind === "any" ? parts.some(Boolean) : !parts.some(Boolean);
}

test("conditions that are said plainly mean what they meant, and never except an exception", () => {
  const say = wordsOf({ currency: "USD", pointsName: { one: "point", other: "points" } });
  fc.assert(
    fc.property(trees, fc.subarray(asked), (tree, like) => {
      expect(holds(plainTree(tree), new Set(like))).toBe(holds(tree, new Set(like)));
      expect(treeSentence(tree, say)).not.toMatch(/except \(?except/);
    }),
    { numRuns: 2_000 },
  );
});
