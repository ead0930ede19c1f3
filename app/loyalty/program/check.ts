import type { z } from "zod";
import { type Definition, definition } from "./definition.ts";
import { oddities } from "./oddities.ts";
import { problemOf } from "./problem-of.ts";
import { withoutOrphans } from "./translatable.ts";
import { unkeptTexts } from "./unkept.ts";
import { upgrade } from "./upgrade.ts";
import { withoutBroken } from "./without-broken.ts";

/** What is wrong at one place of a programme, why, and what to do about it. `at` is the path in pieces. */
export type Problem = { path: string; at: readonly (string | number)[]; said: string; suggestion: string | null };

export type Checked = { ok: true; definition: Definition } | { ok: false; problems: Problem[] };

// Deeper than anything a programme can be: conditions are nested six deep.
const deepest = 60;

/**
 * Whether a value is a programme that this version can run, from a form, a file or a store. It never throws, tells
 * every problem rather than the first, and gives the programme with what was left out filled in.
 */
export function checkProgramme(value: unknown): Checked {
  if (isDeeper(value, deepest))
    return no([{ path: "", at: [], said: `It is nested more than ${deepest} deep.`, suggestion: "A programme is never so deep." }]);
  const unkept = unkeptTexts(value);
  if (unkept.length > 0) return no(unkept);
  const given = upgrade(value);
  const read = definition.safeParse(given, { reportInput: true });
  if (read.success) {
    const odd = oddities(read.data);
    return odd.length > 0 ? no(odd) : { ok: true, definition: withoutOrphans(read.data) };
  }

  const issues: z.core.$ZodIssue[] = [...read.error.issues];
  // What no part can see on its own is asked only of a whole: so of one in which the broken parts are replaced.
  const whole = definition.safeParse(withoutBroken(given, issues), { reportInput: true });
  if (!whole.success) issues.push(...whole.error.issues.filter((one) => one.code === "custom"));
  const odd = whole.success ? oddities(whole.data, new Set(issues.map((one) => String(one.path[0])))) : [];
  return no([...issues.flatMap((issue) => problemOf(definition, given, issue)), ...odd]);
}

/** A problem as one sentence or two: what is wrong, and what to do. */
export const sayProblem = ({ said, suggestion }: Pick<Problem, "said" | "suggestion">): string =>
  [said, suggestion].filter(Boolean).join(" ");

/** The name of the form field that a problem belongs to: earning.2.award.per */
export const fieldNamed = ({ at }: Pick<Problem, "at">): string => at.join(".");

function no(problems: Problem[]): Checked {
  const told = new Set<string>();
  const once = problems.filter(({ path, said }) => {
    const one = `${path}\n${said}`;
    return !told.has(one) && told.add(one);
  });
  return { ok: false, problems: once };
}

// A loop, and not a call within a call: what is asked is whether such calls would be too many.
function isDeeper(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most) return true;
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
  return false;
}
