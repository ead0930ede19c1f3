// graphql-js and Shopify find the same faults in a document and word them differently. Apps read the words, so ours are Shopify's.

import { type ASTNode, type DocumentNode, type GraphQLError, Kind, visit } from "graphql";

export type TopError = {
  message: string;
  locations?: { line: number; column: number }[];
  path?: (string | number)[];
  extensions?: Record<string, unknown>;
};

type Said = { message: string; extensions: Record<string, unknown> };
type Phrase = [RegExp, (found: string[], error: GraphQLError) => Said];

const phrases: Phrase[] = [
  [
    /^Cannot query field "(\w+)" on type "(\w+)"/,
    ([fieldName, typeName]) => ({
      message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
      extensions: { code: "undefinedField", typeName, fieldName },
    }),
  ],
  [
    /^Field "(\w+)" argument "(\w+)" of type .* is required/,
    ([name, argument]) => ({
      message: `Field '${name}' is missing required arguments: ${argument}`,
      extensions: { code: "missingRequiredArguments", className: "Field", name, arguments: argument },
    }),
  ],
  [
    /^Unknown argument "(\w+)" on field "\w+\.(\w+)"/,
    ([argumentName, name]) => ({
      message: `Field '${name}' doesn't accept argument '${argumentName}'`,
      extensions: { code: "argumentNotAccepted", name, typeName: "Field", argumentName },
    }),
  ],
  [
    /^Field "(\w+)" is not defined by type "(\w+)"/,
    ([argumentName, name]) => ({
      message: `InputObject '${name}' doesn't accept argument '${argumentName}'`,
      extensions: { code: "argumentNotAccepted", name, typeName: "InputObject", argumentName },
    }),
  ],
  [
    /^Field "(\w+)\.(\w+)" of required type "(.+)" was not provided/,
    ([inputObjectType, argumentName, argumentType]) => ({
      message: `Argument '${argumentName}' on InputObject '${inputObjectType}' is required. Expected type ${argumentType}`,
      extensions: { code: "missingRequiredInputObjectAttribute", argumentName, argumentType, inputObjectType },
    }),
  ],
  [
    /^Variable "\$(\w+)" is never used in operation "(\w+)"/,
    ([variableName, operation]) => ({
      message: `Variable $${variableName} is declared by ${operation} but not used`,
      extensions: { code: "variableNotUsed", variableName },
    }),
  ],
  [
    /^Variable "\$(\w+)" is not defined by operation "(\w+)"/,
    ([variableName, operation]) => ({
      message: `Variable $${variableName} is used by ${operation} but not declared`,
      extensions: { code: "variableNotDefined", variableName },
    }),
  ],
  [
    /^Field "(\w+)" of type "\[?(\w+).*must have a selection of subfields/,
    ([name, type]) => ({
      message: `Field must have selections (field '${name}' returns ${type} but has no selections. Did you mean '${name} { ... }'?)`,
      extensions: { code: "selectionMismatch", nodeName: `field '${name}'`, typeName: type },
    }),
  ],
  [
    /Invalid global id '(.*)'/,
    ([id]) => ({ message: `Invalid global id '${id}'`, extensions: { code: "argumentLiteralsIncompatible", typeName: "CoercionError" } }),
  ],
];

/** Faults of a document, several missing arguments of one field joined as Shopify joins them. */
export function sayFaults(document: DocumentNode, errors: readonly GraphQLError[]): TopError[] {
  const said: TopError[] = [];
  for (const error of errors) {
    const node = error.nodes?.[0];
    const top: TopError = {
      ...(say(error) ?? sayLiteral(document, error) ?? { message: error.message, extensions: {} }),
      locations: [...(error.locations ?? [])],
      ...(node ? { path: pathOf(document, node) } : {}),
    };
    // A key that is missing has no place of its own in the document.
    if (top.extensions?.code === "missingRequiredInputObjectAttribute") top.path?.push(String(top.extensions.argumentName));
    const same = said.find((other) => other.extensions?.code === "missingRequiredArguments" && String(other.path) === String(top.path));
    if (same && top.extensions?.code === "missingRequiredArguments" && same.extensions) {
      const all = `${same.extensions.arguments}, ${top.extensions.arguments}`;
      Object.assign(same, { message: same.message.replace(/: .*/, `: ${all}`), extensions: { ...same.extensions, arguments: all } });
    } else said.push(top);
  }
  return said;
}

function say(error: GraphQLError): Said | undefined {
  for (const [shape, words] of phrases) {
    const found = shape.exec(error.message);
    if (found) return words(found.slice(1) as string[], error);
  }
  return undefined;
}

/** A literal of the wrong kind, named with the argument it was given for. */
function sayLiteral(document: DocumentNode, error: GraphQLError): Said | undefined {
  const node = error.nodes?.[0];
  const type = /enum|Expected value of type "([^"]+)"/.exec(error.message);
  if (!node || !type || !("value" in node || node.kind === Kind.NULL)) return undefined;
  const line = lineage(document, node);
  const argument = line.findLast((one) => one.kind === Kind.ARGUMENT || one.kind === Kind.OBJECT_FIELD);
  const field = line.findLast((one) => one.kind === Kind.FIELD);
  if (argument?.kind !== Kind.ARGUMENT || field?.kind !== Kind.FIELD) return undefined;
  const value =
    node.kind === Kind.NULL ? "null" : node.kind === Kind.STRING ? JSON.stringify(node.value) : String((node as { value?: unknown }).value);
  const wanted = type[1] ?? /"(\w+)" enum/.exec(error.message)?.[1];
  return {
    message: `Argument '${argument.name.value}' on Field '${field.name.value}' has an invalid value (${value}). Expected type '${wanted}'.`,
    extensions: { code: "argumentLiteralsIncompatible", typeName: "Field", argumentName: argument.name.value },
  };
}

/** Such as ["mutation Save", "customerUpdate", "customer", "nickname"]. */
function pathOf(document: DocumentNode, wanted: ASTNode): string[] {
  return lineage(document, wanted).flatMap((node) => {
    if (node.kind === Kind.OPERATION_DEFINITION) return [[node.operation, node.name?.value].filter(Boolean).join(" ")];
    if (node.kind === Kind.FRAGMENT_DEFINITION) return [`fragment ${node.name.value}`];
    if (node.kind === Kind.INLINE_FRAGMENT) return [`... on ${node.typeCondition?.name.value}`];
    if (node.kind === Kind.FIELD) return [node.alias?.value ?? node.name.value];
    return node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD ? [node.name.value] : [];
  });
}

function lineage(document: DocumentNode, wanted: ASTNode): ASTNode[] {
  let line: ASTNode[] = [];
  const open: ASTNode[] = [];
  visit(document, {
    enter(node) {
      open.push(node);
      if (node === wanted) line = [...open];
    },
    leave() {
      open.pop();
    },
  });
  return line;
}
