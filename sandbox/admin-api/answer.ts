// One GraphQL request from text to answer: parse, validate, read variables, charge, execute.

import { type DocumentNode, execute, GraphQLError, Kind, type OperationDefinitionNode, parse, validate } from "graphql";
import type { Ask } from "./ask.ts";
import { dearestQuery, giveBack, type ThrottleStatus, take } from "./bucket.ts";
import { costOf } from "./cost.ts";
import { resolveField, resolveType } from "./fields.ts";
import { sayFaults, type TopError } from "./say-as-shopify.ts";
import { readVariables } from "./variables.ts";

export type GraphqlRequest = { query?: unknown; variables?: unknown; operationName?: unknown };
export type Answer = {
  data?: unknown;
  errors?: TopError[];
  extensions?: { cost: { requestedQueryCost: number; actualQueryCost: number | null; throttleStatus: ThrottleStatus } };
};
export type Answered = { answer: Answer; operation: string | null; cost: number };

type Checked = { document: DocumentNode; errors: TopError[] };
const checkedBefore = new Map<string, Checked>();

export function answer(ask: Ask, request: GraphqlRequest): Answered {
  const text = typeof request.query === "string" ? request.query : "";
  const checked = check(ask, text);
  if (checked.errors.length > 0) return refused(checked.errors);
  const operation = chooseOperation(checked.document, request.operationName);
  if (operation instanceof GraphQLError) return refused([{ message: operation.message }]);

  const variables = (request.variables ?? {}) as Record<string, unknown>;
  const faults = [...readVariables(ask.schema.graphql, operation, variables), ...tooLong(operation, variables)];
  if (faults.length > 0) return refused(faults, nameOf(operation));
  return run(ask, checked.document, operation, variables);
}

function check(ask: Ask, text: string): Checked {
  const before = checkedBefore.get(text);
  if (before) return before;
  let checked: Checked;
  try {
    const document = parse(text);
    checked = { document, errors: sayFaults(document, validate(ask.schema.graphql, document)) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const what = error.message.replace("Syntax Error: ", "").replace("Unexpected <EOF>.", "unexpected end of file");
    checked = {
      document: { kind: Kind.DOCUMENT, definitions: [] },
      errors: [{ message: `syntax error, ${what}`, locations: [...(error.locations ?? [])] }],
    };
  }
  if (checkedBefore.size > 500) checkedBefore.clear();
  checkedBefore.set(text, checked);
  return checked;
}

function chooseOperation(document: DocumentNode, wanted: unknown): OperationDefinitionNode | GraphQLError {
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (typeof wanted === "string" && wanted !== "")
    return operations.find((one) => one.name?.value === wanted) ?? new GraphQLError(`No operation named "${wanted}"`);
  const [first, second] = operations;
  return first && !second ? first : new GraphQLError("An operation name is required");
}

function run(ask: Ask, document: DocumentNode, operation: OperationDefinitionNode, variables: Record<string, unknown>): Answered {
  const schema = ask.schema.graphql;
  const requested = costOf(schema, document, operation, variables);
  const operationName = nameOf(operation);
  if (requested > dearestQuery)
    return refused(
      [
        {
          message: `Query cost is ${requested}, which exceeds the single query max cost limit (${dearestQuery}).`,
          extensions: {
            code: "MAX_COST_EXCEEDED",
            cost: requested,
            maxCost: dearestQuery,
            documentation: "https://shopify.dev/api/usage/rate-limits",
          },
        },
      ],
      operationName,
    );
  const { taken, status } = take(ask.state, requested);
  if (!taken) return { answer: throttled(requested, status), operation: operationName, cost: 0 };

  const result = execute({
    schema,
    document,
    operationName: operationName ?? undefined,
    variableValues: variables,
    contextValue: ask,
    rootValue: {},
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
  if (result instanceof Promise) throw new Error("Every resolver of the sandbox answers at once.");
  const actual = result.data ? costOf(schema, document, operation, variables, { data: result.data }) : requested;
  const cost = {
    requestedQueryCost: requested,
    actualQueryCost: actual,
    throttleStatus: giveBack(ask.state, Math.max(0, requested - actual)),
  };
  // An error that undoes everything comes without data, as Shopify sends it.
  const errors = result.errors?.map((error) => sayError(error));
  return {
    answer: { ...(result.data === null ? {} : { data: result.data }), ...(errors ? { errors } : {}), extensions: { cost } },
    operation: operationName,
    cost: actual,
  };
}

function sayError(error: GraphQLError): TopError {
  const bug = error.originalError && !(error.originalError instanceof GraphQLError);
  if (bug) console.error("The sandbox's Admin API failed:", error.originalError);
  return {
    message: error.message,
    ...(error.locations ? { locations: [...error.locations] } : {}),
    ...(error.path ? { path: [...error.path] } : {}),
    extensions: bug ? { code: "INTERNAL_SERVER_ERROR" } : { ...error.extensions },
  };
}

export const throttled = (requested: number, status: ThrottleStatus): Answer => ({
  errors: [{ message: "Throttled", extensions: { code: "THROTTLED", documentation: "https://shopify.dev/api/usage/rate-limits" } }],
  extensions: { cost: { requestedQueryCost: requested, actualQueryCost: null, throttleStatus: status } },
});

/** No list in an input may be longer than 250. */
function tooLong(operation: OperationDefinitionNode, variables: Record<string, unknown>): TopError[] {
  const [field] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD) return [];
  return Object.entries(variables).flatMap(([name, value]) =>
    Array.isArray(value) && value.length > 250
      ? [
          {
            message: `The input array size of ${value.length} is greater than the maximum allowed of 250.`,
            locations: [],
            path: [field.alias?.value ?? field.name.value, name],
            extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" },
          },
        ]
      : [],
  );
}

const nameOf = (operation: OperationDefinitionNode): string | null => operation.name?.value ?? null;
const refused = (errors: TopError[], operation: string | null = null): Answered => ({ answer: { errors }, operation, cost: 0 });
