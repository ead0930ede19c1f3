import { kindOf } from "../program/union-of.ts";
import type { Say } from "../say.ts";
import type { Basket, Certificate, Gift, Share } from "./award-kind.ts";
import { awardKinds } from "./awards/index.ts";
import type { Need } from "./condition-kind.ts";
import type { Award } from "./rule.ts";
import { settingsOf } from "./tree.ts";

type AnyAward = {
  label: string;
  needs?: readonly Need[];
  ofOrder?: boolean | ((settings: unknown) => boolean);
  takesItems?: true;
  sentence: (settings: unknown, say: Say) => string;
  settingsFor?: (settings: unknown, unit: string) => unknown;
  perPiece?: (settings: unknown) => number | null;
  shares?: (settings: unknown) => (basket: Basket) => Share[];
  gifts?: (settings: unknown) => Gift[];
  certificate?: (settings: unknown) => Certificate;
};

/**
 * A rule's award with its kind: what it says, and whether it needs an order.
 * @param unit where it gives several, only the part that gives this one
 */
export function awardOf(award: Award, unit?: string) {
  const kind = kindOf(awardKinds, award.kind) as AnyAward;
  const whole = settingsOf(award);
  const settings = unit === undefined ? whole : (kind.settingsFor?.(whole, unit) ?? whole);
  return {
    label: kind.label,
    ofOrder: typeof kind.ofOrder === "function" ? kind.ofOrder(settings) : kind.ofOrder === true,
    takesItems: kind.takesItems === true,
    /** What it gives for one piece; null where it does not go by pieces. */
    perPiece: kind.perPiece?.(settings) ?? null,
    /** It is made of what was collected, whenever that is enough: no single occasion gives it. */
    isCertificate: kind.certificate !== undefined,
    /** More money means more of it; otherwise it looks at pieces, or at nothing. */
    get followsAmount() {
      const shares = kind.shares?.(settings);
      const of = (amount: number) => JSON.stringify(shares?.({ ...blank, amount }).map((one) => String(one.numerator)));
      return of(1_000_000_000_000) !== of(2_000_000_000_000);
    },
    /** The units that it gives amounts of. Where it gives none, points: limits have to be told in something. */
    get units(): string[] {
      return (
        kind
          .shares?.(settings)({ ...blank, amount: 0 })
          .map((one) => one.unit) ?? ["points"]
      );
    },
    say: (say: Say) => kind.sentence(settings, say),
  };
}

const blank = { items: [], pieces: 0, shipping: 0, isOrder: true, weights: [] };
