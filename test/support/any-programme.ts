import fc from "fast-check";
import { z } from "zod";
import { type Definition, definition, simplePoints } from "../../app/loyalty/program/definition.ts";

/** Values of a schema, made by walking it: whatever a form or a file may say, before the whole is judged. */
export function anyOf(schema: z.ZodType, depth = 0): fc.Arbitrary<unknown> {
  const meta = schema.meta() as { as?: string } | undefined;
  const known = meta?.as ? special[meta.as] : undefined;
  if (known) return known;
  const one = schema as never as { unwrap: () => z.ZodType; element: z.ZodType };
  if (schema instanceof z.ZodDefault) return fc.option(anyOf(schema.unwrap() as z.ZodType, depth), { nil: undefined, freq: 3 });
  if (schema instanceof z.ZodNullable) return fc.option(anyOf(one.unwrap(), depth), { nil: null });
  if (schema instanceof z.ZodOptional) return fc.option(anyOf(one.unwrap(), depth), { nil: undefined });
  if (schema instanceof z.ZodLazy) return depth > 3 ? fc.constant({ kind: "all", of: [] }) : anyOf(one.unwrap(), depth + 1);
  if (schema instanceof z.ZodObject)
    return fc.record(Object.fromEntries(Object.entries(schema.shape).map(([name, part]) => [name, anyOf(part as z.ZodType, depth)])));
  if (schema instanceof z.ZodDiscriminatedUnion)
    return fc.oneof(...(schema.options as unknown as z.ZodType[]).map((option) => anyOf(option, depth)));
  if (schema instanceof z.ZodArray) return fc.array(anyOf(one.element, depth), { minLength: 0, maxLength: 3 });
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodLiteral) return fc.constant([...schema.values][0]);
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodNumber)
    return fc.integer({ min: Math.max(schema.minValue ?? 0, -1e6), max: Math.min(schema.maxValue ?? 1e6, 200_000) });
  if (schema instanceof z.ZodUnion) return fc.oneof(...(schema.options as unknown as z.ZodType[]).map((option) => anyOf(option, depth)));
  if (schema instanceof z.ZodString) return stringOf(schema);
  if (schema instanceof z.ZodRecord) return fc.constant({});
  throw new Error(`Nobody taught this generator ${schema.constructor.name}.`);
}

function stringOf(schema: z.ZodString): fc.Arbitrary<string> {
  const pattern = [...(schema._zod.bag.patterns ?? [])][0];
  return pattern ? fc.stringMatching(pattern) : fc.string({ minLength: 1, maxLength: 12 });
}

const day = fc
  .date({ min: new Date("2025-01-01"), max: new Date("2027-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const special: Record<string, fc.Arbitrary<unknown>> = {
  day,
  "local time": day.map((one) => `${one}T09:00`),
  unit: fc.constantFrom("points", "stamps"),
  reward: fc.constant("five-off"),
  badge: fc.constant("friend"),
  tier: fc.constantFrom("low", "high"),
  tiers: fc.constantFrom(["low"], ["high"], ["low", "high"]),
  rules: fc.constant([]),
};

const parts = definition.shape;
const everything = { kind: "all", of: [] };

// A rule that asks for everything at once never gives: two times in three a part of it is what merchants leave it at.
const usually = (arbitrary: fc.Arbitrary<unknown>, plain: object): fc.Arbitrary<unknown> =>
  fc
    .tuple(arbitrary, fc.record(Object.fromEntries(Object.keys(plain).map((name) => [name, fc.nat({ max: 2 })]))), fc.nat({ max: 3 }))
    .map(([made, chance, runs]) => ({
      ...(made as object),
      ...Object.fromEntries(Object.entries(plain).filter(([name]) => chance[name] !== 0)),
      ...(runs === 0 ? {} : { runs: { from: null, until: null } }),
    }));

const ordinary = usually(anyOf(parts.earning.element), { active: true, when: everything, on: { kind: "order" }, minimum: null });

// Rules that give several units, with limits that may cut one of them: chance alone hardly makes any.
const ofSeveralUnits = fc
  .record({
    rule: ordinary,
    points: fc.integer({ min: 1, max: 400 }),
    stamps: fc.integer({ min: 1, max: 400 }),
    limits: fc.array(
      fc.record({
        most: fc.integer({ min: 1, max: 800 }),
        of: fc.constantFrom("points", "points", "times"),
        per: fc.constantFrom("day", "year", "lifetime"),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ rule, points, stamps, limits }) => ({
    ...(rule as object),
    limits,
    award: {
      kind: "several units",
      rows: [
        { points, unit: "points", per: 100 },
        { points: stamps, unit: "stamps", per: null },
      ],
    },
  }));

/** Any programme that may be published: generated from its own schema, and then as validation leaves it. */
export const anyProgramme: fc.Arbitrary<Definition> = fc
  .record({
    earning: fc.array(fc.oneof({ arbitrary: ordinary, weight: 4 }, { arbitrary: ofSeveralUnits, weight: 2 }), {
      minLength: 1,
      maxLength: 6,
    }),
    boosts: fc.array(usually(anyOf(parts.boosts.unwrap().element), { active: true, when: everything }), { maxLength: 4 }),
    policies: anyOf(parts.policies),
    budgets: anyOf(parts.budgets),
    levels: fc.tuple(anyOf(ladderLevel()), anyOf(ladderLevel())),
  })
  .map(({ earning, boosts, levels, ...rest }) => {
    const unit = { id: "stamps", name: { one: "stamp", other: "stamps" } };
    const named = (items: unknown[], prefix: string) => items.map((item, n) => ({ ...(item as object), id: `${prefix}-${n}` }));
    const checked = { ...rest, boosts: [] as unknown[], earning: [] as unknown[] };
    const whole = (wish: object) => ({
      ...simplePoints(100),
      units: [unit],
      badges: [{ id: "friend", name: "Friend" }],
      tiers: {
        levels: [
          { id: "low", name: "Low" },
          { id: "high", name: "High", reach: [{ kind: "spend", least: 5_000 }], times: 15_000 },
        ],
      },
      ...checked,
      ...wish,
    });
    const may = (wish: object) => definition.safeParse(whole(wish)).success;
    // What contradicts itself is refused at publish; the rest of the programme goes on without it.
    if (!may({})) Object.assign(checked, { policies: simplePoints(100).policies, budgets: { retention: null, acquisition: null } });
    for (const rule of named(earning, "rule")) if (may({ earning: [rule] })) checked.earning.push(rule);
    for (const boost of named(boosts, "boost")) if (may({ boosts: [boost] })) checked.boosts.push(boost);
    const tiers = {
      levels: [
        { ...(levels[0] as object), id: "low", reach: [] },
        { ...withoutPlanned(levels[1] as { reach?: { kind: string }[] }), id: "high" },
      ],
    };
    return definition.parse(whole(may({ tiers }) ? { tiers } : {}));
  });

// What is not built yet is refused at publish.
const withoutPlanned = <Level extends { reach?: { kind: string }[] }>({ reach, ...level }: Level) => ({
  ...level,
  reach: reach?.filter(({ kind }) => kind !== "referrals"),
});

function ladderLevel(): z.ZodType {
  const tiers = (parts.tiers.unwrap() as z.ZodNullable<z.ZodObject>).unwrap();
  return (tiers.shape.levels as z.ZodArray<z.ZodType>).element;
}
