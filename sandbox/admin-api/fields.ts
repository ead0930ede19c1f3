// The one resolver graphql-js is given: checks access and ids, then asks the area that knows the field.
// A field nobody knows is an error that names it. Silence would look like Shopify saying "none".

import { GraphQLError, type GraphQLFieldResolver, type GraphQLTypeResolver } from "graphql";
import { checkAccess } from "./access.ts";
import { areas } from "./areas/index.ts";
import type { Ask } from "./ask.ts";
import { checkGids } from "./gids.ts";

export const resolveField: GraphQLFieldResolver<unknown, Ask> = (source, args, ask, info) => {
  const { parentType, fieldName } = info;
  checkAccess(ask, info, args);
  checkGids(ask, info, args);
  const fields = areas[parentType.name];
  const resolve = fields && Object.hasOwn(fields, fieldName) ? fields[fieldName] : undefined;
  if (resolve) return resolve(source as never, args, ask);
  if (typeof source === "object" && source !== null && fieldName in source) {
    const value = (source as Record<string, unknown>)[fieldName];
    return typeof value === "function" ? value(args, ask) : value;
  }
  throw new GraphQLError(`The sandbox has no answer for ${parentType.name}.${fieldName}.`, {
    extensions: { code: "SANDBOX_HAS_NO_ANSWER" },
  });
};

export const resolveType: GraphQLTypeResolver<unknown, Ask> = (value) => {
  const name = (value as { __typename?: string } | null)?.__typename;
  if (!name) throw new Error("The sandbox gave a value of a union or interface without its type.");
  return name;
};
