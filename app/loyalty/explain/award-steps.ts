import { awardOf } from "../earning/award-of.ts";
import type { CapTrace, Judgement, RuleTrace } from "../earning/judgement.ts";
import { limitSentence } from "../earning/limit.ts";
import type { Trigger } from "../earning/occasion.ts";
import type { EarningRule } from "../earning/rule.ts";
import type { Say } from "../say.ts";

/** What is known around a trace: the judgement it belongs to, and what the programme does with several boosts. */
export type Around = Partial<Pick<Judgement, "amount" | "rounding" | "trigger">> & {
  boosts?: "multiply" | "highest";
  reader?: Reader;
  /** The units that a rule gave, or would have given. */
  unitsOf?: (ruleId: string) => readonly string[];
};

/** Who reads it: what a budget has left and what limits all rules together is the merchant's own business. */
export type Reader = "staff" | "member";

/** How a rule's number came about: the award, what multiplied it, the rounding, and what limits and budgets left. */
export function awardSteps(trace: RuleTrace, rule: Pick<EarningRule, "award"> | undefined, around: Around, say: Say): string[] {
  const { caps = [], unit } = trace;
  if (countsNothing(trace)) return [];
  return [
    ...award(trace, rule, around, say),
    ...boosts(trace, around, say),
    ...rounding(trace, around, say),
    ...caps
      .filter((one) => one.after < one.before)
      .map((one) => (around.reader === "member" ? capStepForMember : capStep)(one, unit, say, around.trigger)),
  ];
}

function award(
  { amount, exact, boosted, unit }: RuleTrace,
  rule: Pick<EarningRule, "award"> | undefined,
  around: Around,
  say: Say,
): string[] {
  if (!rule) return amount === undefined ? [] : [say.in({ en: `${say.money(amount)} counted.`, fr: `${say.money(amount)} comptaient.` })];
  const { followsAmount, perPiece, say: inWords, label } = awardOf(rule.award, unit);
  const counted = amount ?? around.amount;
  const sentence = capital(inWords(say)) || label;
  if (!exact) return [`${sentence}.`];
  const comes = sayExact(exact, unit, say);
  // A fixed award says its number already.
  if (sentence === comes) return boosted ? [`${sentence}.`] : [];
  if (perPiece !== null) {
    const pieces = Number(BigInt(exact[0]) / (BigInt(exact[1]) * BigInt(perPiece)));
    return [
      say.in({
        en: `${sentence}, and ${say.number(pieces)} ${pieces === 1 ? "item" : "items"} counted: ${comes}.`,
        fr: `${sentence}, et ${say.number(pieces)} ${pieces < 2 ? "article comptait" : "articles comptaient"} : ${comes}.`,
      }),
    ];
  }
  if (!followsAmount || counted === undefined) return [say.in({ en: `${sentence}: ${comes}.`, fr: `${sentence} : ${comes}.` })];
  return [
    say.in({
      en: `${sentence}, and ${say.money(counted)} counted: ${comes}.`,
      fr: `${sentence}, et ${say.money(counted)} comptaient : ${comes}.`,
    }),
  ];
}

function boosts({ boosts: told = [], boosted, unit }: RuleTrace, around: Around, say: Say): string[] {
  if (told.length === 0 || !boosted) return [];
  const each = told.map(({ id, name, times, onItems }) => {
    const called = id.startsWith("tier-") ? renamed(say.nameOf("tier", id.slice(5)), id.slice(5), name) : name;
    const on = onItems ? say.in({ en: " on its items", fr: " sur ses articles" }) : "";
    return `×${say.number(times / 10_000)}${on} (${called})`;
  });
  const highest = told.length > 1 && around.boosts === "highest";
  const all = highest ? say.in({ en: `The highest of ${each.join(", ")}`, fr: `Le plus élevé de ${each.join(", ")}` }) : each.join(", ");
  const comes = sayExact(boosted, unit, say);
  return [say.in({ en: `${all}: ${comes}.`, fr: `${all} : ${comes}.` })];
}

function rounding({ exact, boosted, caps = [], points, unit }: RuleTrace, around: Around, say: Say): string[] {
  const fraction = boosted ?? exact;
  if (!fraction || !around.rounding || isWhole(fraction)) return [];
  const to = say.amount(caps[0]?.before ?? points, unit);
  const said = {
    down: { en: `Rounded down to ${to}.`, fr: `Arrondi vers le bas à ${to}.` },
    nearest: { en: `Rounded to ${to}.`, fr: `Arrondi à ${to}.` },
    up: { en: `Rounded up to ${to}.`, fr: `Arrondi vers le haut à ${to}.` },
  };
  return [say.in(said[around.rounding])];
}

/** "Cut from 500 points to 300 points: up to 500 points a day, and 200 points were used." */
export function capStep(one: CapTrace, unit: string, say: Say, occasion?: Trigger): string {
  const cut = say.in({
    en: `Cut from ${say.amount(one.before, unit)} to ${say.amount(one.after, unit)}`,
    fr: `Réduit de ${say.amount(one.before, unit)} à ${say.amount(one.after, unit)}`,
  });
  if (one.cap === "budget") {
    const had = say.amount(one.left, unit);
    const budget = say.in(budgets[one.budget]);
    // Where others take of it as well, what was left is more than what this one got.
    const isShared = one.after < one.left;
    return isShared
      ? say.in({
          en: `${cut}: ${budget} had ${had} left for all that it pays for.`,
          fr: `${cut} : il restait ${had} dans ${budget} pour tout ce qu’il paie.`,
        })
      : say.in({ en: `${cut}: ${budget} had ${had} left.`, fr: `${cut} : il restait ${had} dans ${budget}.` });
  }
  const limit = limitSentence(one, [unit], say, occasion);
  const all = one.cap === "all rules" ? say.in({ en: "all rules together, ", fr: "toutes règles réunies, " }) : "";
  const used = one.per === "order" ? "" : usedOf(one.most, one.left, one.of === "points" ? unit : null, say);
  return say.in({ en: `${cut}: ${all}${limit}${used}.`, fr: `${cut} : ${all}${limit}${used}.` });
}

/** The same for a member, who reads the limits that the rule itself states, and of all others only that there is one. */
function capStepForMember(one: CapTrace, unit: string, say: Say, occasion?: Trigger): string {
  if (one.cap === "limit") return capStep(one, unit, say, occasion);
  const [before, after] = [say.amount(one.before, unit), say.amount(one.after, unit)];
  if (one.cap === "budget")
    return say.in({
      en: `Cut from ${before} to ${after}: the campaign’s budget was used up.`,
      fr: `Réduit de ${before} à ${after} : le budget de la campagne était épuisé.`,
    });
  return say.in({
    en: `Cut from ${before} to ${after}: the most that a member gets was reached.`,
    fr: `Réduit de ${before} à ${after} : le maximum par membre était atteint.`,
  });
}

const budgets = {
  retention: { en: "the retention budget", fr: "le budget de fidélisation" },
  acquisition: { en: "the acquisition budget", fr: "le budget d’acquisition" },
};

function usedOf(most: number, left: number, unit: string | null, say: Say): string {
  if (left === 0) return say.in({ en: ", which was used up", fr: ", tout était utilisé" });
  if (left === most) return "";
  const used = unit === null ? say.number(most - left) : say.amount(most - left, unit);
  return say.in({ en: `, and ${used} had been used`, fr: `, dont ${used} déjà utilisés` });
}

type Fraction = readonly [number | string, number | string];

const isWhole = ([n, d]: Fraction): boolean => BigInt(n) % BigInt(d) === 0n;

/** Nothing of the order is what the rule gives something for: it holds, and comes to nothing. */
export const countsNothing = ({ passed, exact }: Pick<RuleTrace, "passed" | "exact">): boolean =>
  passed && exact !== undefined && BigInt(exact[0]) === 0n;

// Thousandths are enough to be read, and are said to be what they are; the exact fraction stays in the trace.
function sayExact([n, d]: Fraction, unit: string, say: Say): string {
  const [numerator, denominator] = [BigInt(n) * 1000n, BigInt(d)];
  const [down, rest] = [Number(numerator / denominator), numerator % denominator];
  if (rest === 0n) return say.amount(down / 1000, unit);
  if (down % 1000 === 0) return say.in(worded(say.amount(down / 1000, unit), { en: "just over", fr: "un peu plus de" }));
  if (down % 1000 === 999) return say.in(worded(say.amount((down + 1) / 1000, unit), { en: "just under", fr: "un peu moins de" }));
  const nearest = rest * 2n >= denominator ? down + 1 : down;
  return say.in(worded(say.amount(nearest / 1000, unit), { en: "about", fr: "environ" }));
}

const worded = (amount: string, { en, fr }: { en: string; fr: string }) => ({ en: `${en} ${amount}`, fr: `${fr} ${amount}` });

/** A name that the reader's language or a later version has for something; where it has none, as it was called then. */
export const renamed = (now: string, id: string, then: string): string => (now === id ? then : now);

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
