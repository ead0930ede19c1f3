// Shopify's filters, as far as themes of the sandbox and app blocks use them. A filter that is not here is an error, as a theme check would have it.

import { statSync } from "node:fs";
import { join } from "node:path";
import type { Context, Liquid } from "liquidjs";
import { escaped } from "../../admin-frame/html.ts";
import { moneyText } from "./money.ts";
import { type Texts, translate } from "./translate.ts";

export type Assets = { folder: string; base: string };
/** What filters must know of the page; travels among the globals because a snippet sees nothing else. */
export type PageFacts = { locale: string; currency: string };
type FilterImpl = { context: Context };

export function addFilters(engine: Liquid, assets: Assets, texts: () => Texts): void {
  const facts = (filter: FilterImpl) => (filter.context.globals as { page_facts: PageFacts }).page_facts;
  const money = (options: Parameters<typeof moneyText>[3]) =>
    function (this: FilterImpl, hundredths: unknown) {
      const { currency, locale } = facts(this);
      return moneyText(Number(hundredths ?? 0), currency, locale, options);
    };
  engine.registerFilter("money", money({}));
  engine.registerFilter("money_with_currency", money({ code: true }));
  engine.registerFilter("money_without_currency", money({ symbol: false }));
  engine.registerFilter("money_without_trailing_zeros", money({ trailingZeros: false }));

  for (const name of ["t", "translate"]) {
    engine.registerFilter(name, function (this: FilterImpl, key: unknown, ...holes: unknown[]) {
      return translate(texts(), facts(this).locale, String(key), named(holes));
    });
  }

  const address = (name: unknown): string => `${assets.base}/${name}?v=${stampOf(join(assets.folder, String(name)))}`;
  engine.registerFilter("asset_url", address);
  engine.registerFilter("asset_img_url", address);
  engine.registerFilter("stylesheet_tag", (url: string) => `<link href="${escaped(url)}" rel="stylesheet" type="text/css" media="all">`);
  engine.registerFilter("script_tag", (url: string) => `<script src="${escaped(url)}" type="text/javascript"></script>`);
  engine.registerFilter(
    "preload_tag",
    (url: string, ...options: unknown[]) =>
      `<link href="${escaped(url)}" as="${escaped(String(named(options).as ?? "fetch"))}" rel="preload">`,
  );

  const picture = (thing: unknown): string =>
    typeof thing === "object" && thing !== null && "src" in thing ? String(thing.src) : String(thing ?? "");
  for (const name of ["image_url", "img_url", "product_img_url"]) engine.registerFilter(name, picture);
  engine.registerFilter("image_tag", (url: string, ...options: unknown[]) => {
    const attributes = Object.entries({ alt: "", loading: "lazy", ...named(options) }).map(
      ([name, value]) => `${name}="${escaped(String(value))}"`,
    );
    return `<img src="${escaped(url)}" ${attributes.join(" ")}>`;
  });
  engine.registerFilter("link_to", (text: string, url: string) => `<a href="${escaped(url)}">${text}</a>`);
  for (const name of ["handle", "handleize"]) engine.registerFilter(name, (text: unknown) => handleOf(String(text ?? "")));
  engine.registerFilter("pluralize", (count: number, one: string, many: string) => (count === 1 ? one : many));
}

/** LiquidJS hands named arguments over as pairs behind the others. */
export const named = (values: unknown[]): Record<string, unknown> =>
  Object.fromEntries(values.filter((value): value is [string, unknown] => Array.isArray(value)));

const handleOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");

function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new Error(`There is no asset ${file.split("/").at(-1)}.`);
  return Math.round(found.mtimeMs).toString(36);
}
