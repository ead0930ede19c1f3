import { describe, expect, test } from "vitest";
import { definition } from "../../app/loyalty/program/definition.ts";
import { everydayUnit } from "../../app/loyalty/program/everyday-unit.ts";
import { play } from "../../app/loyalty/program/play.ts";
import { templates } from "../../app/loyalty/program/templates/index.ts";
import { whatWentOtherwise } from "../support/what-went-otherwise.ts";

const shops = [
  { currency: "USD", timeZone: "America/New_York" },
  { currency: "JPY", timeZone: "Asia/Tokyo" },
  { currency: "KWD", timeZone: "Asia/Kuwait" },
].map((shop) => ({ ...shop, unit: everydayUnit(shop.currency) }));

describe.each(templates)("$name", (template) => {
  test.each(shops)("is a whole programme in $currency, and the same after it was stored", ({ unit }) => {
    const made = template.make(unit);
    expect(definition.parse(made)).toEqual(made);
    expect(definition.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
    if (template.filledIn) expect(definition.parse(template.filledIn(made))).toEqual(template.filledIn(made));
  });

  describe.each(shops)("in $currency", (shop) => {
    test.each(template.examples)("$name", (story) => {
      const made = template.make(shop.unit);
      expect(whatWentOtherwise(story, play(template.filledIn?.(made) ?? made, story, shop))).toEqual([]);
    });
  });
});

const [shop] = shops as [(typeof shops)[number]];

test.each(templates.flatMap((template) => template.examples.map((story) => ({ template, story }))))(
  "with another number in the programme, “$story.name” would not come true",
  ({ template, story }) => {
    const made = template.make(shop.unit);
    const programme = template.filledIn?.(made) ?? made;
    const breaks = numbersIn(programme).some((path) => {
      const other = definition.safeParse(withAnother(programme, path));
      return other.success && whatWentOtherwise(story, play(other.data, story, shop)).length > 0;
    });
    expect(breaks).toBe(true);
  },
);

type Path = readonly (string | number)[];

function numbersIn(value: unknown, path: Path = []): Path[] {
  if (typeof value === "number") return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, [...path, Array.isArray(value) ? Number(key) : key]));
}

function withAnother(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return (value as number) * 2 + 1;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[key] = withAnother(copy[key], rest);
  return copy;
}
