// App blocks: each file of the extension's blocks/ folder, rendered with its settings inside the frame a theme gives it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Liquid } from "liquidjs";
import { escaped } from "../admin-frame/html.ts";
import { installedApp } from "../store.ts";
import { type Block, type ThemeExtension, themeExtension } from "./extension.ts";
import { liquidEngine } from "./liquid/engine.ts";
import { metafieldsOf } from "./liquid/metafields.ts";
import { blocksOn, type PageName } from "./placements.ts";
import type { PageWish } from "./theme.ts";

export const extensionAssets = "/cdn/shop/extensions";

const engines = new Map<string, Liquid>();

function engineOf(folder: string): Liquid {
  const known = engines.get(folder);
  if (known) return known;
  const assets = join(folder, "assets");
  const engine = liquidEngine({
    assets: { folder: assets, base: extensionAssets },
    // Asked anew for every text, so that a changed file is heard at once.
    texts: () => themeExtension(folder).locales,
    snippet: (name) => themeExtension(folder).snippets.get(name),
  });
  engine.registerFilter("inline_asset_content", (name: string) => readFileSync(join(assets, name.replaceAll("/", "")), "utf8"));
  engines.set(folder, engine);
  return engine;
}

/** All blocks of a page, one below the other. An uninstalled app's blocks vanish from the theme. */
export async function renderBlocks(
  { world, state, themeExtension: folder }: PageWish,
  globals: Record<string, unknown>,
  page: PageName,
): Promise<string> {
  const app = installedApp(world, state);
  if (!folder || !app) return "";
  const extension = themeExtension(folder);
  const blocks = blocksOn(state, page).flatMap((handle) => extension.blocks.get(handle) ?? []);
  const withApp = { ...globals, app: { metafields: metafieldsOf(state.appMetafields, app) } };
  const rendered = await Promise.all(
    blocks.filter(({ schema }) => schema.target === "section").map((block) => renderBlock(block, extension, withApp, page)),
  );
  return rendered.join("\n") + assetsOf(blocks);
}

async function renderBlock(block: Block, { folder }: ThemeExtension, globals: Record<string, unknown>, page: PageName): Promise<string> {
  const { schema, handle } = block;
  const id = `${page}_${handle}`;
  const settings = Object.fromEntries((schema.settings ?? []).flatMap((one) => (one.id ? [[one.id, one.default ?? null]] : [])));
  const attributes = `data-shopify-editor-block="${escaped(JSON.stringify({ id, type: `shopify://apps/laurel/blocks/${handle}` }))}"`;
  const scope = {
    block: { id, type: handle, settings, shopify_attributes: attributes },
    section: { id: `template--${page}__main`, settings: {} },
  };
  const content = await engineOf(folder ?? "").parseAndRender(block.liquid, scope, { globals });
  const tag = schema.tag ?? "div";
  return `<${tag} id="shopify-block-${id}" class="${["shopify-block", "shopify-app-block", schema.class ?? ""].join(" ").trim()}">${content}</${tag}>`;
}

/** What the schemas name, once each. */
function assetsOf(blocks: Block[]): string {
  const styles = new Set(blocks.flatMap(({ schema }) => schema.stylesheet ?? []));
  const scripts = new Set(blocks.flatMap(({ schema }) => schema.javascript ?? []));
  return [
    ...[...styles].map((name) => `<link href="${extensionAssets}/${name}" rel="stylesheet" type="text/css" media="all">`),
    ...[...scripts].map((name) => `<script src="${extensionAssets}/${name}" defer></script>`),
  ].join("");
}
