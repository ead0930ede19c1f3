import type { Saw, World } from "./condition-kind.ts";
import type { Item, Occasion } from "./occasion.ts";
import { type Condition, conditionOf, isBranch, settingsOf, type Tree } from "./tree.ts";

/**
 * What one question came to: [which leaf of the tree, passed, what it saw]. Of items, how many passed. A leaf that
 * is not listed was not asked: what stood before it had decided already.
 */
export type Test = [leaf: number, passed: boolean, saw: Saw];

/** A tree as one function that decides and tells in the same breath: the trace is never worked out a second time. */
export type CompiledTree = {
  /** It chooses items; otherwise all of the order counts. */
  choosesItems: boolean;
  /** Which of its leaves ask about items. */
  itemLeaves: ReadonlySet<number>;
  /** The part that is asked once of the whole occasion, where the tree asks for it and for something about items. */
  gate: Holds | null;
  /** Asked of an item, or of the whole occasion where it chooses none. What the gate asks is left out. */
  holds: Holds;
};

export type Holds = (occasion: Occasion, item: Item | null, told: Test[]) => boolean;

export function compileTree(tree: Tree, world: World): CompiledTree {
  let leaves = 0;
  const itemLeaves = new Set<number>();

  const build = (one: Tree): Built => {
    if (!isBranch(one)) {
      if (conditionOf(one).about === "items") itemLeaves.add(leaves);
      return { gate: null, ...compileLeaf(one, leaves++, world) };
    }
    const parts = one.of.map(build);
    const ofOccasion = parts.filter((part) => !part.items).map(({ holds }) => holds);
    const ofItems = parts.filter((part) => part.items).map((part) => whole(part));
    const items = ofItems.length > 0;
    // Questions about the whole occasion decide before every item is asked.
    return items && one.kind === "all" && ofOccasion.length > 0
      ? { items, gate: joined("all", ofOccasion), holds: joined("all", ofItems) }
      : { items, gate: null, holds: joined(one.kind, [...ofOccasion, ...ofItems]) };
  };

  const { items, gate, holds } = build(tree);
  return { choosesItems: items, itemLeaves, gate, holds };
}

type Built = { items: boolean; gate: Holds | null; holds: Holds };

const whole = ({ gate, holds }: Built): Holds =>
  gate ? (occasion, item, told) => gate(occasion, item, told) && holds(occasion, item, told) : holds;

function joined(kind: "all" | "any" | "none", parts: readonly Holds[]): Holds {
  // An empty group lets everything through, whatever it is called: a merchant who has not filled it in asks nothing.
  if (parts.length === 0) return () => true;
  const [only] = parts;
  if (only && parts.length === 1 && kind !== "none") return only;
  const until = kind !== "all";
  const found = kind === "any";
  const [first, second] = parts;
  if (kind === "all" && first && second && parts.length === 2)
    return (occasion, item, told) => first(occasion, item, told) && second(occasion, item, told);
  return (occasion, item, told) => {
    for (let n = 0; n < parts.length; n += 1) if (parts[n]?.(occasion, item, told) === until) return found;
    return !found;
  };
}

function compileLeaf(leaf: Condition, index: number, world: World): { items: boolean; holds: Holds } {
  const kind = conditionOf(leaf);
  const settings = settingsOf(leaf);
  if (kind.about === "items") {
    const test = kind.compile(settings, world) as (item: Item, occasion: Occasion) => boolean;
    return {
      items: true,
      holds: (occasion, item, told) => {
        const passed = item !== null && test(item, occasion);
        const seen = toldOf(told, index);
        if (!seen) told.push([index, passed, passed ? 1 : 0]);
        else if (passed) {
          seen[1] = true;
          seen[2] = (seen[2] as number) + 1;
        }
        return passed;
      },
    };
  }
  const test = kind.compile(settings, world) as (occasion: Occasion) => boolean;
  const saw = kind.saw as (occasion: Occasion, settings: unknown, world: World) => Saw;
  return {
    items: false,
    holds: (occasion, item, told) => {
      // Asked once of the occasion, also where it stands beside questions about items.
      if (item !== null) {
        const before = toldOf(told, index);
        if (before) return before[1];
      }
      const passed = test(occasion);
      told.push([index, passed, saw(occasion, settings, world)]);
      return passed;
    },
  };
}

function toldOf(told: readonly Test[], leaf: number): Test | undefined {
  for (let n = 0; n < told.length; n += 1) if (told[n]?.[0] === leaf) return told[n];
  return undefined;
}
