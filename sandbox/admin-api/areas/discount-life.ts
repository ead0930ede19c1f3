// Discounts switched on, off and deleted, one by one and many at once.

import { type Discount, idOf } from "../../world.ts";
import { type Area, type Args, type Ask, userError } from "../ask.ts";
import { fieldsIn, matcher } from "../search.ts";
import { keepDiscount } from "./discount-create.ts";
import { nodeGid, statusOf } from "./discount-fields.ts";
import { discountSearch } from "./discount-search.ts";
import { jobOf } from "./jobs.ts";

type Method = Discount["method"];
type Change = (ask: Ask, one: Discount) => void;

export const discountLifeArea: Area = {
  Mutation: {
    discountCodeActivate: single("code", activate),
    discountCodeDeactivate: single("code", deactivate),
    discountAutomaticActivate: single("automatic", activate),
    discountAutomaticDeactivate: single("automatic", deactivate),
    discountCodeDelete: deleteOne("code"),
    discountAutomaticDelete: deleteOne("automatic"),
    discountCodeBulkActivate: many("code", activate),
    discountCodeBulkDeactivate: many("code", deactivate),
    discountCodeBulkDelete: many("code", remove, { strict: true }),
    discountAutomaticBulkDelete: many("automatic", remove),
  },
};

const nodeField = { code: "codeDiscountNode", automatic: "automaticDiscountNode" } as const;
const missing = (method: Method) => userError("id", `${method === "code" ? "Code" : "Automatic"} discount does not exist.`, "INVALID");

function find({ state }: Ask, id: string, method: Method): Discount | null {
  const found = state.discounts.get(idOf(id));
  return found?.method === method ? found : null;
}

function single(method: Method, change: Change) {
  return (_source: object, { id }: Args, ask: Ask): object => {
    const found = find(ask, id, method);
    if (!found) return { [nodeField[method]]: null, userErrors: [missing(method)] };
    change(ask, found);
    return { [nodeField[method]]: found, userErrors: [] };
  };
}

/** From now on, whatever it was before. */
function activate(ask: Ask, one: Discount): void {
  const now = ask.world.clock.now();
  const status = statusOf(one, now);
  if (status === "ACTIVE") return;
  if (status === "SCHEDULED") one.startsAt = now.toISOString();
  else one.endsAt = null;
  keepDiscount(ask, one);
  ask.world.events.emit(ask.shop.handle, "discounts/update", { discount: one });
}

/** A deactivated discount is one that has ended. */
function deactivate(ask: Ask, one: Discount): void {
  const now = ask.world.clock.now();
  const status = statusOf(one, now);
  if (status === "EXPIRED") return;
  one.endsAt = now.toISOString();
  if (status === "SCHEDULED") one.startsAt = one.endsAt;
  keepDiscount(ask, one);
  ask.world.events.emit(ask.shop.handle, "discounts/update", { discount: one });
}

function remove({ world, state, shop }: Ask, one: Discount): void {
  state.discounts.delete(one.id);
  world.changed(shop.handle, "discounts", one.id);
  world.events.emit(shop.handle, "discounts/delete", { discount: one });
}

function deleteOne(method: Method) {
  const field = method === "code" ? "deletedCodeDiscountId" : "deletedAutomaticDiscountId";
  return (_source: object, { id }: Args, ask: Ask): object => {
    const found = find(ask, id, method);
    if (!found) return { [field]: null, userErrors: [missing(method)] };
    remove(ask, found);
    return { [field]: nodeGid(found), userErrors: [] };
  };
}

const says = {
  code: {
    none: "Missing expected argument key: 'ids', 'search' or 'saved_search_id'.",
    several: "Only one of 'ids', 'search' or 'saved_search_id' is allowed.",
    saved: "Invalid 'saved_search_id'.",
  },
  automatic: {
    none: "One of IDs, search argument or saved search ID is required.",
    several: "Only one of IDs, search argument or saved search ID is allowed.",
    saved: "Invalid savedSearchId.",
  },
} as const;

const searchable = [
  "status",
  "title",
  "tag",
  "starts_at",
  "ends_at",
  "created_at",
  "updated_at",
  "times_used",
  "type",
  "discount_type",
  "id",
  "method",
  "default",
];

/** Only deleting codes minds a field that it does not know; elsewhere such a search finds nothing. */
function many(method: Method, change: Change, { strict = false } = {}) {
  return (_source: object, { ids, search, savedSearchId }: Args, ask: Ask): object => {
    const no = (field: string | null, message: string, code: string): object => ({
      job: null,
      userErrors: [userError(field, message, code)],
    });
    const given = [ids, search, savedSearchId].filter((one) => one !== undefined && one !== null).length;
    if (given === 0 || ids?.length === 0) return no(null, says[method].none, "MISSING_ARGUMENT");
    if (given > 1) return no(null, says[method].several, "TOO_MANY_ARGUMENTS");
    if (savedSearchId) return no("savedSearchId", says[method].saved, "INVALID");
    if (search?.trim() === "")
      return method === "code" ? no("search", "'Search' can't be blank.", "BLANK") : { job: jobOf(ask), userErrors: [] };
    const unknown = search ? fieldsIn(search).filter((field) => !searchable.includes(field)) : [];
    if (strict && unknown.length > 0)
      return no("search", `Invalid search field(s): ${unknown.join(", ")}. Check the query syntax.`, "INVALID");

    const matches = matcher(search, discountSearch(ask));
    const found = ids
      ? ids.flatMap((id: string) => find(ask, id, method) ?? [])
      : [...ask.state.discounts.values()].filter((one) => unknown.length === 0 && one.method === method && matches(one));
    for (const one of found) change(ask, one);
    return { job: jobOf(ask), userErrors: [] };
  };
}
