import { z } from "zod";
import { fieldNamed, type Problem, sayProblem } from "./check.ts";
import { type Definition, definition } from "./definition.ts";
import { problemOf } from "./problem-of.ts";
import { unkeptTexts } from "./unkept.ts";
import { upgrade } from "./upgrade.ts";

// Every part as the programme has it; what only the whole can see is asked when it is published.
const parts = z.strictObject(definition.shape);

/**
 * A programme that is being worked on: every rule, reward and setting is right on its own, while what they say of each
 * other (a rule that names a tier still to be made) may be settled later.
 */
export function readParts(
  value: unknown,
): { definition: Definition; problems?: undefined } | { definition?: undefined; problems: Problem[] } {
  const unkept = unkeptTexts(value);
  if (unkept.length > 0) return { problems: unkept };
  const given = upgrade(value);
  const read = parts.safeParse(given, { reportInput: true });
  if (read.success) return { definition: read.data };
  return { problems: read.error.issues.flatMap((issue) => problemOf(parts, given, issue)) };
}

/** The first of its problems as a sentence and the name of the form field it belongs to. */
export function firstOf([problem]: readonly Problem[]): { sentence: string; field: string } {
  return problem ? { sentence: sayProblem(problem), field: fieldNamed(problem) } : { sentence: "The programme is not valid.", field: "" };
}
