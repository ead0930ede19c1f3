import type { z } from "zod";
import { type FieldMeta, noSuchDay } from "../settings.ts";
import type { Problem } from "./check.ts";
import { sayExpected, sayFound } from "./found.ts";
import { nearest } from "./nearest.ts";
import { isPlanned } from "./planned.ts";
import { sayPath } from "./say-path.ts";
import { fieldOf, ownOf, partAt, type Shape, shapeOf } from "./schema-at.ts";

type Issue = z.core.$ZodIssue;
type Told = Pick<Problem, "said" | "suggestion">;
type Path = (string | number)[];

/** One of zod's issues as a person would say it: one problem, or one for each key that nobody knows. */
export function problemOf(schema: z.ZodType, whole: unknown, issue: Issue): Problem[] {
  const at = issue.path.filter((key): key is string | number => typeof key !== "symbol");
  const problem = (path: Path, told: Told): Problem => ({ path: sayPath(path), at: path, ...told });
  const found = at.reduce<unknown>(ownOf, whole);
  if (issue.code === "unrecognized_keys") {
    const around = partAt(schema, whole, at);
    const known = around ? shapeOf(around.schema, around.value).keys : [];
    const free = known.filter((key) => ownOf(found, key) === undefined);
    return issue.keys.map((key) => problem([...at, key], unknownKey(key, known, free)));
  }
  if (issue.code === "invalid_union") return [problem(at, unknownKind(optionsOf(issue), at, found))];
  const place = partAt(schema, whole, at);
  const told = toldOf(issue, found, place ? fieldOf(place.schema) : {});
  const isLeftOut = issue.code === "invalid_type" && found === undefined;
  if (isLeftOut && place?.schema.safeParse(null).success) told.suggestion = "Write null to leave it empty.";
  else if (issue.code === "invalid_type" && place && !told.suggestion)
    told.suggestion = howToWrite(issue.expected, shapeOf(place.schema, found));
  return [problem(at, told)];
}

const named = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(", ");
const canBe = (names: readonly string[]): string => `It can be ${named(names)}.`;

const optionsOf = (issue: Issue): string[] => ("options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : []);

function unknownKey(key: string, known: readonly string[], free: readonly string[]): Told {
  const [near] = nearest(key, free, 1);
  const [taken] = nearest(key, known, 1);
  const all = known.length > 0 ? `There are: ${known.join(", ")}.` : null;
  return {
    said: `There is no setting called “${key}” here.`,
    suggestion: near ? `Did you mean “${near}”?` : taken ? `Did you mean “${taken}”? It is here too.` : all,
  };
}

function unknownKind(known: readonly string[], at: Path, found: unknown): Told {
  if (found === undefined) return { said: "“kind” is missing.", suggestion: canBe(known) };
  if (typeof found !== "string") return { said: `Expected the name of a kind, found ${sayFound(found)}.`, suggestion: canBe(known) };
  const place = at.findLast((key) => typeof key === "string" && key !== "kind");
  if (isPlanned(String(place), found)) return { said: `“${found}” is not built in this version.`, suggestion: canBe(known) };
  const near = nearest(found, known, 3);
  return {
    said: `There is no kind called “${found}” here.`,
    suggestion: near.length > 0 ? `Did you mean ${near.map((name) => `“${name}”`).join(" or ")}?` : canBe(known),
  };
}

function toldOf(issue: Issue, found: unknown, { as, label, options = [] }: Partial<FieldMeta>): Told {
  // Zod's own words are for programmers; ours are the schema's.
  const own = /^(Invalid|Too |Unrecognized)/.test(issue.message) ? null : issue.message;
  const what = label ? ` (${label})` : "";
  switch (issue.code) {
    case "invalid_type": {
      const expected = sayExpected(issue.expected);
      if (found === undefined) return { said: `It is missing${what}: expected ${expected}.`, suggestion: own };
      return { said: `Expected ${expected}, found ${sayFound(found)}.`, suggestion: asWritten(found, issue.expected, as) ?? own };
    }
    case "invalid_value": {
      const known = issue.values.map(String);
      if (found === undefined) return { said: `It is missing${what}.`, suggestion: canBe(known) };
      const meant = options.find((one) => one.label.toLowerCase() === String(found).toLowerCase());
      const near = meant ? [meant.value] : nearest(String(found), known, 1);
      return {
        said: `Expected one of ${named(known)}, found ${sayFound(found)}.`,
        // They stand there already.
        suggestion: near[0] !== undefined ? `Did you mean “${near[0]}”?` : null,
      };
    }
    case "too_small":
      if (isEmpty(found)) return { said: "It is empty.", suggestion: own ?? "Fill this in, or leave the setting away." };
      return { said: `${measure(found, issue.origin)} is too little.`, suggestion: own ?? `The least is ${issue.minimum}.` };
    case "too_big":
      // Larger than a number can be counted with: then it is larger than anything a setting takes.
      return { said: `${measure(found, issue.origin)} is too much.`, suggestion: own ?? `The most is ${issue.maximum}.` };
    case "invalid_format":
      return { said: `${capital(sayFound(found))} is not written as it has to be.`, suggestion: own };
    case "invalid_key":
      return {
        said: `${capital(sayFound(issue.path.at(-1)))} cannot be a name here.`,
        suggestion: asLanguage(String(issue.path.at(-1))) ?? "A language is written as en, fr or pt-BR.",
      };
    default:
      return { said: issue.message, suggestion: issue.message === noSuchDay ? lastDay(found) : null };
  }
}

// What somebody writes who thinks of the number that pages show.
function asWritten(found: unknown, expected: string, as: FieldMeta["as"]): string | null {
  const number = typeof found === "string" && /^\s*-?\d[\d_,.]*\s*$/.test(found) ? Number(found.replaceAll(/[_,\s]/g, "")) : found;
  if (expected === "boolean") return asTruth(found);
  const wantsNumber = expected === "number" || expected === "int";
  if (!wantsNumber) return typeof found === "number" && expected === "string" ? `Write "${found}" in quotation marks.` : null;
  if (typeof number !== "number" || !Number.isFinite(number)) return null;
  if (as === "percent" && !Number.isInteger(number))
    return `Percentages are in hundredths of a per cent: ${number} % is ${Math.round(number * 100)}.`;
  if (as === "money" && !Number.isInteger(number)) return "Money is in minor units: 4.50 of a currency with cents is 450.";
  return typeof found === "string" && Number.isInteger(number) ? `Write ${number} without quotation marks.` : null;
}

// YAML of ten years ago took these for true and false, and people still write them.
const truths: Readonly<Record<string, boolean>> = {
  yes: true,
  on: true,
  y: true,
  true: true,
  no: false,
  off: false,
  n: false,
  false: false,
};

function asTruth(found: unknown): string {
  const known = typeof found === "string" ? truths[found.trim().toLowerCase()] : undefined;
  return known === undefined ? "Write true or false." : `Write ${known}, without quotation marks.`;
}

function howToWrite(expected: string, { keys }: Shape): string | null {
  if (expected === "array") return "Write [] where there are none, and else each on a line of its own after a dash.";
  if (expected === "object" && keys.length > 0) return `Its settings are: ${keys.join(", ")}.`;
  if (expected === "boolean") return "Write true or false.";
  return expected === "string" ? "Write a text." : "Write a whole number.";
}

function asLanguage(written: string): string | null {
  const [, language, region] = /^([a-z]{2})(?:[-_]([a-z]{2}))?$/i.exec(written) ?? [];
  return language ? `Did you mean “${language.toLowerCase()}${region ? `-${region.toUpperCase()}` : ""}”?` : null;
}

function lastDay(found: unknown): string | null {
  const [, year, month] = /^(\d{4})-(\d{2})/.exec(String(found)) ?? [];
  return year && month ? `${year}-${month} has ${new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()} days.` : null;
}

const isEmpty = (found: unknown): boolean =>
  (Array.isArray(found) && found.length === 0) || (typeof found === "string" && found.trim() === "");

function measure(found: unknown, origin: string): string {
  if (Array.isArray(found)) return `A list of ${found.length}`;
  return origin === "string" && typeof found === "string" ? `A text of ${found.length} characters` : capital(sayFound(found));
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
