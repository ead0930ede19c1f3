import { type Branch, isBranch, type Tree } from "./tree.ts";

/**
 * Conditions as they are said: the same in meaning, without an exception from an exception. "None of: none of Gold" is
 * "Gold", and what is excepted stands behind what it is excepted from.
 */
export function plainTree(one: Tree): Tree {
  if (!isBranch(one)) return one;
  const of = one.of.map(plainTree).flatMap((each) => (isBranch(each) && each.kind === one.kind && each.kind !== "none" ? each.of : [each]));
  if (one.kind === "any") return only({ kind: "any", of });
  if (one.kind === "all") return only({ kind: "all", of: [...of.filter((each) => !isNone(each)), ...of.filter(isNone)] });
  return withoutThese(of);
}

const isNone = (one: Tree): one is Branch => isBranch(one) && one.kind === "none";
const isOnlyNones = (one: Tree): one is Branch => isBranch(one) && one.kind === "all" && one.of.length > 0 && one.of.every(isNone);
const only = (one: Branch): Tree => (one.of.length === 1 && one.of[0] !== undefined ? one.of[0] : one);

function withoutThese(parts: readonly Tree[]): Tree {
  const of = parts.flatMap((one) => {
    if (isBranch(one) && one.kind === "any") return one.of;
    // Neither of two exceptions is an exception of both.
    return isOnlyNones(one) ? [{ kind: "none" as const, of: one.of.flatMap((none) => (isNone(none) ? none.of : [])) }] : [one];
  });
  const wanted = of.filter(isNone).map((none) => only({ kind: "any", of: none.of }));
  const unwanted = of.filter((one) => !isNone(one));
  if (wanted.length === 0) return { kind: "none", of: unwanted };
  return only({ kind: "all", of: [...wanted, ...(unwanted.length > 0 ? [{ kind: "none" as const, of: unwanted }] : [])] });
}
