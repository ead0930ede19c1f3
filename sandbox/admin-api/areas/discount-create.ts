// Discounts made and changed by the app.

import { minorOf } from "../../money.ts";
import { type Discount, idOf } from "../../world.ts";
import { type Area, type Args, type Ask, failure, type UserError, userError } from "../ask.ts";
import { type Family, faultsOf } from "./discount-faults.ts";

const families: Record<string, Family> = {
  discountCodeBasic: { field: "basicCodeDiscount", kind: "basic", method: "code" },
  discountCodeBxgy: { field: "bxgyCodeDiscount", kind: "bxgy", method: "code" },
  discountCodeFreeShipping: { field: "freeShippingCodeDiscount", kind: "free shipping", method: "code" },
  discountAutomaticBasic: { field: "automaticBasicDiscount", kind: "basic", method: "automatic" },
  discountAutomaticBxgy: { field: "automaticBxgyDiscount", kind: "bxgy", method: "automatic" },
  discountAutomaticFreeShipping: { field: "freeShippingAutomaticDiscount", kind: "free shipping", method: "automatic" },
};

export const discountCreateArea: Area = {
  Mutation: Object.fromEntries(
    Object.entries(families).flatMap(([name, family]) => [
      [`${name}Create`, create(family)],
      [`${name}Update`, update(family)],
    ]),
  ),
};

const nodeField = ({ method }: Family): string => (method === "code" ? "codeDiscountNode" : "automaticDiscountNode");

function create(family: Family) {
  return (_source: object, args: Args, ask: Ask): object => {
    const { world, state, shop } = ask;
    const input = args[family.field];
    const faults = faultsOf(ask, family, input, null);
    if (faults.length > 0) return refused(family, faults);
    const at = world.clock.now().toISOString();
    const blank: Discount = {
      id: world.nextId(),
      method: family.method,
      kind: family.kind,
      title: "",
      codes: [],
      startsAt: at,
      endsAt: null,
      usageLimit: null,
      oncePerCustomer: false,
      customers: null,
      segments: null,
      value: family.kind === "free shipping" ? { freeShipping: true, maximum: null } : null,
      items: { all: true },
      buys: null,
      minimumSubtotal: null,
      minimumQuantity: null,
      usesPerOrder: null,
      combinesWith: { order: false, product: false, shipping: false },
      tags: [],
      usedBy: [],
      createdAt: at,
      updatedAt: at,
      metafields: [],
    };
    const made: Discount = { ...blank, ...changes(ask, family, input, blank) };
    state.discounts.set(made.id, made);
    world.changed(shop.handle, "discounts", made.id);
    world.events.emit(shop.handle, "discounts/create", { discount: made });
    return { [nodeField(family)]: made, userErrors: [] };
  };
}

function update(family: Family) {
  return (_source: object, args: Args, ask: Ask): object => {
    const { world, state } = ask;
    const found = state.discounts.get(idOf(args.id));
    if (found?.method !== family.method || found.kind !== family.kind) return refused(family, [userError("id", "Discount does not exist")]);
    const input = args[family.field];
    const faults = faultsOf(ask, family, input, found);
    if (faults.length > 0) return refused(family, faults);
    if (input.code !== undefined && found.codes.length > 1)
      return refused(family, [userError("id", "Cannot update the code of a bulk discount.")]);
    Object.assign(found, changes(ask, family, input, found));
    keepDiscount(ask, found);
    world.events.emit(ask.shop.handle, "discounts/update", { discount: found });
    return { [nodeField(family)]: found, userErrors: [] };
  };
}

const refused = (family: Family, userErrors: UserError[]): object => ({ [nodeField(family)]: null, userErrors });

export function keepDiscount({ world, shop }: Ask, one: Discount): void {
  one.updatedAt = world.clock.now().toISOString();
  world.changed(shop.handle, "discounts", one.id);
}

/** What the input names and nothing else. */
function changes(ask: Ask, family: Family, input: Args, before: Discount): Partial<Discount> {
  const changed: Partial<Discount> = {};
  const { currency } = ask.shop;
  if (input.title !== undefined) changed.title = input.title;
  if (typeof input.code === "string")
    changed.codes = [{ id: before.codes[0]?.id ?? ask.world.nextId(), code: input.code, uses: before.codes[0]?.uses ?? 0 }];
  if (input.startsAt) changed.startsAt = input.startsAt;
  if (input.endsAt !== undefined) changed.endsAt = input.endsAt;
  if (input.usageLimit !== undefined) changed.usageLimit = input.usageLimit;
  if (input.usesPerOrderLimit !== undefined) changed.usesPerOrder = input.usesPerOrderLimit;
  if (input.appliesOncePerCustomer !== undefined) changed.oncePerCustomer = input.appliesOncePerCustomer === true;
  if (input.tags) changed.tags = input.tags;
  if (input.combinesWith)
    changed.combinesWith = {
      order: input.combinesWith.orderDiscounts ?? before.combinesWith.order,
      product: input.combinesWith.productDiscounts ?? before.combinesWith.product,
      shipping: input.combinesWith.shippingDiscounts ?? before.combinesWith.shipping,
    };
  const requirement = input.minimumRequirement;
  if (requirement !== undefined) {
    const subtotal = requirement?.subtotal?.greaterThanOrEqualToSubtotal;
    const quantity = requirement?.quantity?.greaterThanOrEqualToQuantity;
    changed.minimumSubtotal = subtotal != null ? minorOf(subtotal, currency) : null;
    changed.minimumQuantity = quantity != null ? Number(quantity) : null;
  }
  if (input.destination?.countries)
    throw failure("The sandbox has no answer for free shipping to certain countries.", "SANDBOX_HAS_NO_ANSWER");
  Object.assign(changed, forWhom(input.context ?? input.customerSelection, before));
  if (family.kind === "free shipping" && input.maximumShippingPrice !== undefined)
    changed.value = {
      freeShipping: true,
      maximum: input.maximumShippingPrice === null ? null : minorOf(input.maximumShippingPrice, currency),
    };
  const gets = input.customerGets;
  const purchases = family.kind === "basic" ? gets : input;
  if (typeof purchases?.appliesOnOneTimePurchase === "boolean" || typeof purchases?.appliesOnSubscription === "boolean")
    changed.purchases = {
      oneTime: purchases.appliesOnOneTimePurchase ?? before.purchases?.oneTime ?? true,
      subscription: purchases.appliesOnSubscription ?? before.purchases?.subscription ?? false,
    };
  if (input.recurringCycleLimit !== undefined) changed.recurringCycleLimit = input.recurringCycleLimit;
  if (gets?.value) changed.value = takenOff(gets.value, currency) ?? before.value;
  if (gets?.items) changed.items = gets.items.all ? { all: true } : itemsOf(gets.items, "all" in before.items ? null : before.items);
  const buys = input.customerBuys;
  if (buys) {
    const previous = before.buys;
    changed.buys = {
      ...(buys.items ? itemsOf(buys.items, previous) : { products: [], variants: [], collections: [], ...previous }),
      quantity:
        buys.value?.quantity != null ? Number(buys.value.quantity) : buys.value?.amount != null ? null : (previous?.quantity ?? null),
      amount:
        buys.value?.amount != null
          ? minorOf(buys.value.amount, currency)
          : buys.value?.quantity != null
            ? null
            : (previous?.amount ?? null),
    };
  }
  return changed;
}

function forWhom(context: Args, before: Discount): Partial<Discount> {
  if (!context) return {};
  if (context.all) return { customers: null, segments: null };
  if (context.customers)
    return { customers: merged(before.customers ?? [], context.customers.add, context.customers.remove), segments: null };
  if (context.customerSegments)
    return { customers: null, segments: merged(before.segments ?? [], context.customerSegments.add, context.customerSegments.remove) };
  throw failure("The sandbox has no answer for discounts bound to markets.", "SANDBOX_HAS_NO_ANSWER");
}

function takenOff(value: Args, currency: string): Discount["value"] | undefined {
  if (value.percentage != null) return { basisPoints: Math.round(value.percentage * 10_000) };
  // The amount may come with a minus sign or without.
  if (value.discountAmount)
    return {
      amount: Math.abs(minorOf(value.discountAmount.amount, currency)),
      onEachItem: value.discountAmount.appliesOnEachItem === true,
    };
  if (value.discountOnQuantity) {
    const { quantity, effect } = value.discountOnQuantity;
    if (effect?.percentage == null)
      throw failure("The sandbox has no answer for a buy-x-get-y discount with an amount.", "SANDBOX_HAS_NO_ANSWER");
    return { getQuantity: Number(quantity), basisPoints: Math.round(effect.percentage * 10_000) };
  }
  return undefined;
}

type Items = { products: string[]; variants: string[]; collections: string[] };

function itemsOf(items: Args, before: Items | null): Items {
  const { products, collections } = items;
  return {
    products: merged(before?.products ?? [], products?.productsToAdd, products?.productsToRemove),
    variants: merged(before?.variants ?? [], products?.productVariantsToAdd, products?.productVariantsToRemove),
    collections: merged(before?.collections ?? [], collections?.add, collections?.remove),
  };
}

function merged(before: string[], add: string[] | null | undefined, remove: string[] | null | undefined): string[] {
  const gone = new Set((remove ?? []).map(idOf));
  return [...new Set([...before, ...(add ?? []).map(idOf)])].filter((id) => !gone.has(id));
}
