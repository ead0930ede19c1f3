// What a bulk query may not be, in Shopify's words.

import {
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";

type Seen = { name: string; depth: number; viaNodes: boolean; inList: boolean; parentWithoutId: string | null };

export function bulkQueryFault(schema: GraphQLSchema, query: string): string | null {
  if (Buffer.byteLength(query) > 65_535) return `Query is too large (${Buffer.byteLength(query)} bytes; maximum is 65535 bytes)`;
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    const what = (error as GraphQLError).message.replace("Syntax Error: ", "").replace("Unexpected <EOF>.", "unexpected end of file");
    return `Invalid bulk query: syntax error, ${what}`;
  }
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation?.operation !== "query") return "Invalid operation type. Only `query` operations are supported.";
  const [fault] = validate(schema, document);
  if (fault) return `Invalid bulk query: ${fault.message}`;
  if (operation.selectionSet.selections.some((one) => one.kind === Kind.FIELD && (one.name.value === "node" || one.name.value === "nodes")))
    return "Bulk queries cannot contain a top level `node` field.";

  const seen = connectionsIn(schema, document);
  if (seen.length === 0) return "Bulk queries must contain at least one connection.";
  const viaNodes = seen.filter((one) => one.viaNodes);
  if (viaNodes.length > 0)
    return `All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: '${viaNodes[0]?.name} { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: '${viaNodes.map(({ name }) => name).join("', '")}'.`;
  if (seen.length > 5) return "Bulk queries cannot contain more than 5 connections.";
  if (seen.some(({ depth }) => depth > 2)) return "Bulk queries cannot contain connections with a nesting depth greater than 2.";
  if (seen.some(({ inList }) => inList)) return "Queries that contain a connection field within a list field are not currently supported.";
  const withoutId = seen.flatMap(({ parentWithoutId }) => parentWithoutId ?? []);
  if (withoutId.length > 0)
    return `The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': ${[...new Set(withoutId)].join(", ")}.`;
  return null;
}

function connectionsIn(schema: GraphQLSchema, document: DocumentNode): Seen[] {
  const seen: Seen[] = [];
  const types = new TypeInfo(schema);
  const above: { name: string; connection: boolean; list: boolean; node: FieldNode }[] = [];
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: {
        enter(node) {
          const type = types.getType();
          const connection = type ? getNamedType(type).name.endsWith("Connection") : false;
          if (connection) {
            const outer = above.filter((one) => one.connection);
            const parent = outer.at(-1);
            seen.push({
              name: node.name.value,
              depth: outer.length + 1,
              viaNodes: selects(node, "nodes"),
              // The edges of a connection are a list too, and the one that is meant.
              inList: above.some((one) => one.list && one.name !== "edges"),
              parentWithoutId: parent && !nodeSelectsId(parent.node) ? parent.name : null,
            });
          }
          above.push({ name: node.name.value, connection, list: type ? isList(type) : false, node });
        },
        leave() {
          above.pop();
        },
      },
    }),
  );
  return seen;
}

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

const fieldsOf = (node: FieldNode): FieldNode[] => node.selectionSet?.selections.filter((one) => one.kind === Kind.FIELD) ?? [];
const selects = (node: FieldNode, name: string): boolean => fieldsOf(node).some((one) => one.name.value === name);

const nodeSelectsId = (connection: FieldNode): boolean =>
  fieldsOf(connection)
    .filter(({ name }) => name.value === "edges")
    .flatMap(fieldsOf)
    .filter(({ name }) => name.value === "node")
    .some((node) => fieldsOf(node).some(({ name, alias }) => name.value === "id" && (!alias || alias.value === "id")));
