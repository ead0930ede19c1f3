// Renders a page of the theme, with the app's blocks where the merchant has put them.

import { readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Liquid } from "liquidjs";
import { priceCart } from "../checkout.ts";
import { proxyPrefix } from "../proxy.ts";
import { installedApp, type ShopState, type World } from "../store.ts";
import { renderBlocks } from "./blocks.ts";
import { liquidCart } from "./liquid/cart.ts";
import { liquidCollection, liquidProduct } from "./liquid/catalog.ts";
import { liquidEngine } from "./liquid/engine.ts";
import { liquidCustomer, liquidShop } from "./liquid/people.ts";
import type { Texts } from "./liquid/translate.ts";
import type { PageName } from "./placements.ts";
import { cartLines, type Session } from "./session.ts";

export const themeFolder = fileURLToPath(new URL("theme", import.meta.url));
const folderOf = (name: string): string => join(themeFolder, name);

/** The languages the theme speaks, the first being the one it falls back to. */
export const locales = ["en", "fr"];
const texts: Texts = new Map(
  locales.map((locale) => [locale, JSON.parse(readFileSync(join(folderOf("locales"), `${locale}.json`), "utf8"))]),
);
texts.set("default", texts.get("en") ?? {});

// Templates are read once and again when they have changed: the theme may be worked on while it runs.
const files = new Map<string, { changed: number; text: string }>();
function fileOf(folder: string, name: string): string | undefined {
  const path = join(folderOf(folder), `${basename(name)}.liquid`);
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (changed === undefined) return undefined;
  const known = files.get(path);
  if (known?.changed === changed) return known.text;
  const text = readFileSync(path, "utf8");
  files.set(path, { changed, text });
  return text;
}

const engine: Liquid = liquidEngine({
  assets: { folder: folderOf("assets"), base: "/cdn/shop/theme" },
  texts: () => texts,
  snippet: (name) => fileOf("snippets", name),
});

export type PageWish = {
  world: World;
  state: ShopState;
  session: Session;
  path: string;
  template: string;
  title?: string;
  /** The page's own objects: product, collection, order and so on. */
  objects?: Record<string, unknown>;
  /** Where app blocks may stand, if they may. */
  blocks?: PageName;
  layout?: "theme" | "checkout";
  themeExtension: string | undefined;
};

export function globalsOf({ world, state, session, path, template, objects = {} }: PageWish): Record<string, unknown> {
  const app = installedApp(world, state);
  const { shop } = state;
  const priced = priceCart(state, {
    lines: cartLines(session.items),
    codes: session.codes,
    customerId: session.customer?.id ?? null,
    now: world.clock.now(),
  });
  const language = (code: string) => ({
    iso_code: code,
    name: new Intl.DisplayNames(code, { type: "language" }).of(code),
    endonym_name: new Intl.DisplayNames(code, { type: "language" }).of(code),
    primary: code === "en",
  });
  return {
    shop: liquidShop(state, app),
    customer: session.customer ? liquidCustomer(state, session.customer, app) : null,
    cart: liquidCart(state, session, priced),
    collections: [...state.collections.values()].map((one) => liquidCollection(state, one)),
    get all_products() {
      return Object.fromEntries([...state.products.values()].map((product) => [product.handle, liquidProduct(state, product)]));
    },
    localization: {
      language: language(session.locale),
      available_languages: locales.map(language),
      country: { iso_code: shop.country, currency: { iso_code: shop.currency } },
    },
    request: {
      path,
      locale: language(session.locale),
      page_type: template,
      design_mode: false,
      visual_preview_mode: false,
      host: "",
      origin: "",
    },
    template: { name: template, suffix: null, directory: null },
    routes: {
      root_url: "/",
      account_url: "/account",
      account_login_url: "/account/login",
      account_logout_url: "/account/logout",
      account_register_url: "/account/login",
      cart_url: "/cart",
      cart_add_url: "/cart/add",
      cart_change_url: "/cart/change",
      cart_update_url: "/cart/update",
      cart_clear_url: "/cart/clear",
      all_products_collection_url: "/collections/all",
      collections_url: "/collections",
    },
    settings: { palette: paletteOf(state) },
    app_proxy: app ? proxyPrefix(world) : "",
    page_facts: { locale: session.locale, currency: shop.currency },
    ...objects,
  };
}

export async function page(wish: PageWish): Promise<string> {
  const globals = globalsOf(wish);
  const appBlocks = wish.blocks ? await renderBlocks(wish, globals, wish.blocks) : "";
  const source = fileOf("templates", wish.template);
  if (source === undefined) throw new Error(`The theme has no template ${wish.template}.`);
  return withLayout(wish, globals, await engine.parseAndRender(source, { app_blocks: appBlocks }, { globals }));
}

/** An answer of the app proxy with the type application/liquid becomes a page of the theme. */
export async function pageFromLiquid(wish: PageWish, liquid: string): Promise<string> {
  const globals = globalsOf(wish);
  const bare = /\{%-?\s*layout\s+none\s*-?%\}/;
  const content = await engine.parseAndRender(liquid.replace(bare, ""), {}, { globals });
  return bare.test(liquid) ? content : withLayout(wish, globals, `<div class="wide app-page">${content}</div>`);
}

function withLayout({ layout = "theme", title, state }: PageWish, globals: Record<string, unknown>, content: string): Promise<string> {
  const scope = { content_for_layout: content, page_title: title ?? state.shop.name };
  return engine.parseAndRender(fileOf("templates", `layout.${layout}`) ?? "", scope, { globals });
}

/** Every shop has its colours, always the same. */
const palettes = ["clay", "juniper"];
const paletteOf = ({ shop }: ShopState): string =>
  palettes[[...shop.handle].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % palettes.length] ?? "juniper";
