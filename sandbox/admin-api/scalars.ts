// What a value of Shopify's scalars may look like. A schema made from introspection would let anything pass.

import { GraphQLError, type GraphQLScalarType, type GraphQLSchema, isScalarType, Kind, type ValueNode, valueFromASTUntyped } from "graphql";

/** The value as the resolvers get it, or a throw with Shopify's words. */
type Read = (value: unknown) => unknown;

const gidShape = /^gid:\/\/[\w-]+\/[\w-]+\/.+/;

const readers: Record<string, Read> = {
  ID: (value) => {
    const id = typeof value === "number" ? String(value) : value;
    if (typeof id !== "string" || !gidShape.test(id)) throw new GraphQLError(`Invalid global id '${String(id)}'`);
    return id;
  },
  DateTime: (value) => {
    if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d/.test(value) || Number.isNaN(Date.parse(value)))
      throw new GraphQLError(`invalid DateTime '${String(value)}'`);
    return new Date(value).toISOString();
  },
  Date: (value) => {
    if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/.test(value)) throw new GraphQLError(`invalid date '${String(value)}'`);
    return value;
  },
  Decimal: (value) => decimal(value, "decimal"),
  Money: (value) => decimal(value, "money"),
  UnsignedInt64: (value) => {
    if (!/^-?\d+$/.test(String(value))) throw new GraphQLError(`UnsignedInt64 invalid value '${String(value)}'`);
    if (String(value).startsWith("-")) throw new GraphQLError(`UnsignedInt64 '${String(value)}' is out of range`);
    return String(value);
  },
  URL: (value) => {
    if (typeof value !== "string") throw new GraphQLError(`Invalid url '${String(value)}'`);
    return value;
  },
};

function decimal(value: unknown, name: string): string {
  if ((typeof value !== "string" && typeof value !== "number") || !/^-?\d*\.?\d+$/.test(String(value).trim()))
    throw new GraphQLError(`invalid ${name} '${String(value)}'`);
  return String(value).trim();
}

export function teachScalars(schema: GraphQLSchema): void {
  for (const [name, read] of Object.entries(readers)) {
    const scalar = schema.getType(name);
    if (!isScalarType(scalar)) throw new Error(`The schema has no scalar ${name}.`);
    teach(scalar, read);
  }
}

function teach(scalar: GraphQLScalarType, read: Read): void {
  scalar.parseValue = read;
  scalar.parseLiteral = (node: ValueNode) => {
    if (node.kind === Kind.OBJECT || node.kind === Kind.LIST) throw new GraphQLError(`Expected a ${scalar.name}.`);
    try {
      return read(valueFromASTUntyped(node));
    } catch (error) {
      // With its place in the document, which the reader does not know.
      throw new GraphQLError((error as Error).message, { nodes: node });
    }
  };
  // Ids and amounts leave as text, instants as Shopify writes them: without milliseconds.
  scalar.serialize = (value: unknown) => (scalar.name === "DateTime" ? instantText(value) : String(value));
}

const instantText = (value: unknown): string => `${new Date(value as string).toISOString().slice(0, 19)}Z`;
