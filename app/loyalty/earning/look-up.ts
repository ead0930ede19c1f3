import type { Lookup, Saw, Texts } from "./condition-kind.ts";
import type { Item, Occasion } from "./occasion.ts";
import { plainText } from "./same-text.ts";
import { type Condition, conditionOf, settingsOf } from "./tree.ts";

/** By slot, the answers to questions about one order: a bit for each of its items, or all bits for the whole of it. */
export type Answers = Int32Array;

/**
 * Answers the questions of all rules that only ask whether one of their texts is there (products, collections,
 * tags, types, vendors, SKUs, segments, channels, countries, tiers, days) at once: each text of an order is looked up one
 * time, however many rules there are.
 */
export type LookUp = {
  /** Where the answer to a question will be. null where it has to be asked. */
  slotOf: (condition: Condition) => number | null;
  /** What was seen by all questions of its kind that are answered no. */
  seenBy: (slot: number) => Seen;
  /** They hold until the next order is answered: both happen within one judgement, which nothing interrupts. */
  answer: (occasion: Occasion) => Answers | null;
};

/** What they saw of the present order (of items, how many passed: none), and a number for it; -1 where it is not kept. */
export type Seen = { saw: Saw; place: number };

type Kind = { lookup: Lookup; slots: Map<string, number[]>; heard: Map<string, readonly number[]>; seen: Seen; places: Map<Saw, number> };

/** A shop's tags and SKUs come again and again, but not without end. */
const mostHeard = 5_000;

/** Days, channels, countries and tiers are few. */
const mostSeen = 500;

/** Bits of an answer. */
const mostItems = 32;

export function lookUp(): LookUp {
  const kinds = new Map<string, Kind>();
  const known = new Map<string, number>();
  const kindOfSlot: Kind[] = [];
  let answers: Answers = new Int32Array(0);

  const slotOf = (condition: Condition): number | null => {
    const { lookup } = conditionOf(condition);
    const wanted = lookup?.wanted(settingsOf(condition));
    if (!lookup || !wanted) return null;
    const kind = kinds.get(condition.kind) ?? { lookup, slots: new Map(), heard: new Map(), seen: { saw: 0, place: 0 }, places: new Map() };
    kinds.set(condition.kind, kind);
    const texts = [...new Set(wanted.map(plainText))].sort();
    // Rules that ask the same share the answer.
    const key = JSON.stringify([condition.kind, texts]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const slot = kindOfSlot.push(kind) - 1;
    known.set(key, slot);
    for (const text of texts) kind.slots.set(text, [...(kind.slots.get(text) ?? []), slot]);
    answers = new Int32Array(kindOfSlot.length);
    return slot;
  };

  const answer = (occasion: Occasion): Answers | null => {
    if (occasion.items.length > mostItems) return null;
    answers.fill(0);
    for (const kind of kinds.values()) answerKind(kind, occasion, answers);
    return answers;
  };

  return { slotOf, seenBy: (slot) => (kindOfSlot[slot] as Kind).seen, answer };
}

function answerKind(kind: Kind, occasion: Occasion, answers: Answers): void {
  const { lookup } = kind;
  if (!lookup.ofItem) {
    see(kind, lookup.sawNone(occasion));
    note(kind, lookup.ofOccasion(occasion), -1, answers);
    return;
  }
  const { items } = occasion;
  for (let at = 0; at < items.length; at += 1) note(kind, lookup.ofItem(items[at] as Item), 1 << at, answers);
}

function see({ seen, places }: Kind, saw: Saw): void {
  let place = places.get(saw) ?? -1;
  if (place === -1 && places.size < mostSeen) {
    place = places.size;
    places.set(saw, place);
  }
  seen.saw = saw;
  seen.place = place;
}

function note(kind: Kind, texts: Texts, bits: number, answers: Answers): void {
  if (typeof texts === "string") noteOne(kind, texts, bits, answers);
  else if (texts) for (let n = 0; n < texts.length; n += 1) noteOne(kind, texts[n] as string, bits, answers);
}

function noteOne({ slots, heard }: Kind, text: string, bits: number, answers: Answers): void {
  let found = heard.get(text);
  if (!found) {
    found = slots.get(plainText(text)) ?? none;
    if (heard.size < mostHeard) heard.set(text, found);
  }
  for (let n = 0; n < found.length; n += 1) {
    const slot = found[n] as number;
    answers[slot] = (answers[slot] as number) | bits;
  }
}

const none: readonly number[] = [];
