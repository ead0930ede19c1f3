// What a query costs, by the rules that recorded answers of the real API agree with: a mutation 10 with the thing it changes, a count 10 at the root,
// an object 1, money nothing, and a connection 2 and then the price of its node, times twice the natural logarithm of its size.

import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from "graphql";

type Reading = { schema: GraphQLSchema; fragments: Map<string, FragmentDefinitionNode>; variables: Record<string, unknown> };
type Json = unknown;

const free = new Set([
  "MoneyV2",
  "MoneyBag",
  "PageInfo",
  "MailingAddress",
  "CustomerEmailMarketingConsentState",
  "CustomerSmsMarketingConsentState",
]);
const isFree = (name: string): boolean => free.has(name) || name.endsWith("UserError") || name === "UserError";

/** Of the query as asked; with its answer, of what it turned out to be. */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
  answer?: { data: Json },
): number {
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])),
  );
  const reading = { schema, fragments, variables };
  const root = operation.operation === "mutation" ? schema.getMutationType() : schema.getQueryType();
  if (!root) return 0;
  const known = answer !== undefined;
  if (operation.operation === "mutation")
    return rootFields(reading, operation.selectionSet).reduce(
      (sum, field) => sum + mutationCost(reading, field, root, answer?.data, known),
      0,
    );
  return selectionCost(reading, operation.selectionSet, root, known ? (answer.data ?? null) : undefined, known);
}

/** Ten, the thing it changed included, and what is asked beyond it. */
function mutationCost(reading: Reading, node: FieldNode, root: GraphQLCompositeType, data: Json, known: boolean): number {
  // Its own object counts one and the thing changed one more: both are in the ten.
  return 10 + Math.max(0, fieldCost(reading, node, root, data ?? {}, known) - 2);
}

const rootFields = (reading: Reading, selections: SelectionSetNode): FieldNode[] =>
  selections.selections.flatMap((one) => {
    if (one.kind === Kind.FIELD) return [one];
    if (one.kind === Kind.INLINE_FRAGMENT) return rootFields(reading, one.selectionSet);
    const fragment = reading.fragments.get(one.name.value);
    return fragment ? rootFields(reading, fragment.selectionSet) : [];
  });

function selectionCost(reading: Reading, selections: SelectionSetNode, type: GraphQLCompositeType, data: Json, known: boolean): number {
  if (known && (data === null || data === undefined)) return 0;
  let sum = 0;
  // Of several branches only one can come true: the dearest counts.
  let dearest = 0;
  for (const one of selections.selections) {
    if (one.kind === Kind.FIELD) sum += fieldCost(reading, one, type, data, known);
    else {
      const fragment = one.kind === Kind.FRAGMENT_SPREAD ? reading.fragments.get(one.name.value) : one;
      if (!fragment) continue;
      const inner = fragment.typeCondition ? reading.schema.getType(fragment.typeCondition.name.value) : type;
      if (!isCompositeType(inner)) continue;
      const cost = selectionCost(reading, fragment.selectionSet, inner, data, known);
      if (inner === type) sum += cost;
      else dearest = Math.max(dearest, cost);
    }
  }
  return sum + dearest;
}

function fieldCost(reading: Reading, node: FieldNode, parent: GraphQLCompositeType, data: Json, known: boolean): number {
  if (!node.selectionSet || !(isObjectType(parent) || isInterfaceType(parent))) return 0;
  const field = parent.getFields()[node.name.value];
  if (!field) return 0;
  const type = getNamedType(field.type);
  if (isLeafType(type) || !isCompositeType(type) || isFree(type.name)) return 0;
  const value = known ? (data as Record<string, Json>)[node.alias?.value ?? node.name.value] : undefined;
  if (type.name === "Count" && parent.name === "QueryRoot") return 10;
  if (type.name.endsWith("Connection")) return connectionCost(reading, node, type, value, known);
  if (Array.isArray(value))
    return value.reduce(
      (sum: number, member) =>
        sum + (member === null ? 0 : 1 + selectionCost(reading, node.selectionSet as SelectionSetNode, type, member, known)),
      0,
    );
  if (known && value === null) return 0;
  return 1 + selectionCost(reading, node.selectionSet, type, value, known);
}

function connectionCost(reading: Reading, node: FieldNode, type: GraphQLCompositeType, value: Json, known: boolean): number {
  let cost = 2;
  for (const selected of node.selectionSet ? rootFields(reading, node.selectionSet) : []) {
    const name = selected.name.value;
    if (name !== "nodes" && name !== "edges") continue;
    const list = known ? ((value as Record<string, Json[]> | null)?.[selected.alias?.value ?? name] ?? []) : [];
    const size = known ? list.length : sizeAsked(reading, node);
    cost += scaled(size) * nodeCost(reading, selected, type, list[0], known);
  }
  return cost;
}

function nodeCost(reading: Reading, selected: FieldNode, connection: GraphQLCompositeType, first: Json, known: boolean): number {
  if (!isObjectType(connection) || !selected.selectionSet) return 1;
  const fields = connection.getFields()[selected.name.value];
  const type = fields ? getNamedType(fields.type) : undefined;
  if (!isObjectType(type) && !isCompositeType(type)) return 1;
  if (selected.name.value === "nodes") return 1 + selectionCost(reading, selected.selectionSet, type, first, known);
  return selectionCost(reading, selected.selectionSet, type, first, known);
}

const sizeAsked = (reading: Reading, node: FieldNode): number => {
  const size = node.arguments?.find(({ name }) => name.value === "first" || name.value === "last");
  const value = size ? valueFromASTUntyped(size.value, reading.variables) : 0;
  return typeof value === "number" ? value : 0;
};

const scaled = (size: number): number => (size === 0 ? 0 : Math.max(1, Math.floor(2 * Math.log(size))));
