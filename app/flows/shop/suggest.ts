import { customerTagsLike } from "../../db/customer-words.ts";
import type { Tx } from "../../db/database.ts";
import { channelsSeen, gatewaysSeen } from "../../db/order-words.ts";
import { productsNamed, productTags, productTypes, skus, vendors } from "../../db/read-catalogue.ts";
import type { Option } from "../../loyalty/settings.ts";
import { type Admin, AdminRefused, UnknownOutcome } from "../../shopify/admin.ts";
import { segmentsOf } from "../../shopify/segments.ts";
import { sellingPlansOf } from "../../shopify/selling-plans.ts";
import type { Context } from "../context.ts";

type Wish = { what: string; text: string; shopId: string };
type List = (admin: Admin) => Promise<Option[]>;
type Words = (tx: Tx, search: { text: string; limit: number }) => Promise<string[]>;

const ofTheShop: Readonly<Record<string, Words>> = {
  types: productTypes,
  vendors,
  "product tags": productTags,
  skus,
  "customer tags": customerTagsLike,
  channels: channelsSeen,
  // First those that this shop is paid by: nobody has to know what Shopify calls them.
  gateways: async (tx, search) => [
    ...new Set([...(await gatewaysSeen(tx, search)), ...gateways.filter((one) => contains(one, search.text.trim()))]),
  ],
};

// What is Shopify's own to list.
const ofShopify: Readonly<Record<string, List>> = {
  segments: async (admin) => (await segmentsOf(admin)).map(({ segmentGid, name }) => ({ value: segmentGid, label: name })),
  "selling plans": async (admin) =>
    (await sellingPlansOf(admin)).map(({ sellingPlanGid, name }) => ({ value: sellingPlanGid, label: name })),
};

// What Shopify calls the gateways that many shops have; any other can be typed.
const gateways = ["shopify_payments", "paypal", "shop_pay_installments", "gift_card", "shopify_store_credit", "manual", "cash", "bogus"];

const limit = 20;

/** What the shop has of something, for a form that asks for it by name. `failed`: Shopify could not be asked. */
export async function suggest(context: Context, { what, text, shopId }: Wish): Promise<{ found: Option[]; failed?: boolean }> {
  const list = Object.hasOwn(ofShopify, what) ? ofShopify[what] : undefined;
  if (list) return listed(context, shopId, list);
  if (what === "named products") return namedProducts(context, text);
  const words = Object.hasOwn(ofTheShop, what) ? ofTheShop[what] : undefined;
  if (words) return plain(await context.db.inProgramme(context.scope, (tx) => words(tx, { text, limit })));
  if (what === "currencies") return named(Intl.supportedValuesOf("currency"), "currency", text);
  if (what === "countries") return named(regions(), "region", text);
  return { found: [] };
}

async function listed(context: Context, shopId: string, list: List): Promise<{ found: Option[]; failed?: boolean }> {
  try {
    return { found: await list(await context.adminOf(shopId)) };
  } catch (error) {
    // The page says so, and the rest of its form works.
    if (error instanceof AdminRefused || error instanceof UnknownOutcome) return { found: [], failed: true };
    throw error;
  }
}

async function namedProducts(context: Context, gids: string): Promise<{ found: Option[] }> {
  const products = await context.db.inProgramme(context.scope, (tx) => productsNamed(tx, gids.split(",").slice(0, 50)));
  return { found: products.map(({ productGid, title }) => ({ value: productGid, label: title })) };
}

const plain = (words: readonly string[]) => ({ found: words.map((word) => ({ value: word, label: word })) });

const contains = (one: string, text: string): boolean => one.toLowerCase().includes(text.toLowerCase());

function named(codes: readonly string[], type: "currency" | "region", text: string): { found: Option[] } {
  const names = new Intl.DisplayNames("en", { type });
  const all = codes.map((code) => ({ value: code, label: `${names.of(code)} (${code})` }));
  return { found: all.filter((one) => contains(one.label, text)).slice(0, limit) };
}

// Intl knows the countries' names but does not list them: of all pairs of letters, those that have one.
function regions(): string[] {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  return letters.flatMap((one) => letters.map((other) => one + other)).filter((code) => names.of(code) !== undefined);
}
