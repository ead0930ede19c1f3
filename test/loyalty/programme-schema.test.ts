import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { checkProgramme } from "../../app/loyalty/program/check.ts";
import { simplePoints } from "../../app/loyalty/program/definition.ts";
import { programmeSchema } from "../../app/loyalty/program/json-schema.ts";

const simple = simplePoints(100);
const [rule] = simple.earning;
const holds = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(programmeSchema());

test("docs/programme.schema.json is the schema of this version: npm run laurel -- program schema docs/programme.schema.json", () => {
  const written: unknown = JSON.parse(readFileSync(new URL("../../docs/programme.schema.json", import.meta.url), "utf8"));
  expect(written).toEqual(programmeSchema());
});

test("an editor is told what a form tells", () => {
  const { $defs } = programmeSchema() as { $defs: Record<string, { properties: Record<string, object>; oneOf: object[] }> };
  expect($defs.earningRule?.properties.minimum).toMatchObject({
    title: "Minimum",
    description: expect.stringContaining("minor units") as string,
  });
  expect($defs.award?.oneOf).toContainEqual(expect.objectContaining({ title: "Points for every amount spent" }));
});

const full = {
  $schema: "programme.schema.json",
  ...simple,
  tiers: { levels: [{ id: "gold", name: "Gold", reach: [{ kind: "spend", least: 1 }] }] },
  earning: [
    {
      ...rule,
      when: {
        kind: "all",
        of: [
          { kind: "any", of: [{ kind: "tier", tiers: ["gold"] }] },
          { kind: "order amount", least: 5 },
        ],
      },
      limits: [{ most: 5, of: "points", per: "rolling", days: 3 }],
    },
  ],
};

test.each<[string, object]>([
  ["the simple one", simple],
  ["the least that one can write", { points: simple.points, earning: [], rewards: [], policies: simple.policies }],
  ["one with tiers, conditions and limits", full],
])("a programme that the check accepts holds: %s", (_, good) => {
  const { $schema: __, ...programme } = good as typeof full;
  expect(checkProgramme(programme).ok).toBe(true);
  expect(holds(good), JSON.stringify(holds.errors)).toBe(true);
});

test.each<[string, object]>([
  ["a key too many", { ...simple, colour: "red" }],
  ["text for a number", { ...simple, earning: [{ ...rule, minimum: "5" }] }],
  ["a kind that there is not", { ...simple, earning: [{ ...rule, award: { kind: "by feeling" } }] }],
  [
    "a condition in a condition that is wrong",
    { ...simple, earning: [{ ...rule, when: { kind: "all", of: [{ kind: "tier", tiers: [] }] } }] },
  ],
  ["a fraction of a point", { ...simple, earning: [{ ...rule, award: { kind: "fixed", points: 0.5 } }] }],
  ["something missing", { points: simple.points }],
])("what the check refuses for its shape does not hold: %s", (_, wrong) => {
  expect(checkProgramme(wrong).ok).toBe(false);
  expect(holds(wrong)).toBe(false);
});
