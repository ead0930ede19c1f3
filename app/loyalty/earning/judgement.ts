import type { ProductFacts } from "../facts.ts";
import type { Minor } from "../money.ts";
import type { Points } from "../points.ts";
import type { Phase } from "../program/phase.ts";
import type { Gift } from "./award-kind.ts";
import type { Test } from "./compile-tree.ts";
import type { LineCount } from "./eligible.ts";
import type { Period } from "./limit.ts";
import type { MemberFacts, Trigger } from "./occasion.ts";

/** What one rule did with an order, and why: plain values that are stored with the award. One for each unit it gives. */
export type RuleTrace = {
  ruleId: string;
  name: string;
  unit: string;
  points: Points;
  passed: boolean;
  why: RuleReason | null;
  /** Its questions, in the order in which they were asked. */
  tests: Test[];
  /** What counted for it, where that is not the whole order. */
  amount?: Minor;
  /** The award before boosts and rounding, as a fraction: digits in a text where a number would lose some. */
  exact?: [numerator: number | string, denominator: number | string];
  /** What multiplied it, and by how much in all (hundredths of a per cent, over all its items). */
  boosts?: BoostTrace[];
  boosted?: [numerator: string, denominator: string];
  /** Which budget pays it, where that is not retention. */
  budget?: Budget;
  /** What a limit or a budget left of it. */
  caps?: CapTrace[];
  /**
   * The part of each line of the order, and of its shipping or of nothing in particular: they sum to `points`. A rule
   * that gave nothing has no parts.
   */
  lines: Points[];
  rest: Points;
};

/** The lines of a rule that gave nothing. */
export const noParts: Points[] = [];
Object.freeze(noParts);

export type RuleReason =
  | { reason: "below minimum"; minimum: Minor; amount: Minor }
  | { reason: "conditions" }
  | { reason: "no items" }
  | { reason: "not running" }
  | { reason: "beaten"; by: string; points: Points; rival: Points };

export type BoostTrace = { id: string; name: string; times: number; onItems: boolean };

/** points before and after; `left` is what the period had left for this occasion. */
export type CapTrace =
  | { cap: "limit"; of: "points" | "times"; per: Period; days: number | null; most: number; left: number; before: Points; after: Points }
  | {
      cap: "all rules";
      of: "points" | "times";
      per: Period;
      days: number | null;
      most: number;
      left: number;
      before: Points;
      after: Points;
    }
  | { cap: "budget"; budget: Budget; left: Points; before: Points; after: Points };

export type Budget = "retention" | "acquisition";

export type NothingReason =
  | "test order"
  | "cancelled"
  | "deleted"
  | "payment void"
  | "not live"
  | "not a tester"
  | "excluded by tag"
  | "blocked"
  | "left";

export type Rounding = "down" | "nearest" | "up";

/** The whole judgement of an order: the money path and the explanation are this one value. */
export type Judgement = {
  /** Points due. Of other units see `units`. */
  due: Points;
  units?: Record<string, Points>;
  gifts?: (Gift & { ruleId: string })[];
  nothing: NothingReason | null;
  trigger: Trigger;
  version: number;
  amount: Minor;
  currency: string;
  lines: LineCount[];
  shipping: Minor;
  refundedWithoutLines: Minor;
  rules: RuleTrace[];
  rounding: Rounding;
  /** What was known of the member, where a rule asked. */
  member?: Partial<MemberFacts>;
};

/** How much of each limit was used before this occasion, by `limitKey`. What is missing is zero. */
export type Used = Readonly<Record<string, number>>;

/** What is pinned when an order is first seen, and how the member stood before it. */
export type Circumstances = {
  version: number;
  phase: Phase;
  testTag: string | null;
  tags: readonly string[];
  deleted: boolean;
  memberState: "active" | "blocked" | "left";
  /** Facts from the shop's mirror, by product id, where a rule asks for them. */
  products?: Readonly<Record<string, ProductFacts>>;
  /** How the member stood before this occasion. */
  member?: Partial<Omit<MemberFacts, "tags">>;
  used?: Used;
  /** What a budget had left when the order was first settled. A budget that is missing has no end. */
  room?: Partial<Record<Budget, Points>>;
};
