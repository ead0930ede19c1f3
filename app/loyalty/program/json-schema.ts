import { z } from "zod";
import { awardKinds } from "../earning/awards/index.ts";
import { conditionKinds } from "../earning/conditions/index.ts";
import { limit } from "../earning/limit.ts";
import { award, boost, earningRule, runs } from "../earning/rule.ts";
import { tree } from "../earning/tree.ts";
import { expiry } from "../ledger/expiry.ts";
import { rewardKinds } from "../redeeming/rewards/index.ts";
import type { FieldMeta } from "../settings.ts";
import { tier } from "../tiers/ladder.ts";
import { budget, definition, pointsName, reward, unit } from "./definition.ts";
import { fieldOf } from "./schema-at.ts";

type JsonSchema = Record<string, unknown>;

// What has a name of its own in the schema: written once, and an editor shows where it comes from.
const named = { award, boost, budget, conditions: tree, earningRule, expiry, limit, pointsName, reward, runs, tier, unit };

/**
 * The programme as a JSON Schema (draft 2020-12) for editors and for CI, with titles and descriptions from the labels
 * of forms. What it cannot say (that an id is known, that a day exists) is left to checkProgramme.
 */
export function programmeSchema(): JsonSchema {
  const names = z.registry<{ id?: string }>();
  for (const [id, schema] of Object.entries<z.ZodType>(named)) names.add(schema, { id });
  const schema = z.toJSONSchema(definition, {
    target: "draft-2020-12",
    io: "input",
    metadata: names,
    override: ({ zodSchema, jsonSchema }) => describe(zodSchema as unknown as z.ZodType, jsonSchema as JsonSchema),
  });
  const { $schema, ...rest } = schema as JsonSchema;
  const properties = { $schema: { type: "string" }, ...(rest.properties as JsonSchema) };
  return { $schema, title: "A Laurel loyalty programme", ...rest, properties };
}

function describe(schema: z.ZodType, into: JsonSchema): void {
  delete into.id;
  const { label, help, options, as } = fieldOf(schema) as Partial<FieldMeta>;
  const kind = kindNamed(schema);
  const title = label ?? kind;
  if (title && !into.$ref) into.title = title;
  const told = [help, as && unitOf[as], options?.map((one) => `${one.value}: ${one.label}`).join("; ")].filter(Boolean);
  if (told.length > 0 && !into.$ref) into.description = told.join("\n");
}

const unitOf: Partial<Record<NonNullable<FieldMeta["as"]>, string>> = {
  money: "In minor units of the programme's currency: $5 is 500.",
  percent: "In hundredths of a per cent: 2.5 % is 250.",
  "local time": "By the clocks of the programme's zone, such as 2026-11-27T09:00.",
  day: "Such as 2026-11-27.",
  "time of day": "Such as 09:30.",
};

const kinds: readonly { name: string; label: string; settings: z.ZodObject }[] = [...awardKinds, ...conditionKinds, ...rewardKinds];

// One kind of award, condition or reward has its label; it is told by its name and by having the same settings.
function kindNamed(schema: z.ZodType): string | undefined {
  if (!(schema instanceof z.ZodObject)) return undefined;
  const { kind, ...settings } = schema.shape as Record<string, z.ZodType>;
  if (!(kind instanceof z.ZodLiteral)) return undefined;
  const same = ({ name, settings: { shape } }: (typeof kinds)[number]) =>
    name === kind.value && Object.keys(settings).every((key) => shape[key] === settings[key]);
  return kinds.find(same)?.label;
}
