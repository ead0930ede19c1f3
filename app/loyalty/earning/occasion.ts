import type { LineFacts, OrderFacts, ProductFacts } from "../facts.ts";
import type { LocalMoment } from "../local-time.ts";
import type { Minor } from "../money.ts";
import type { Answers } from "./look-up.ts";

/** What makes rules look: an order, or something that a member did or that a day brought. */
export const triggers = ["order", "joined", "birthday", "anniversary", "event"] as const;
export type Trigger = (typeof triggers)[number];

/** An item of the order with everything that rules may ask about it. */
export type Item = {
  /** Its place in the order, from 0. */
  at: number;
  line: LineFacts;
  /** From the shop's mirror; undefined where no rule of the version asks for it. */
  product: ProductFacts | undefined;
  /** The eligible amount as it was sold, and what counts of it now. Zero for what never earns. */
  sold: Minor;
  counts: Minor;
  /** How many remain, and how many were sold. */
  remaining: number;
  quantity: number;
};

/** Whether the birthday lay within a number of days, by "<days before> <days after>": an answer instead of a date. */
export type BirthdayWindows = Readonly<Record<string, boolean>>;

/**
 * What is known of a member at the instant of the occasion. What depends on their other orders follows the order
 * of placing, never of arrival (DESIGN.md §1.2).
 */
export type MemberFacts = {
  tags: readonly string[];
  segments: readonly string[];
  /** The tier they were in before this occasion; null without one. */
  tierId: string | null;
  joinedAt: number | null;
  /** MM-DD; the year is not kept. Where it was pinned, only which of the windows held that were asked about. */
  birthday: string | BirthdayWindows | null;
  /** Orders placed before this one that were not cancelled by then. */
  ordersBefore: number;
  lastOrderAt: number | null;
};

export type EventFacts = { name: string; properties: Readonly<Record<string, string | number | boolean>> };

/** What a rule is asked about. */
export type Occasion = {
  trigger: Trigger;
  /** Epoch milliseconds: when the order was placed, or the event happened. */
  at: number;
  /** The same as clocks in the programme's zone show it. Worked out when first asked for. */
  local: () => LocalMoment;
  order: OrderFacts | null;
  items: readonly Item[];
  /** The eligible amount of the whole order as it was sold, shipping included where it earns; and what counts now. */
  sold: Minor;
  counts: Minor;
  shippingSold: Minor;
  shipping: Minor;
  member: MemberFacts;
  event: EventFacts | null;
  /** true while a rule that judges again is asked: gates then look at what remains. */
  again: boolean;
  /** What was looked up for all rules together; null where each has to be asked. */
  answers: Answers | null;
};
