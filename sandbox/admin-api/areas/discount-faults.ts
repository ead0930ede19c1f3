// What Shopify finds wrong with a discount, in its words. Everything that is wrong is said at once.

import { discountByCode } from "../../checkout.ts";
import type { Discount } from "../../world.ts";
import { idOf } from "../../world.ts";
import { type Args, type Ask, failure, type UserError, userError } from "../ask.ts";
import { findVariant } from "./products.ts";

/** One kind of discount by one method, and the name its input goes by. */
export type Family = { field: string; kind: Exclude<Discount["kind"], "app">; method: Discount["method"] };
type Say = (field: string | null, message: string, code: string) => void;

export function faultsOf(ask: Ask, family: Family, input: Args, before: Discount | null): UserError[] {
  const found: UserError[] = [];
  const say: Say = (field, message, code) => found.push(userError(field ? `${family.field}.${field}` : family.field, message, code));
  if (family.method === "code") codeFaults(ask, input, before, say);
  titleFaults(input, before, say);
  dates(input, before, say);
  who(ask, input, say);
  limits(family, input, say);
  combination(family, input, say);
  minimum(input, say);
  if (family.kind === "basic") basicValue(ask, family, input, before, say);
  if (family.kind === "bxgy") bxgyValue(ask, family, input, before, say);
  if (family.kind !== "bxgy") purchases(ask, family, input, say);
  return found;
}

function codeFaults({ state }: Ask, { code }: Args, before: Discount | null, say: Say): void {
  if (code === undefined && !before) say("code", "Code can't be blank", "BLANK");
  if (code === null) say("code", "Code can't be blank", "BLANK");
  if (typeof code === "string") {
    if (code === "") say("code", "Code is too short (minimum is 1 character)", "TOO_SHORT");
    else if (code.length > 255) say("code", "Code is too long (maximum is 255 characters)", "TOO_LONG");
    else if (code.includes("\n")) say("code", "Code cannot contain newline characters.", "INVALID");
    else {
      const other = discountByCode(state, code);
      if (other && other.id !== before?.id) say("code", "Code must be unique. Please try a different code.", "TAKEN");
    }
  }
}

function titleFaults({ title }: Args, before: Discount | null, say: Say): void {
  if (title === null || title === "" || (title === undefined && !before)) say("title", "Title can't be blank", "BLANK");
  else if (title !== undefined && title.length > 255) say("title", "Title is too long (maximum is 255 characters)", "TOO_LONG");
}

function dates({ startsAt, endsAt }: Args, before: Discount | null, say: Say): void {
  if (startsAt === null || (startsAt === undefined && !before)) say("startsAt", "Starts at can't be blank", "BLANK");
  const start = startsAt ?? before?.startsAt;
  if (endsAt && start && Date.parse(endsAt) <= Date.parse(start)) say("endsAt", "Ends at needs to be after starts_at", "INVALID");
}

function who({ state }: Ask, { context, customerSelection, tags }: Args, say: Say): void {
  if (context && customerSelection) say("context", "Only one of context or customerSelection can be provided.", "INVALID");
  const { add = [], remove = [] } = context?.customers ?? customerSelection?.customers ?? {};
  if (add?.some((id: string) => remove?.includes(id)))
    throw failure("A customer id is present in `add` and `remove` fields", "BAD_REQUEST");
  if (customerSelection?.all && customerSelection.customers)
    throw failure(
      "A discount cannot have customerSelection set to all, when customers or customerSavedSearches is specified.",
      "BAD_REQUEST",
    );
  if (customerSelection?.all && customerSelection.customerSegments)
    throw failure("A discount cannot have customerSelection set to all, when customerSegments is specified.", "BAD_REQUEST");
  for (const id of add ?? [])
    if (!state.customers.has(idOf(id))) say("context.customers.add", `Customer with id: ${idOf(id)} is invalid`, "INVALID");
  if (tags?.length > 5) say("tags", "Too many tags (maximum is 5)", "TOO_MANY_TAGS");
}

function limits({ kind }: Family, { usageLimit, usesPerOrderLimit, recurringCycleLimit }: Args, say: Say): void {
  if (typeof usageLimit === "number" && usageLimit <= 0) say("usageLimit", "Usage limit must be greater than 0", "GREATER_THAN");
  if (kind === "bxgy" && usesPerOrderLimit === 0) say("usesPerOrderLimit", "Allocation limit cannot be zero", "VALUE_OUTSIDE_RANGE");
  else if (kind === "bxgy" && typeof usesPerOrderLimit === "number" && usesPerOrderLimit < 0)
    say("usesPerOrderLimit", "Allocation limit must be greater than 0", "GREATER_THAN");
  if (typeof recurringCycleLimit === "number" && recurringCycleLimit > 999)
    say("recurringCycleLimit", "Recurring cycle limit must be less than or equal to 999", "LESS_THAN_OR_EQUAL_TO");
}

function combination({ kind }: Family, { combinesWith }: Args, say: Say): void {
  if (kind === "free shipping" && combinesWith?.shippingDiscounts)
    say("combinesWith", "The combinesWith settings are not valid for the discount class.", "INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS");
}

function minimum({ minimumRequirement }: Args, say: Say): void {
  const quantity = minimumRequirement?.quantity?.greaterThanOrEqualToQuantity;
  const subtotal = minimumRequirement?.subtotal?.greaterThanOrEqualToSubtotal;
  if (quantity != null && subtotal != null) {
    say(
      "minimumRequirement.subtotal.greaterThanOrEqualToSubtotal",
      "Minimum subtotal cannot be defined when minimum quantity is.",
      "CONFLICT",
    );
    say(
      "minimumRequirement.quantity.greaterThanOrEqualToQuantity",
      "Minimum quantity cannot be defined when minimum subtotal is.",
      "CONFLICT",
    );
    return;
  }
  if (Number(quantity) >= 2 ** 31)
    say("minimumRequirement.quantity.greaterThanOrEqualToQuantity", "Minimum quantity must be less than 2147483647", "LESS_THAN");
  if (Number(subtotal) >= 1e18)
    say("minimumRequirement.subtotal.greaterThanOrEqualToSubtotal", "Minimum subtotal must be less than 1000000000000000000", "LESS_THAN");
}

function basicValue(ask: Ask, { method }: Family, { customerGets }: Args, before: Discount | null, say: Say): void {
  const value = customerGets?.value;
  if (value && ["percentage", "discountOnQuantity", "discountAmount"].filter((kind) => value[kind] != null).length > 1)
    throw failure("A discount can only have one of percentage, discountOnQuantity or discountAmount.", "BAD_REQUEST");
  if (value?.discountOnQuantity)
    say("customerGets.value.discountOnQuantity", "discountOnQuantity field is only permitted with bxgy discounts.", "INVALID");
  if (value?.percentage != null && (value.percentage < 0 || value.percentage > 1))
    say("customerGets.value.percentage", "Value must be between 0.0 and 1.0", "VALUE_OUTSIDE_RANGE");
  const amount = value?.discountAmount?.amount;
  if (amount != null && method === "automatic" && Number(amount) <= 0)
    say("customerGets.value.discountAmount.amount", "Value must be less than 0", "GREATER_THAN");
  else if (amount != null && Number(amount) < 0)
    say("customerGets.value.discountAmount.amount", "Value must be less than or equal to 0", "LESS_THAN_OR_EQUAL_TO");
  if (amount != null && Number(amount) >= 1e18)
    say("customerGets.value.discountAmount.amount", "Value must be greater than -1000000000000000000", "LESS_THAN");
  if (!before && !customerGets?.items) say("customerGets.items", "Items in 'customer get' must be defined", "BLANK");
  itemFaults(ask, customerGets?.items, "customerGets.items", say);
}

function bxgyValue(ask: Ask, { method }: Family, { customerBuys, customerGets }: Args, before: Discount | null, say: Say): void {
  const buys = customerBuys?.items;
  if (buys?.all || (!before && !hasItems(buys))) say("customerBuys.items", "Items in 'customer buys' must be defined", "BLANK");
  if (customerGets?.items?.all || (!before && !hasItems(customerGets?.items)))
    say("customerGets", "Items in 'customer get' cannot be set to all", "INVALID");
  const value = customerGets?.value;
  const onQuantity = value?.discountOnQuantity;
  for (const kind of ["percentage", "discountAmount"] as const) {
    if (value?.[kind] == null) continue;
    say(`customerGets.value.${kind}`, "Only discountOnQuantity permitted with bxgy discounts.", "INVALID");
    if (!onQuantity && method === "code") say("customerGets.value.discountOnQuantity.quantity", "Quantity cannot be blank.", "BLANK");
  }
  for (const field of ["appliesOnSubscription", "appliesOnOneTimePurchase"] as const)
    if (customerGets?.[field] != null)
      say(
        `customerGets.${field}`,
        `This field is not supported by ${method === "automatic" ? "automatic " : ""}bxgy discounts.`,
        "INVALID",
      );
  const [bought, got] = [customerBuys?.value?.quantity, onQuantity?.quantity];
  if (bought === "0")
    say("customerBuys.value.quantity", "Prerequisite to entitlement quantity ratio antecedent must be greater than 0", "GREATER_THAN");
  if (got === "0")
    say(
      "customerGets.value.discountOnQuantity.quantity",
      "Prerequisite to entitlement quantity ratio consequent must be greater than 0",
      "GREATER_THAN",
    );
  if (onQuantity?.effect?.percentage != null && (onQuantity.effect.percentage < 0 || onQuantity.effect.percentage > 1))
    say("customerGets.value.discountOnQuantity.effect.percentage", "Value must be between 0.0 and 1.0", "VALUE_OUTSIDE_RANGE");
  itemFaults(ask, buys, "customerBuys.items", say);
  itemFaults(ask, customerGets?.items, "customerGets.items", say);
}

const hasItems = (items: Args): boolean =>
  Boolean(items?.collections?.add?.length || items?.products?.productsToAdd?.length || items?.products?.productVariantsToAdd?.length);

function itemFaults(ask: Ask, items: Args, field: string, say: Say): void {
  const { state } = ask;
  const collections: string[] = items?.collections?.add ?? [];
  const products: string[] = items?.products?.productsToAdd ?? [];
  const variants: string[] = items?.products?.productVariantsToAdd ?? [];
  if (collections.some((id) => items?.collections?.remove?.includes(id)))
    throw failure("The same Collection id is present in both 'add' and 'remove' fields", "BAD_REQUEST");
  if (variants.some((id) => items?.products?.productVariantsToRemove?.includes(id)))
    throw failure("The same ProductVariant id is present in both 'add' and 'remove' fields", "BAD_REQUEST");
  if (collections.length > 0 && products.length + variants.length > 0)
    say(`${field}.collections.add`, "Cannot entitle collections in combination with product variants or products", "CONFLICT");
  for (const id of products)
    if (!state.products.has(idOf(id))) say(`${field}.products.productsToAdd`, `Product with id: ${idOf(id)} is invalid`, "INVALID");
  for (const id of variants)
    if (!findVariant(ask, id)) say(`${field}.products.productVariantsToAdd`, `Product variant with id: ${idOf(id)} is invalid`, "INVALID");
  for (const id of collections)
    if (!state.collections.has(idOf(id))) say(`${field}.collections.add`, `Collection with id: ${idOf(id)} is invalid`, "INVALID");
}

/** Where a shop sells no subscriptions, naming them at all is an error, even to say no. */
function purchases({ shop }: Ask, { kind }: Family, input: Args, say: Say): void {
  if (shop.sellsSubscriptions) return;
  const place = kind === "basic" ? "customerGets." : "";
  const where = kind === "basic" ? (input.customerGets ?? {}) : input;
  for (const field of ["appliesOnSubscription", "appliesOnOneTimePurchase"] as const)
    if (where[field] !== undefined) say(`${place}${field}`, "This field is not supported for shops without subscriptions.", "INVALID");
  if (input.recurringCycleLimit !== undefined)
    say("recurringCycleLimit", "This field is not supported for shops without subscriptions.", "INVALID");
}
