import type { OrderFacts } from "../facts.ts";
import { clockOf, type LocalMoment } from "../local-time.ts";
import type { Definition } from "../program/definition.ts";
import { type CompiledRule, compileBoost, compileRule } from "./compile-rule.ts";
import type { Need, World } from "./condition-kind.ts";
import { type Compiled, decide, type Mutable } from "./decide.ts";
import { eligibleOf } from "./eligible.ts";
import type { Circumstances, Judgement } from "./judgement.ts";
import { needsOfProgramme } from "./needs.ts";
import type { EventFacts, Item, MemberFacts, Occasion, Trigger } from "./occasion.ts";
import { indexOf } from "./rule-index.ts";
import { hasTag, whyNobody, whyNothing } from "./why-nothing.ts";

export type { Circumstances, Judgement, NothingReason, RuleReason, RuleTrace } from "./judgement.ts";
export { hasTag };

/** Something that is no order: when it happened, and what it says. */
export type Happening = { trigger: Exclude<Trigger, "order">; at: number; event: EventFacts | null };

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

/** Turns a programme version into one function, once. Merchants' settings are never evaluated as code. */
export function compile(
  version: number,
  definition: Definition,
  { timeZone = "UTC", currency = "XXX" }: Partial<Pick<World, "timeZone" | "currency">> = {},
): CompiledProgramme {
  const world: World = { timeZone, currency, tiers: definition.tiers?.levels.map((one) => one.id) ?? [] };
  const clock = clockOf(timeZone);
  const rules = definition.earning.filter((rule) => rule.active).map((rule) => compileRule(rule, world));
  const boosts = definition.boosts.filter((boost) => boost.active).map((boost) => compileBoost(boost, world));
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

  const index = indexOf(programme.ofOrders, world);

  const judge = (order: OrderFacts, at: Circumstances): Judgement => {
    const eligible = eligibleOf(order, definition.policies);
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
    const items = order.lines.map(
      (line, index): Item => ({
        line,
        product: line.productGid ? at.products?.[line.productGid] : undefined,
        sold: eligible.soldOf[index] ?? 0,
        counts: eligible.lines[index]?.counts ?? 0,
        remaining: eligible.lines[index]?.items ?? 0,
        quantity: eligible.neverEarns[index] ? 0 : line.quantity,
      }),
    );
    const occasion = occasionOf("order", Date.parse(order.placedAt), at, clock);
    occasion.order = order;
    occasion.items = items;
    occasion.sold = eligible.placed;
    occasion.counts = eligible.amount;
    occasion.shippingSold = eligible.shippingPlaced;
    occasion.shipping = eligible.shipping;
    return decide(judgement, programme, programme.ofOrders, occasion, at, index);
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
    const occasion = occasionOf(trigger, when, at, clock);
    occasion.event = event;
    const asked = rules.filter(({ rule: { on } }) => on.kind === trigger && (on.kind !== "event" || on.name === event?.name));
    return decide(judgement, programme, asked, occasion, at);
  };

  return { version, definition, timeZone, needs: needsOfProgramme(definition), rules, judge, judgeEvent };
}

function occasionOf(trigger: Trigger, when: number, at: Circumstances, clock: (at: number) => LocalMoment): Mutable<Occasion> {
  let shown: LocalMoment | undefined;
  return {
    trigger,
    at: when,
    local: () => {
      shown ??= clock(when);
      return shown;
    },
    order: null,
    items: [],
    sold: 0,
    counts: 0,
    shippingSold: 0,
    shipping: 0,
    member: memberOf(at),
    event: null,
    again: false,
  };
}

const memberOf = ({ tags, member }: Circumstances): MemberFacts => ({
  tags,
  segments: member?.segments ?? [],
  tierId: member?.tierId ?? null,
  joinedAt: member?.joinedAt ?? null,
  birthday: member?.birthday ?? null,
  ordersBefore: member?.ordersBefore ?? 0,
  lastOrderAt: member?.lastOrderAt ?? null,
});
