import { conditionKinds } from "../../loyalty/earning/conditions/index.ts";
import { isBranch, type Tree } from "../../loyalty/earning/tree.ts";
import { type Draft, draftOf } from "../form/draft.ts";
import { editor } from "../texts/editor.ts";

export type Joined = keyof typeof editor.conditions.kinds;
export type Kind = (typeof conditionKinds)[number];

/** The form begins with a group: a condition that stands alone is a group of one. */
export const rooted = (tree: Tree): Tree => (isBranch(tree) ? tree : { kind: "all", of: [tree] });

export const joinedOf = ({ kind }: Draft): Joined => (kind === "any" || kind === "none" ? kind : "all");

export const listOf = ({ of }: Draft): Draft[] =>
  (Array.isArray(of) ? of : []).filter((one): one is Draft => typeof one === "object" && !Array.isArray(one));

export const kindNamed = (name: unknown): Kind | undefined => conditionKinds.find((one) => one.name === name);

/** What a condition or a group is called. */
export const labelOf = (one: Draft): string =>
  Array.isArray(one.of) ? editor.conditions.groupOf[joinedOf(one)] : (kindNamed(one.kind)?.label ?? String(one.kind));

/** Those that can be asked of an occasion, by what they are about. */
export function kindsFor(trigger: string | null): { about: Kind["about"]; kinds: Kind[] }[] {
  const fit = conditionKinds.filter((one: Kind) => trigger === null || canBeAsked(one, trigger));
  return (Object.keys(editor.conditions.about) as Kind["about"][])
    .map((about) => ({ about, kinds: fit.filter((one) => one.about === about).sort((a, b) => a.label.localeCompare(b.label, "en")) }))
    .filter(({ kinds }) => kinds.length > 0);
}

export const canBeAsked = (kind: Kind, trigger: string): boolean =>
  !("triggers" in kind) || (kind.triggers as readonly string[] | undefined)?.includes(trigger) !== false;

export const newCondition = (name: string, currency: string): Draft => {
  const kind = kindNamed(name);
  return { ...(kind ? draftOf(kind.settings, undefined, currency) : {}), kind: name };
};
