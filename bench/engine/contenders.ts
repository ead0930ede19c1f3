import { ZenEngine } from "@gorules/zen-engine";
import { Environment } from "@marcbachmann/cel-js";
import { Engine, type NestedCondition } from "json-rules-engine";
import { compile } from "../../app/loyalty/earning/evaluate.ts";
import { type BenchOrder, type PlainOrder, timeZone } from "./orders.ts";
import { asProgramme, type BenchRule, type Leaf } from "./rules.ts";

/** An engine with its rules compiled, once: which of them hold for an order. What only measures asks `decide`. */
export type Contender = {
  name: string;
  verdicts: (one: BenchOrder) => Promise<readonly string[]>;
  decide: (orders: readonly BenchOrder[]) => Promise<void>;
};

/** Ours does more than the others: it also works out the points, spreads them over the lines and tells why. */
export function laurel(rules: readonly BenchRule[]): Contender {
  const { judge } = compile(1, asProgramme(rules), { timeZone, currency: "USD" });
  return {
    name: "Laurel, trace on",
    verdicts: async ({ order, at }) =>
      judge(order, at)
        .rules.filter((one) => one.passed)
        .map((one) => one.ruleId),
    decide: async (orders) => {
      for (const { order, at } of orders) judge(order, at);
    },
  };
}

const lists = { sku: "skus", vendor: "vendors", "product type": "types", "product tag": "tags" } as const;

export function jsonRulesEngine(rules: readonly BenchRule[]): Contender {
  const engine = new Engine();
  // It knows no lists on both sides; its users add an operator.
  engine.addOperator<string[], string[]>("hasOneOf", (has, wanted) => has.some((one) => wanted.includes(one)));
  engine.addOperator<number, number>("isMultipleOf", (number, of) => number % of === 0);
  const says = (leaf: Leaf): NestedCondition => {
    switch (leaf.kind) {
      case "order amount":
        return { fact: "amount", operator: "greaterThanInclusive", value: leaf.least };
      case "customer tag":
        return { fact: "customerTags", operator: "hasOneOf", value: leaf.tags };
      case "channel":
        return { fact: "channel", operator: "in", value: leaf.sources };
      case "country":
        return { fact: "country", operator: "in", value: leaf.countries };
      case "weekday":
        return { fact: "weekday", operator: "in", value: leaf.days };
      case "tier":
        return { fact: "tier", operator: "in", value: leaf.tiers };
      case "every nth order":
        return { fact: "nth", operator: "isMultipleOf", value: leaf.number };
      default:
        return { fact: lists[leaf.kind], operator: "hasOneOf", value: leaf.values };
    }
  };
  for (const { id, all, any, none } of rules) {
    const parts: NestedCondition[] = all.map(says);
    if (any.length > 0) parts.push({ any: any.map(says) });
    if (none.length > 0) parts.push({ not: { any: none.map(says) } });
    engine.addRule({ conditions: { all: parts }, event: { type: id } });
  }
  return {
    name: "json-rules-engine",
    verdicts: async ({ plain }) => (await engine.run({ ...plain })).events.map((event) => event.type),
    decide: async (orders) => {
      for (const { plain } of orders) await engine.run(plain);
    },
  };
}

/** One decision with an expression for each rule, its content parsed once. */
export function zenEngine(rules: readonly BenchRule[]): Contender {
  const place = { x: 0, y: 0 };
  const expressions = rules.map((rule, n) => ({ id: String(n), key: rule.id, value: inZen(rule) }));
  const decision = new ZenEngine().createDecision({
    nodes: [
      { id: "in", type: "inputNode", name: "order", position: place },
      { id: "rules", type: "expressionNode", name: "rules", position: place, content: { expressions } },
      { id: "out", type: "outputNode", name: "verdicts", position: place },
    ],
    edges: [
      { id: "1", type: "edge", sourceId: "in", targetId: "rules" },
      { id: "2", type: "edge", sourceId: "rules", targetId: "out" },
    ],
  });
  return {
    name: "zen-engine",
    verdicts: async ({ plain }) => {
      const { result } = await decision.evaluate(plain);
      return rules.filter(({ id }) => result[id] === true).map(({ id }) => id);
    },
    decide: async (orders) => {
      for (const { plain } of orders) await decision.evaluate(plain);
    },
  };
}

const list = (values: readonly (string | number)[]): string =>
  `[${values.map((one) => (typeof one === "string" ? `'${one}'` : one)).join(", ")}]`;
const fields = { sku: "sku", vendor: "vendor", "product type": "type" } as const;

function inZen({ all, any, none }: BenchRule): string {
  const says = (leaf: Leaf): string => {
    switch (leaf.kind) {
      case "order amount":
        return `amount >= ${leaf.least}`;
      case "customer tag":
        return `some(customerTags, # in ${list(leaf.tags)})`;
      case "channel":
        return `channel in ${list(leaf.sources)}`;
      case "country":
        return `country in ${list(leaf.countries)}`;
      case "weekday":
        return `weekday in ${list(leaf.days)}`;
      case "tier":
        return `tier in ${list(leaf.tiers)}`;
      case "every nth order":
        return `nth % ${leaf.number} == 0`;
      case "product tag":
        return `some(tags, # in ${list(leaf.values)})`;
      default:
        return `some(lines, #.${fields[leaf.kind]} in ${list(leaf.values)})`;
    }
  };
  const parts = all.map(says);
  if (any.length > 0) parts.push(`(${any.map(says).join(" or ")})`);
  if (none.length > 0) parts.push(`not (${none.map(says).join(" or ")})`);
  return parts.join(" and ");
}

/** Every rule parsed and type-checked once. */
export function cel(rules: readonly BenchRule[]): Contender {
  const environment = new Environment({ unlistedVariablesAreDyn: true });
  const programs = rules.map((rule) => ({ id: rule.id, holds: environment.parse(inCel(rule)) }));
  const handed = new WeakMap<PlainOrder, object>();
  // Its whole numbers are bigints; they are made once, before the clock runs.
  const context = (plain: PlainOrder): object => {
    const { nth, weekday, amount } = plain;
    const known = handed.get(plain) ?? { ...plain, nth: BigInt(nth), weekday: BigInt(weekday), amount: BigInt(amount) };
    handed.set(plain, known);
    return known;
  };
  return {
    name: "cel-js (@marcbachmann)",
    verdicts: async ({ plain }) => programs.filter(({ holds }) => holds(context(plain)) === true).map(({ id }) => id),
    decide: async (orders) => {
      for (const { plain } of orders) {
        const order = context(plain);
        for (const { holds } of programs) holds(order);
      }
    },
  };
}

function inCel({ all, any, none }: BenchRule): string {
  const says = (leaf: Leaf): string => {
    switch (leaf.kind) {
      case "order amount":
        return `amount >= ${leaf.least}`;
      case "customer tag":
        return `customerTags.exists(t, t in ${list(leaf.tags)})`;
      case "channel":
        return `channel in ${list(leaf.sources)}`;
      case "country":
        return `country in ${list(leaf.countries)}`;
      case "weekday":
        return `weekday in ${list(leaf.days)}`;
      case "tier":
        return `tier in ${list(leaf.tiers)}`;
      case "every nth order":
        return `nth % ${leaf.number} == 0`;
      case "product tag":
        return `tags.exists(t, t in ${list(leaf.values)})`;
      default:
        return `lines.exists(l, l.${fields[leaf.kind]} in ${list(leaf.values)})`;
    }
  };
  const parts = all.map(says);
  if (any.length > 0) parts.push(`(${any.map(says).join(" || ")})`);
  if (none.length > 0) parts.push(`!(${none.map(says).join(" || ")})`);
  return parts.join(" && ");
}
