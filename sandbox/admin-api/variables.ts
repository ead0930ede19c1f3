// Variables against their declared types, with Shopify's words for what does not fit.

import {
  coerceInputValue,
  type GraphQLSchema,
  isEnumType,
  isInputType,
  type OperationDefinitionNode,
  print,
  typeFromAST,
  valueFromAST,
} from "graphql";
import type { TopError } from "./say-as-shopify.ts";

type Given = Record<string, unknown>;
type Problem = { path: (string | number)[]; explanation: string; message?: string };

export function readVariables(schema: GraphQLSchema, operation: OperationDefinitionNode, given: Given): TopError[] {
  const errors: TopError[] = [];
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const typeText = print(definition.type);
    // biome-ignore lint/suspicious/noExplicitAny: typeFromAST is overloaded by node kind, any kind will do here.
    const type = typeFromAST(schema, definition.type as any);
    if (!type || !isInputType(type)) continue;
    if (!(name in given) && (definition.defaultValue ? valueFromAST(definition.defaultValue, type) !== undefined : !typeText.endsWith("!")))
      continue;
    const value = given[name] ?? null;
    const problems: Problem[] = [];
    coerceInputValue(value, type, (path, bad, error) => problems.push({ path: [...path], ...explain(schema, error.message, bad) }));
    if (problems.length === 0) continue;
    for (const problem of problems) missingKey(problem);
    errors.push({
      message: `Variable $${name} of type ${typeText} was provided invalid value${summary(problems)}`,
      locations: definition.loc ? [at(definition.loc.source.body, definition.loc.start)] : [],
      extensions: { code: "INVALID_VARIABLE", value, problems },
    });
  }
  return errors;
}

function explain(schema: GraphQLSchema, message: string, bad: unknown): Omit<Problem, "path"> {
  // What our own scalars say is given twice, as Shopify gives it.
  return /^(invalid |Invalid global id|UnsignedInt64 )/.test(message)
    ? { explanation: message, message }
    : { explanation: explanationOf(schema, message, bad) };
}

function explanationOf(schema: GraphQLSchema, message: string, bad: unknown): string {
  const unknown = /^Field "(\w+)" is not defined by type "(\w+)"/.exec(message);
  if (unknown) return `\u0000${unknown[1]}\u0000Field is not defined on ${unknown[2]}`;
  const missing = /^Field "(\w+)" of required type .* was not provided/.exec(message);
  if (missing) return `\u0000${missing[1]}\u0000Expected value to not be null`;
  if (/^Expected non-nullable type/.test(message)) return "Expected value to not be null";
  const notOneOf = /^Value .* does not exist in "(\w+)" enum/.exec(message);
  if (notOneOf) return `Expected ${JSON.stringify(bad)} to be one of: ${namesOf(schema, notOneOf[1]).join(", ")}`;
  const number = /^(Int|Float|Boolean|String) cannot represent/.exec(message);
  return number ? `Could not coerce value ${JSON.stringify(bad)} to ${number[1]}` : message;
}

function namesOf(schema: GraphQLSchema, name: string | undefined): string[] {
  const type = name ? schema.getType(name) : undefined;
  return isEnumType(type) ? type.getValues().map((value) => value.name) : [];
}

/** graphql-js reports a missing or unknown key at its object, Shopify at the key. */
function missingKey(problem: Problem): void {
  const [, key, explanation] = problem.explanation.split("\u0000");
  if (!key || !explanation) return;
  problem.path.push(key);
  problem.explanation = explanation;
}

const summary = (problems: Problem[]): string => {
  const named = problems.filter(({ path }) => path.length > 0);
  return named.length === 0 ? "" : ` for ${named.map(({ path, explanation }) => `${path.join(".")} (${explanation})`).join(", ")}`;
};

function at(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
