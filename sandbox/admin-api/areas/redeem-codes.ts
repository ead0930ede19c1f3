// Many codes for one discount.

import { discountByCode } from "../../checkout.ts";
import { type Discount, gid, idOf } from "../../world.ts";
import { type Area, type Args, type Ask, type UserError, userError } from "../ask.ts";
import { connection } from "../connection.ts";
import { keepDiscount } from "./discount-create.ts";
import { jobOf } from "./jobs.ts";

type Result = {
  code: string;
  errors: { message: string; field: string[]; code: null }[];
  discountRedeemCode: Discount["codes"][number] | null;
};
type Creation = { id: string; results: Result[]; discount: Discount };

// Kept while the sandbox runs: Shopify forgets them too after a while.
const creations = new WeakMap<object, Map<string, Creation>>();

export const redeemCodesArea: Area = {
  QueryRoot: {
    discountRedeemCodeBulkCreation: (_source: object, { id }, ask) => {
      const found = creations.get(ask.state)?.get(idOf(id));
      return found ? shown(found, true) : null;
    },
  },
  Mutation: { discountRedeemCodeBulkAdd: add, discountCodeRedeemCodeBulkDelete: remove },
};

function add(_source: object, { discountId, codes }: Args, ask: Ask): object {
  const discount = ask.state.discounts.get(idOf(discountId));
  const no = (error: UserError): object => ({ bulkCreation: null, userErrors: [error] });
  if (discount?.method !== "code" || discount.kind === "app")
    return no(userError("discountId", "Code discount does not exist.", "INVALID"));
  if (codes.length === 0) return no(userError("codes", "Codes can't be blank", "BLANK"));
  const wished: string[] = codes.map(({ code }: { code: string }) => code);
  const results = wished.map((code, index) => addOne(ask, discount, code, wished.slice(0, index)));
  keepDiscount(ask, discount);
  const creation = { id: ask.world.nextId(), results, discount };
  const kept = creations.get(ask.state) ?? new Map<string, Creation>();
  creations.set(ask.state, kept.set(creation.id, creation));
  return { bulkCreation: shown(creation, false), userErrors: [] };
}

function addOne(ask: Ask, discount: Discount, code: string, earlier: string[]): Result {
  const fault = faultOf(ask, code, earlier);
  if (fault) return { code, errors: [{ message: fault, field: ["code"], code: null }], discountRedeemCode: null };
  const made = { id: ask.world.nextId(), code, uses: 0 };
  discount.codes.push(made);
  return { code, errors: [], discountRedeemCode: made };
}

function faultOf({ state }: Ask, code: string, earlier: string[]): string | null {
  if (code === "") return "is too short (minimum is 1 character)";
  if (code.length > 255) return "is too long (maximum is 255 characters)";
  if (code.includes("\n")) return "cannot contain newline characters.";
  if (earlier.some((one) => one.toLowerCase() === code.toLowerCase())) return "Codes must be unique within BulkDiscountCodeCreation";
  return discountByCode(state, code) ? "must be unique. Please try a different code." : null;
}

/** The answer of the call knows nothing yet; asked later, everything is done. */
const shown = ({ id, results, discount }: Creation, done: boolean): object => ({
  id: gid("DiscountRedeemCodeBulkCreation", id),
  done,
  codesCount: results.length,
  importedCount: done ? results.filter(({ discountRedeemCode }) => discountRedeemCode).length : 0,
  failedCount: done ? results.filter(({ errors }) => errors.length > 0).length : 0,
  createdAt: discount.updatedAt,
  discountCode: null,
  codes: (args: Args, ask: Ask) => connection(ask, results, args, { id: ({ code }) => code }),
});

function remove(_source: object, { discountId, ids, search, savedSearchId }: Args, ask: Ask): object {
  const discount = ask.state.discounts.get(idOf(discountId));
  const no = (field: string | null, message: string, code: string | null): object => ({
    job: null,
    userErrors: [userError(field, message, code ?? undefined)],
  });
  const given = [ids, search, savedSearchId].filter((one) => one !== undefined && one !== null).length;
  if (ids?.length === 0) return no(null, "Something went wrong, please try again.", null);
  if (given === 0) return no(null, "Missing expected argument key: 'ids', 'search' or 'saved_search_id'.", "MISSING_ARGUMENT");
  if (given > 1) return no(null, "Only one of 'ids', 'search' or 'saved_search_id' is allowed.", "TOO_MANY_ARGUMENTS");
  if (discount?.method !== "code") return no("discountId", "Code discount does not exist.", "INVALID");
  if (savedSearchId) return no("savedSearchId", "Invalid 'saved_search_id'.", "INVALID");
  if (search?.trim() === "") return no("search", "'Search' can't be blank.", "BLANK");
  const gone = new Set((ids ?? []).map(idOf));
  discount.codes = discount.codes.filter(
    ({ id, code }) => !(gone.has(id) || (search && code.toLowerCase().includes(search.toLowerCase()))),
  );
  keepDiscount(ask, discount);
  return { job: { ...jobOf(ask), done: true }, userErrors: [] };
}
