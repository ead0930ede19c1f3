import { conditionOf, isBranch, leavesOf, type Tree } from "../earning/tree.ts";

/** What a rule asks of items, which has to hold whatever else it asks: "on Coffee". null where it asks nothing of the kind. */
export function itemsOf(when: Tree): Tree | null {
  const parts = isBranch(when) && when.kind === "all" ? when.of : [when];
  const items = parts.filter((part) => {
    const leaves = leavesOf(part);
    return leaves.length > 0 && leaves.every((leaf) => conditionOf(leaf).about === "items");
  });
  return items.length > 0 ? { kind: "all", of: items } : null;
}
