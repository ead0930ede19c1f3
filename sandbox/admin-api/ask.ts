// Who is asking and of which shop: what every resolver gets beside its source and arguments.

import { GraphQLError } from "graphql";
import type { ShopState, World } from "../store.ts";
import type { App, Shop } from "../world.ts";
import type { AdminSchema } from "./schema.ts";

export type Ask = {
  world: World;
  state: ShopState;
  shop: Shop;
  app: App;
  schema: AdminSchema;
  scopes: Set<string>;
  /** The version in the address, such as 2026-10. */
  version: string;
  /** Inside a bulk operation connections are read whole. */
  bulk?: boolean;
};

// biome-ignore lint/suspicious/noExplicitAny: arguments were coerced against the schema just before.
export type Args = any;

/** The resolvers of one GraphQL type. `Source` is whatever our own code hands down for it. */
export type Fields<Source> = Record<string, (source: Source, args: Args, ask: Ask) => unknown>;
export type Area = Record<string, Fields<never>>;

/** An answer of `errors` at the top, with Shopify's code. */
export const failure = (message: string, code: string, more: Record<string, unknown> = {}): GraphQLError =>
  new GraphQLError(message, { extensions: { code, ...more } });

export const invalidId = (id: string): GraphQLError => failure(`Invalid id: ${id}`, "RESOURCE_NOT_FOUND");

export type UserError = {
  field: string[] | null;
  message: string;
  code?: string | null;
  extraInfo?: string | null;
  elementIndex?: number | null;
};

export const userError = (field: string | string[] | null, message: string, code?: string): UserError => ({
  field: field === null ? null : typeof field === "string" ? field.split(".") : field,
  message,
  code: code ?? null,
  extraInfo: null,
});

/** The same record seen as one type of a union or interface. */
export const as = <Source extends object>(typeName: string, record: Source): Source =>
  Object.create(record, { __typename: { value: typeName, enumerable: true } });
