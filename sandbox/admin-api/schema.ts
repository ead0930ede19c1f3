// Shopify's own schema, loaded once for the whole process, with what graphql-js drops on the way:
// which scopes a field asks for, which fields are protected customer data, which kind of id an argument takes.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from "graphql";
import { teachScalars } from "./scalars.ts";

export type Access = { says: string; scopes: string[] };
export type AdminSchema = {
  graphql: GraphQLSchema;
  /** By "Type" or "Type.field". Any one of the scopes will do. */
  access: Map<string, Access>;
  /** By "Type.field": the kind of personal data, such as "email". */
  protectedFields: Map<string, string>;
  /** By "Type.field(argument)" or "Input.field": the types whose ids are meant. */
  gidTypes: Map<string, string[]>;
};

type Described = { name: string; gidTypes?: string[] | null };
type Field = Described & { args: Described[]; isProtected?: boolean; protectedContent?: string };
type Type = { name: string; fields: Field[] | null; inputFields: Described[] | null };
type ScopeItem = { type: "type" | "field"; typeName: string; fieldName?: string; requiredAccess: string; offlineScopes: string[] };
type Packed = { data: IntrospectionQuery; offline_scopes: { items: ScopeItem[] } };

// The package exports nothing but its server, so that its data is read by place.
const file = new URL("../../node_modules/@shopify/dev-mcp/dist/data/admin_2026-10.json.gz", import.meta.url);

let loaded: AdminSchema | undefined;

/** Takes about a third of a second at the first call, nothing afterwards. */
export function adminSchema(): AdminSchema {
  loaded ??= load();
  return loaded;
}

function load(): AdminSchema {
  const packed = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Packed;
  const graphql = buildClientSchema(packed.data, { assumeValid: true });
  teachScalars(graphql);
  return { graphql, access: readAccess(packed.offline_scopes.items), ...readFields(packed.data.__schema.types as unknown as Type[]) };
}

function readAccess(items: ScopeItem[]): Map<string, Access> {
  const access = new Map<string, Access>();
  for (const { type, typeName, fieldName, requiredAccess, offlineScopes } of items) {
    if (offlineScopes.length === 0) continue;
    access.set(type === "type" ? typeName : `${typeName}.${fieldName}`, { says: requiredAccess, scopes: offlineScopes });
  }
  return access;
}

function readFields(types: Type[]): Pick<AdminSchema, "protectedFields" | "gidTypes"> {
  const protectedFields = new Map<string, string>();
  const gidTypes = new Map<string, string[]>();
  for (const type of types) {
    for (const field of type.fields ?? []) {
      if (field.isProtected) protectedFields.set(`${type.name}.${field.name}`, field.protectedContent ?? "");
      for (const arg of field.args) if (arg.gidTypes) gidTypes.set(`${type.name}.${field.name}(${arg.name})`, arg.gidTypes);
    }
    for (const input of type.inputFields ?? []) if (input.gidTypes) gidTypes.set(`${type.name}.${input.name}`, input.gidTypes);
  }
  return { protectedFields, gidTypes };
}
