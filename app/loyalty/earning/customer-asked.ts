import type { LocalMoment } from "../local-time.ts";
import type { Definition } from "../program/definition.ts";
import { type BirthdayWindow, isWithin, windowKey } from "./conditions/birthday-window.ts";
import type { BirthdayWindows, MemberFacts } from "./occasion.ts";
import { leavesOf, needsOf, settingsOf } from "./tree.ts";

/** What a version asks of a customer that only Shopify knows, and that may be otherwise tomorrow. */
export type CustomerAsked = {
  windows: readonly BirthdayWindow[];
  /** Whether it asks how many orders there were before Laurel. */
  counts: boolean;
};

const found = new WeakMap<Definition, Record<"order" | "event", CustomerAsked>>();

/** What rules for orders ask, or those for what is no order; boosts ask of both. */
export function customerAsked(definition: Definition, of: "order" | "event"): CustomerAsked {
  let asked = found.get(definition);
  if (!asked) {
    asked = { order: askedIn(definition, true), event: askedIn(definition, false) };
    found.set(definition, asked);
  }
  return asked[of];
}

function askedIn({ earning, boosts }: Definition, ofOrders: boolean): CustomerAsked {
  const rules = earning.filter((rule) => rule.active && (rule.on.kind === "order") === ofOrders);
  const trees = [...rules, ...boosts.filter((boost) => boost.active)].map((one) => one.when);
  const windows = new Map<string, BirthdayWindow>();
  for (const leaf of trees.flatMap(leavesOf)) if (leaf.kind === "birthday window") windows.set(windowKey(leaf), settingsOf(leaf));
  return { windows: [...windows.values()], counts: trees.some((tree) => needsOf(tree).includes("order count")) };
}

/** The answers that are pinned instead of a birthday, which is personal data. null where no birthday is known. */
export function answersOf({ windows }: CustomerAsked, birthday: string | null, local: () => LocalMoment): BirthdayWindows | null {
  if (birthday === null) return null;
  return Object.fromEntries(windows.map((one) => [windowKey(one), isWithin(one, birthday, local())]));
}

/** What was pinned; what was not, because no rule of the order's version asked, by the birthday that is known now. */
export function birthdayFor(
  asked: CustomerAsked,
  pinned: BirthdayWindows | null | undefined,
  now: string | null,
  local: () => LocalMoment,
): MemberFacts["birthday"] {
  if (pinned === undefined) return now;
  if (pinned === null || asked.windows.every((one) => pinned[windowKey(one)] !== undefined)) return pinned;
  return { ...answersOf(asked, now, local), ...pinned };
}
