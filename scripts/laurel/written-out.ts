import { type Document, isAlias, isMap, isPair, isSeq } from "yaml";

// Each alias is looked for among all the others: ten thousand of them take a second, a hundred thousand minutes.
const ofLookingUp = 50;

/**
 * How many nodes a YAML document has when every alias is written out, so that one whose anchors repeat each other over
 * and over is refused before anybody tries. An anchor that stands within itself has no end.
 */
export function writtenOut({ contents }: Document): number {
  const ofAnchor = new Map<string, number>();
  const count = (node: unknown): number => {
    // An alias stands for what had its name last.
    if (isAlias(node)) return ofLookingUp + (ofAnchor.get(node.source) ?? 1);
    if (isPair(node)) return count(node.key) + count(node.value);
    if (!isMap(node) && !isSeq(node)) return 1;
    if (node.anchor) ofAnchor.set(node.anchor, Number.POSITIVE_INFINITY);
    const all = (node.items as unknown[]).reduce<number>((sum, one) => sum + count(one), 1);
    if (node.anchor) ofAnchor.set(node.anchor, all);
    return all;
  };
  return count(contents);
}
