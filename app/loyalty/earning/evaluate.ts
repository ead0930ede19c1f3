import type { OrderFacts } from "../facts.ts";
import { clockOf } from "../local-time.ts";
import type { Definition } from "../program/definition.ts";
import { type CompiledRule, compileBoost, compileRule } from "./compile-rule.ts";
import type { Need, World } from "./condition-kind.ts";
import { type Compiled, decide } from "./decide.ts";
import { eligibleOf } from "./eligible.ts";
import { exclusionsOf } from "./excluded.ts";
import type { Circumstances, Judgement } from "./judgement.ts";
import { lookUp } from "./look-up.ts";
import { needsOfProgramme } from "./needs.ts";
import { type Happening, occasionOfEvent, occasionOfOrder } from "./occasion-of.ts";
import { indexOf } from "./rule-index.ts";
import { hasTag, whyNobody, whyNothing } from "./why-nothing.ts";

export type { Circumstances, Judgement, NothingReason, RuleReason, RuleTrace } from "./judgement.ts";
export type { Happening } from "./occasion-of.ts";
export { hasTag };

export type CompiledProgramme = {
  version: number;
  definition: Definition;
  timeZone: string;
  /** Facts that have to be there before it can judge. */
  needs: ReadonlySet<Need>;
  rules: readonly CompiledRule[];
  judge: (order: OrderFacts, at: Circumstances) => Judgement;
  judgeEvent: (happening: Happening, at: Circumstances) => Judgement;
};

/** Below so many rules asking all of them is quicker than looking up what they ask. */
const worthIt = 12;

/** Turns a programme version into one function, once. Merchants' settings are never evaluated as code. */
export function compile(
  version: number,
  definition: Definition,
  { timeZone = "UTC", currency = "XXX" }: Partial<Pick<World, "timeZone" | "currency">> = {},
): CompiledProgramme {
  const world: World = { timeZone, currency, tiers: definition.tiers?.levels.map((one) => one.id) ?? [] };
  const clock = clockOf(timeZone);
  const active = definition.earning.filter((rule) => rule.active);
  const questions = active.length < worthIt ? null : lookUp();
  const rules = active.map((rule) => compileRule(rule, world, questions));
  const boosts = definition.boosts.filter((boost) => boost.active).map((boost) => compileBoost(boost, world, questions));
  const programme: Compiled = {
    definition,
    rules,
    boosts,
    // The two that every order asks are looked up once.
    ofOrders: rules.filter(({ rule }) => rule.on.kind === "order"),
    tierBoosts: new Map(
      (definition.tiers?.levels ?? [])
        .filter((tier) => tier.times !== 10_000)
        .map((tier) => [tier.id, { boost: { id: `tier-${tier.id}`, name: tier.name, times: tier.times }, rules: null, items: null }]),
    ),
    budgetOf: new Map(definition.earning.map((rule) => [rule.id, rule.budget])),
  };

  const exclusions = exclusionsOf(definition.policies);
  const shut = questions && indexOf(programme.ofOrders, questions);

  const judge = (order: OrderFacts, at: Circumstances): Judgement => {
    const eligible = eligibleOf(order, definition.policies, exclusions?.(at.products));
    const nothing = whyNothing(order, at, definition);
    const judgement: Judgement = {
      due: 0,
      nothing,
      trigger: "order",
      version,
      amount: eligible.amount,
      currency: order.currency,
      lines: eligible.lines,
      shipping: eligible.shipping,
      refundedWithoutLines: eligible.refundedWithoutLines,
      rules: [],
      rounding: definition.policies.rounding,
    };
    if (nothing) return judgement;
    const occasion = occasionOfOrder(order, eligible, at, clock);
    occasion.answers = questions?.answer(occasion) ?? null;
    return decide(judgement, programme, programme.ofOrders, occasion, at, shut);
  };

  const judgeEvent = ({ trigger, at: when, event }: Happening, at: Circumstances): Judgement => {
    const nothing = whyNobody(at, definition);
    const judgement: Judgement = {
      due: 0,
      nothing,
      trigger,
      version,
      amount: 0,
      currency: world.currency,
      lines: [],
      shipping: 0,
      refundedWithoutLines: 0,
      rules: [],
      rounding: definition.policies.rounding,
    };
    if (nothing) return judgement;
    const occasion = occasionOfEvent({ trigger, at: when, event }, at, clock);
    const asked = rules.filter(({ rule: { on } }) => on.kind === trigger && (on.kind !== "event" || on.name === event?.name));
    return decide(judgement, programme, asked, occasion, at);
  };

  return { version, definition, timeZone, needs: needsOfProgramme(definition), rules, judge, judgeEvent };
}
