import { z } from "zod";
import type { Say } from "../../say.ts";
import { choice, shortText } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import type { Occasion } from "../occasion.ts";
import { plainText } from "../same-text.ts";

const operators = { is: "is", "is not": "is not", "at least": "is at least", below: "is below", "one of": "is one of" } as const;
type Operator = keyof typeof operators;
type Value = string | number | boolean;

/** What a custom event says of itself: the rating of a review, the platform that was followed. */
export const eventProperty = conditionKind({
  name: "event property",
  label: "Property of the event",
  about: "event",
  triggers: ["event"],
  settings: z
    .strictObject({
      property: shortText({ label: "Property", help: "An event that lacks it never passes." }),
      operator: choice({ label: "Has to be" }, operators),
      values: z
        .array(z.union([z.string().trim().min(1, "Fill this in.").max(255, "Use 255 characters or fewer."), z.number()]))
        .min(1, "Name at least one.")
        .max(200, "Name at most 200.")
        .meta({ label: "Value", help: "A text or a number.", as: "texts" }),
    })
    .superRefine(({ operator, values }, refine) => {
      const no = (message: string) => refine.addIssue({ code: "custom", path: ["values"], message });
      if (operator !== "one of" && values.length > 1) no("Name one value, or choose “is one of”.");
      if ((operator === "at least" || operator === "below") && values.some((value) => numberOf(value) === null)) no("Enter a number.");
    }),
  sentence: ({ property, operator, values }, say) => {
    const said = say.list(values.map((value) => (typeof value === "number" ? say.number(value) : value)));
    return phraseOf(operator, property, said, say);
  },
  compile: ({ property, operator, values }) => {
    const [first = ""] = values;
    const bound = numberOf(first) ?? Number.NaN;
    return (occasion) => {
      const found = propertyOf(occasion, property);
      if (found === undefined) return false;
      const number = numberOf(found) ?? Number.NaN;
      if (operator === "at least") return number >= bound;
      if (operator === "below") return number < bound;
      return values.some((value) => isSame(value, found)) === (operator !== "is not");
    };
  },
  saw: (occasion, { property }) => propertyOf(occasion, property) ?? null,
});

function propertyOf({ event }: Occasion, property: string): Value | undefined {
  return event && Object.hasOwn(event.properties, property) ? event.properties[property] : undefined;
}

/** Forms send "4" where code sends 4: both are the number. */
function numberOf(value: Value): number | null {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : null;
}

// Ids may be longer than numbers are exact: then they are the texts that they are.
function isSame(one: Value, other: Value): boolean {
  const number = numberOf(one);
  const isExact = number !== null && Math.abs(number) <= Number.MAX_SAFE_INTEGER;
  return plainText(String(one)) === plainText(String(other)) || (isExact && number === numberOf(other));
}

const phraseOf = (operator: Operator, property: string, value: string, say: Say): string =>
  say.in(
    {
      is: { en: `when ${property} is ${value}`, fr: `quand ${property} vaut ${value}` },
      "one of": { en: `when ${property} is ${value}`, fr: `quand ${property} vaut ${value}` },
      "is not": { en: `when ${property} is not ${value}`, fr: `quand ${property} ne vaut pas ${value}` },
      "at least": { en: `when ${property} is at least ${value}`, fr: `quand ${property} vaut au moins ${value}` },
      below: { en: `when ${property} is below ${value}`, fr: `quand ${property} est inférieur à ${value}` },
    }[operator],
  );
