// What an app may see: access scopes by field and by type, and protected customer data.

import { type GraphQLResolveInfo, getNamedType, isNonNullType } from "graphql";
import { type Args, type Ask, failure } from "./ask.ts";
import type { Access } from "./schema.ts";

const documentation = "https://shopify.dev/api/usage/access-scopes";

export function checkAccess(ask: Ask, info: GraphQLResolveInfo, args: Args): void {
  const { parentType, fieldName, returnType } = info;
  const field = `${parentType.name}.${fieldName}`;
  need(ask, fieldName, ask.schema.access.get(field));
  // A connection asks for what its nodes ask for.
  const type = getNamedType(returnType).name;
  need(ask, fieldName, ask.schema.access.get(type.replace(/Connection$/, "")));
  if (parentType.name === "Mutation") needOwner(ask, fieldName, args);

  const content = ask.schema.protectedFields.get(field);
  if (content && !ask.app.protectedData)
    throw failure(
      `This app is not approved to use the ${fieldName} field. See https://shopify.dev/docs/apps/launch/protected-customer-data for more details.`,
      "ACCESS_DENIED",
      { documentation: "https://shopify.dev/docs/apps/launch/protected-customer-data", nonNull: isNonNullType(returnType) || undefined },
    );
}

function need(ask: Ask, fieldName: string, access: Access | undefined): void {
  if (!access || access.scopes.some((scope) => holds(ask, scope))) return;
  throw failure(`Access denied for ${fieldName} field. Required access: ${access.says}`, "ACCESS_DENIED", {
    documentation,
    requiredAccess: access.says,
  });
}

/** Writing a kind of thing includes reading it. */
export const holds = (ask: Ask, scope: string): boolean => ask.scopes.has(scope) || ask.scopes.has(scope.replace(/^read_/, "write_"));

const writeScopes: Record<string, string> = {
  Customer: "write_customers",
  Order: "write_orders",
  DraftOrder: "write_draft_orders",
  Product: "write_products",
  ProductVariant: "write_products",
  Collection: "write_products",
  DiscountCodeNode: "write_discounts",
  DiscountAutomaticNode: "write_discounts",
};

/** Tags and metafields are written by the scope of the thing that bears them. */
function needOwner(ask: Ask, fieldName: string, args: Args): void {
  const owners: string[] = [];
  if (fieldName === "tagsAdd" || fieldName === "tagsRemove") owners.push(args.id);
  if (fieldName === "metafieldsSet" || fieldName === "metafieldsDelete")
    for (const metafield of args.metafields) owners.push(metafield.ownerId);
  for (const owner of owners) {
    const scope = writeScopes[typeOf(owner)];
    if (scope && !holds(ask, scope)) need(ask, fieldName, { says: `\`${scope}\` access scope.`, scopes: [scope] });
  }
}

export const typeOf = (gid: string): string => /^gid:\/\/shopify\/(\w+)\//.exec(gid)?.[1] ?? "";
