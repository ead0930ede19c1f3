// An id must be of the kind its argument takes, as Shopify's schema data says.

import { type GraphQLInputType, type GraphQLResolveInfo, getNamedType, isAbstractType, isInputObjectType } from "graphql";
import { typeOf } from "./access.ts";
import { type Args, type Ask, invalidId } from "./ask.ts";

export function checkGids(ask: Ask, info: GraphQLResolveInfo, args: Args): void {
  const { parentType, fieldName } = info;
  const field = parentType.getFields()[fieldName];
  for (const arg of field?.args ?? []) {
    if (args[arg.name] === undefined || args[arg.name] === null) continue;
    checkValue(ask, args[arg.name], arg.type, `${parentType.name}.${fieldName}(${arg.name})`);
  }
}

function checkValue(ask: Ask, value: unknown, type: GraphQLInputType, place: string): void {
  if (Array.isArray(value)) {
    for (const member of value) checkValue(ask, member, type, place);
    return;
  }
  if (value === null || value === undefined) return;
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    const fields = named.getFields();
    for (const [key, inner] of Object.entries(value as object)) {
      const field = fields[key];
      if (field) checkValue(ask, inner, field.type, `${named.name}.${key}`);
    }
    return;
  }
  if (named.name !== "ID") return;
  const wanted = ask.schema.gidTypes.get(place);
  if (!wanted) return;
  const text = String(value);
  // The numeric part may carry a query: AppSubscriptionLineItem/1?v=1&index=1.
  const fits =
    wanted.some((name) => isOf(ask, typeOf(text), name)) ||
    (isDiscount.has(typeOf(text)) && lenient(place) && wanted.some((name) => isDiscount.has(name)));
  if (!fits || !/^gid:\/\/shopify\/\w+\/(\d+|[0-9a-f-]{36})(\?.*)?$/.test(text)) throw invalidId(text);
}

function isOf(ask: Ask, given: string, wanted: string): boolean {
  if (given === wanted) return true;
  const type = ask.schema.graphql.getType(wanted);
  return isAbstractType(type) && ask.schema.graphql.getPossibleTypes(type).some(({ name }) => name === given);
}

const isDiscount = new Set(["DiscountNode", "DiscountCodeNode", "DiscountAutomaticNode"]);

/** A mutation that gets a discount of the other method says in userErrors that it does not exist. */
const lenient = (place: string): boolean => place.startsWith("Mutation.") || place.startsWith("QueryRoot.discountNode(");
