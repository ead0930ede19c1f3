import type { Saw, World } from "./condition-kind.ts";
import type { LookUp } from "./look-up.ts";
import type { Item, Occasion } from "./occasion.ts";
import { type Condition, conditionOf, isBranch, leavesOf, settingsOf, type Tree } from "./tree.ts";

/**
 * What one question came to: [which leaf of the tree, passed, what it saw]. Of items, how many passed. A leaf that
 * is not listed was not asked: what stood before it had decided already.
 */
export type Test = [leaf: number, passed: boolean, saw: Saw];

/** A tree as one function that decides and notes in the same breath: what is told is never worked out a second time. */
export type CompiledTree = {
  /** It chooses items; otherwise all of the order counts. */
  choosesItems: boolean;
  /** How many questions it has: so long is what it notes. */
  leaves: number;
  /** The part that is asked once of the whole occasion, where the tree asks for it and for something about items. */
  gate: Holds | null;
  /** Asked of an item, or of the whole occasion where it chooses none. What the gate asks is left out. */
  holds: Holds;
  /** What came of the questions that were asked. */
  testsOf: (occasion: Occasion, noted: Noted) => Test[];
};

/** For each leaf 0 until it is asked, then 1, and one more for every time that it passed. */
export type Noted = Int32Array;
export type Holds = (occasion: Occasion, item: Item | null, noted: Noted) => boolean;

/** What a question about the whole occasion saw; those about items count how many passed. */
type AskedOfOccasion = (occasion: Occasion) => Saw;
type Built = { items: boolean; gate: Holds | null; holds: Holds };

export function compileTree(tree: Tree, world: World, lookUp: LookUp | null): CompiledTree {
  const leaves: (AskedOfOccasion | null)[] = [];

  const build = (one: Tree): Built => {
    if (!isBranch(one)) return { gate: null, ...compileLeaf(one, { world, lookUp, leaves }) };
    const parts = one.of.filter(asks).map(build);
    const ofOccasion = parts.filter((part) => !part.items).map(({ holds }) => holds);
    const ofItems = parts.filter((part) => part.items).map((part) => whole(part));
    const items = ofItems.length > 0;
    // Questions about the whole occasion decide before every item is asked.
    return items && one.kind === "all" && ofOccasion.length > 0
      ? { items, gate: joined("all", ofOccasion), holds: joined("all", ofItems) }
      : { items, gate: null, holds: joined(one.kind, [...ofOccasion, ...ofItems]) };
  };

  const { items, gate, holds } = build(tree);
  const testsOf = (occasion: Occasion, noted: Noted): Test[] => {
    let asked = 0;
    for (let n = 0; n < leaves.length; n += 1) if (noted[n] !== 0) asked += 1;
    const tests = new Array<Test>(asked);
    let at = 0;
    for (let n = 0; n < leaves.length; n += 1) {
      const times = noted[n] as number;
      if (times === 0) continue;
      const saw = leaves[n];
      tests[at] = [n, times > 1, saw ? saw(occasion) : times - 1];
      at += 1;
    }
    return tests;
  };
  return { choosesItems: items, leaves: leaves.length, gate, holds, testsOf };
}

const whole = ({ gate, holds }: Built): Holds =>
  gate ? (occasion, item, noted) => gate(occasion, item, noted) && holds(occasion, item, noted) : holds;

// A group that a merchant has not filled in asks nothing, and its sentence says nothing of it: beside another way in it
// lets nobody through, and as an exception it keeps nobody out.
const asks = (part: Tree): boolean => leavesOf(part).length > 0;

function joined(kind: "all" | "any" | "none", parts: readonly Holds[]): Holds {
  // A rule without questions is for everything, whatever its group is called.
  if (parts.length === 0) return () => true;
  const [only] = parts;
  if (only && parts.length === 1 && kind !== "none") return only;
  const until = kind !== "all";
  const found = kind === "any";
  const [first, second] = parts;
  if (kind === "all" && first && second && parts.length === 2)
    return (occasion, item, noted) => first(occasion, item, noted) && second(occasion, item, noted);
  return (occasion, item, noted) => {
    for (let n = 0; n < parts.length; n += 1) if ((parts[n] as Holds)(occasion, item, noted) === until) return found;
    return !found;
  };
}

type Around = { world: World; lookUp: LookUp | null; leaves: (AskedOfOccasion | null)[] };

function compileLeaf(leaf: Condition, { world, lookUp, leaves }: Around): { items: boolean; holds: Holds } {
  const kind = conditionOf(leaf);
  const settings = settingsOf(leaf);
  const index = leaves.length;
  // What was looked up need not be asked.
  const slot = lookUp?.slotOf(leaf) ?? -1;
  if (kind.about === "items") {
    leaves.push(null);
    const test = kind.compile(settings, world) as (item: Item, occasion: Occasion) => boolean;
    return {
      items: true,
      holds: (occasion, item, noted) => {
        const { answers } = occasion;
        const passed =
          item !== null && (answers !== null && slot !== -1 ? (((answers[slot] as number) >> item.at) & 1) === 1 : test(item, occasion));
        noted[index] = ((noted[index] as number) || 1) + (passed ? 1 : 0);
        return passed;
      },
    };
  }
  const saw = kind.saw as (occasion: Occasion, settings: unknown, world: World) => Saw;
  leaves.push((occasion) => saw(occasion, settings, world));
  const test = kind.compile(settings, world) as (occasion: Occasion) => boolean;
  return {
    items: false,
    holds: (occasion, _, noted) => {
      // Asked once of the occasion, also where it stands beside questions about items.
      if (noted[index] === 0) {
        const { answers } = occasion;
        noted[index] = (answers !== null && slot !== -1 ? answers[slot] !== 0 : test(occasion)) ? 2 : 1;
      }
      return noted[index] === 2;
    },
  };
}
