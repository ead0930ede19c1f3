import { spread } from "../points.ts";
import type { Definition } from "../program/definition.ts";
import type { Basket } from "./award-kind.ts";
import { basketOf } from "./basket.ts";
import { type ActiveBoost, boosted } from "./boosting.ts";
import { capAll, capBudgets, capRule } from "./capping.ts";
import { type Chosen, type CompiledBoost, type CompiledRule, shutTrace } from "./compile-rule.ts";
import type { Test } from "./compile-tree.ts";
import { rounded } from "./fraction.ts";
import { type Budget, type Circumstances, type Judgement, noParts, type RuleTrace } from "./judgement.ts";
import type { Item, Occasion } from "./occasion.ts";
import type { Shut } from "./rule-index.ts";

/** A version as its rules and boosts, compiled. */
export type Compiled = {
  definition: Definition;
  rules: readonly CompiledRule[];
  boosts: readonly CompiledBoost[];
  ofOrders: readonly CompiledRule[];
  tierBoosts: ReadonlyMap<string, ActiveBoost>;
  budgetOf: ReadonlyMap<string, Budget>;
};

/** A rule's trace, and how what it gives is spread: over which of its items' lines, in which proportion. */
type Given = { trace: RuleTrace; compiled: CompiledRule; weights: readonly number[]; places: readonly number[] | null };

/** Rules, then boosts, then groups, then limits, then budgets; points are spread over the lines when all is decided. */
export function decide(
  judgement: Judgement,
  programme: Compiled,
  rules: readonly CompiledRule[],
  occasion: Occasion,
  at: Circumstances,
  shut: Shut | null = null,
): Judgement {
  const { policies } = programme.definition;
  const boosts = activeBoosts(programme, occasion);
  const given: Given[] = [];
  let groups: Map<string, Rival[]> | undefined;
  // Without items nobody asks anything of rules that choose them.
  const answers = occasion.items.some(isThere) ? occasion.answers : null;
  // Rules that choose no items share one basket, and so do those that look at what was sold.
  let counted: Basket | undefined;
  const counting = (items: readonly number[] | null): Basket => {
    if (items !== null) return basketOf(occasion, items, "counts");
    counted ??= basketOf(occasion, null, "counts");
    return counted;
  };

  const told = new Array<RuleTrace>(rules.length);
  let count = 0;
  for (let n = 0; n < rules.length; n += 1) {
    const compiled = rules[n] as CompiledRule;
    const notAsked = shut && answers ? shut(n, answers) : null;
    if (notAsked) {
      told[count] = notAsked;
      count += 1;
      continue;
    }
    const { rule } = compiled;
    occasion.again = rule.judgesAgain;
    const chosen = compiled.choose(occasion);
    const sold =
      chosen.passed && (rule.minimum !== null || rule.group !== null)
        ? basketOf(occasion, chosen.items, rule.judgesAgain ? "counts" : "sold")
        : null;
    if (!chosen.passed || (rule.minimum !== null && sold && sold.amount < rule.minimum)) {
      told[count] = failed(compiled, chosen, sold?.amount ?? 0);
      count += 1;
      continue;
    }
    const apply = rule.boosted && boosts.length > 0 ? boosts.filter((one) => one.rules === null || one.rules.has(rule.id)) : none;
    const first = given.length;
    award(compiled, chosen, counting(chosen.items), apply, policies, given);
    for (let at = first; at < given.length; at += 1) {
      told[count] = (given[at] as Given).trace;
      count += 1;
    }
    if (rule.group !== null && sold) {
      const asSold = award(compiled, chosen, sold, apply, policies);
      // What its own limits would take of it makes nothing worth choosing: a bonus that was had leaves the way to the next best.
      for (const { trace } of asSold) capRule(trace, rule.limits, at.used ?? {});
      const worth = asSold.reduce((sum, { trace }) => sum + trace.points, 0);
      groups ??= new Map();
      groups.set(rule.group, [...(groups.get(rule.group) ?? []), { given: given.slice(first), worth, ruleId: rule.id }]);
    }
  }
  judgement.rules = told;
  if (groups) for (const rivals of groups.values()) best(rivals);

  for (const { trace, compiled } of given)
    if (trace.points > 0 && compiled.rule.limits.length > 0) capRule(trace, compiled.rule.limits, at.used ?? {});
  if (policies.limits.length > 0 || at.room) {
    const ofPoints = given.filter(({ trace }) => trace.unit === "points").map(({ trace }) => trace);
    capAll(ofPoints, policies.limits, at.used ?? {});
    capBudgets(ofPoints, programme.budgetOf, at.room);
  }
  return finished(judgement, given, rules.some(hasGifts) ? rules.filter(hasGifts) : none, occasion, at);
}

const isThere = ({ quantity }: Item): boolean => quantity > 0;

type Rival = { given: readonly Given[]; worth: number; ruleId: string };

const none: readonly never[] = [];

function activeBoosts({ boosts, tierBoosts }: Compiled, occasion: Occasion): readonly ActiveBoost[] {
  if (boosts.length === 0 && tierBoosts.size === 0) return none;
  const active: ActiveBoost[] = [];
  const ofTier = occasion.member.tierId === null ? undefined : tierBoosts.get(occasion.member.tierId);
  if (ofTier) active.push(ofTier);
  for (const { boost, rules, choose } of boosts) {
    const chosen = choose(occasion);
    if (chosen.passed) active.push({ boost, rules, items: chosen.items === null ? null : new Set(chosen.items) });
  }
  return active;
}

function failed(compiled: CompiledRule, chosen: Chosen, amount: number): RuleTrace {
  const why = chosen.passed ? { reason: "below minimum" as const, minimum: compiled.rule.minimum ?? 0, amount } : chosen.why;
  return shutTrace(compiled, why, chosen.tests);
}

function award(
  compiled: CompiledRule,
  chosen: Chosen & { passed: true },
  basket: Basket,
  boosts: readonly ActiveBoost[],
  policies: Definition["policies"],
  given: Given[] = [],
): Given[] {
  const places = chosen.items;
  const amount = places === null ? undefined : basket.amount;
  const shares = compiled.shares(basket);
  // A rule that gives gifts only is told too.
  if (shares.length === 0)
    given.push({
      trace: passedTrace(compiled.rule, compiled.unit, chosen.tests, { amount, exact: undefined }),
      compiled,
      weights: none,
      places,
    });
  for (const share of shares) {
    const { fraction, weights, boosts: told } = boosted(share, basket, places, boosts, policies.boosts);
    const exact: RuleTrace["exact"] = [stored(share.numerator), stored(share.denominator)];
    const trace = passedTrace(compiled.rule, share.unit, chosen.tests, { amount, exact });
    trace.points = rounded(fraction, policies.rounding);
    if (told.length > 0) {
      trace.boosts = [...told];
      trace.boosted = [String(fraction.numerator), String(fraction.denominator)];
    }
    given.push({ trace, compiled, weights, places });
  }
  return given;
}

type Told = Pick<RuleTrace, "amount" | "exact">;

// Made at once: a value that grows field by field is slower to make.
function passedTrace(rule: CompiledRule["rule"], unit: string, tests: Test[], { amount, exact }: Told): RuleTrace {
  const { id: ruleId, name } = rule;
  const trace: RuleTrace = { ruleId, name, unit, points: 0, passed: true, why: null, tests, amount, exact, lines: noParts, rest: 0 };
  if (rule.budget !== "retention") trace.budget = rule.budget;
  return trace;
}

// JSON has no numbers beyond those that are exact.
const stored = (value: bigint | number): number | string => (typeof value === "number" ? value : String(value));

// The best by what the order was worth as it was sold; of equals the one whose id comes first, wherever it stands in the list.
function best(rivals: readonly Rival[]): void {
  const [winner, ...others] = [...rivals].sort((a, b) => b.worth - a.worth || (a.ruleId < b.ruleId ? -1 : 1));
  if (!winner) return;
  for (const { given, worth } of others) {
    for (const { trace } of given) {
      trace.points = 0;
      trace.passed = false;
      trace.why = { reason: "beaten", by: winner.ruleId, points: worth, rival: winner.worth };
    }
  }
}

function finished(
  judgement: Judgement,
  given: readonly Given[],
  withGifts: readonly CompiledRule[],
  occasion: Occasion,
  at: Circumstances,
): Judgement {
  for (const one of given) {
    const { trace } = one;
    if (trace.points <= 0) continue;
    spreadOver(one, occasion.items.length);
    if (trace.unit === "points") judgement.due += trace.points;
    else {
      judgement.units ??= {};
      judgement.units[trace.unit] = (judgement.units[trace.unit] ?? 0) + trace.points;
    }
  }
  giftsOf(judgement, withGifts, at);
  const member = toldOfMember(at);
  if (member) judgement.member = member;
  return judgement;
}

// Whose birthday it is stays out of what is kept with the ledger.
function toldOfMember({ member }: Circumstances): Judgement["member"] {
  if (!member) return undefined;
  if (!("birthday" in member)) return isEmpty(member) ? undefined : member;
  const { birthday: _, ...told } = member;
  return isEmpty(told) ? undefined : told;
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}

// The last weight is for what belongs to no line.
function spreadOver({ trace, weights, places }: Given, lines: number): void {
  // Most often it is one item, and all of it goes there.
  if (places?.length === 1 && weights.length === 2 && weights[1] === 0) {
    trace.lines = placed([trace.points], places, lines);
    return;
  }
  const parts = spread(trace.points, weights);
  trace.rest = parts.pop() ?? 0;
  if (parts.length === 0 && trace.rest === 0) trace.rest = trace.points;
  trace.lines = places === null && parts.length === lines ? parts : placed(parts, places, lines);
}

function placed(parts: readonly number[], places: readonly number[] | null, lines: number): number[] {
  const over = new Array<number>(lines);
  for (let n = 0; n < lines; n += 1) over[n] = 0;
  for (let n = 0; n < parts.length; n += 1) over[places === null ? n : (places[n] ?? n)] = parts[n] ?? 0;
  return over;
}

const hasGifts = ({ gifts }: CompiledRule): boolean => gifts.length > 0;

// A gift is given once for the occasion, while something of it remains and no limit says "not so often".
function giftsOf(judgement: Judgement, rules: readonly CompiledRule[], at: Circumstances): void {
  if (judgement.trigger === "order" && judgement.amount <= 0) return;
  for (const { rule, gifts } of rules) {
    const trace = judgement.rules.find((one) => one.ruleId === rule.id);
    const isUsedUp = rule.limits.some((limit, n) => limit.of === "times" && (at.used?.[`${rule.id}/${n}`] ?? 0) >= limit.most);
    // Of items that all came back nothing remains, whatever else the order has.
    const cameBack = judgement.trigger === "order" && trace?.amount !== undefined && trace.amount <= 0;
    if (!trace?.passed || isUsedUp || cameBack) continue;
    judgement.gifts = [...(judgement.gifts ?? []), ...gifts.map((gift) => ({ ...gift, ruleId: rule.id }))];
  }
}
