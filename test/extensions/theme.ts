import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Liquid } from "liquidjs";
import type { Card, ProgrammeCard } from "../../app/loyalty/card.ts";

export const themeFolder = fileURLToPath(new URL("../../extensions/loyalty-theme", import.meta.url));

const schemaTag = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/;

export const blockSource = (block: string): string => readFileSync(join(themeFolder, "blocks", `${block}.liquid`), "utf8");

export function schemaOf(block: string): { settings: { id?: string; default?: unknown }[] } & Record<string, unknown> {
  const schema = schemaTag.exec(blockSource(block))?.[1];
  if (!schema) throw new Error(`The block ${block} has no schema.`);
  return JSON.parse(schema);
}

export type Page = {
  card?: Card;
  programme?: ProgrammeCard;
  signedIn?: boolean;
  locale?: "en" | "fr";
  designMode?: boolean;
  settings?: Record<string, unknown>;
};

/** A block as a shopper's page shows it. */
export async function renderBlock(block: string, page: Page): Promise<string> {
  const locale = page.locale ?? "en";
  const texts = JSON.parse(readFileSync(join(themeFolder, "locales", locale === "en" ? "en.default.json" : "fr.json"), "utf8"));
  const defaults = Object.fromEntries(schemaOf(block).settings.flatMap(({ id, default: value }) => (id ? [[id, value]] : [])));
  const liquid = new Liquid({
    strictFilters: true,
    templates: Object.fromEntries(
      readdirSync(join(themeFolder, "snippets")).map((name) => [
        basename(name, ".liquid"),
        readFileSync(join(themeFolder, "snippets", name), "utf8"),
      ]),
    ),
    globals: {
      app: { metafields: { laurel: { programme: page.programme ? { value: page.programme } : undefined } } },
      customer: page.signedIn ? { metafields: { $app: { card: page.card ? { value: page.card } : undefined } } } : undefined,
      request: { path: "/pages/rewards", locale: { iso_code: locale }, design_mode: page.designMode ?? false },
      routes: { account_login_url: "/account/login", root_url: "/" },
    },
  });
  liquid.registerFilter("asset_url", (name: string) => `/${name}`);
  liquid.registerFilter("stylesheet_tag", (url: string) => `<link rel="stylesheet" href="${url}">`);
  liquid.registerFilter("t", (key: string, ...named: [string, unknown][]) => translate(texts, key, Object.fromEntries(named), locale));
  return liquid.parseAndRender(blockSource(block).replace(schemaTag, ""), { block: { settings: { ...defaults, ...page.settings } } });
}

function translate(texts: unknown, key: string, values: Record<string, unknown>, locale: string): string {
  let found = key.split(".").reduce((at: unknown, part) => (at as Record<string, unknown> | undefined)?.[part], texts);
  if (typeof found === "object" && found !== null) {
    found = (found as Record<string, string>)[new Intl.PluralRules(locale).select(Number(values.count))];
  }
  if (typeof found !== "string") throw new Error(`There is no text for ${key} in ${locale}.`);
  // Shopify escapes what is put into a text.
  return found.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => escapeHtml(String(values[name] ?? "")));
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
