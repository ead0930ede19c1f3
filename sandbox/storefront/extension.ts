// Reads a theme app extension from its folder: blocks with their schema, snippets, assets and locales.
// Files are read anew whenever they changed, so that whoever writes a block sees it at the next load.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";

export type Setting = { type: string; id?: string; label?: string; default?: unknown };
export type BlockSchema = {
  name: string;
  target: string;
  stylesheet?: string;
  javascript?: string;
  class?: string;
  tag?: string;
  settings?: Setting[];
};
export type Block = { handle: string; liquid: string; schema: BlockSchema };
type Texts = Record<string, unknown>;
export type ThemeExtension = {
  folder: string | undefined;
  blocks: Map<string, Block>;
  snippets: Map<string, string>;
  /** Texts by locale, such as fr; the default locale is under "default" too. */
  locales: Map<string, Texts>;
};

const empty = (): ThemeExtension => ({ folder: undefined, blocks: new Map(), snippets: new Map(), locales: new Map() });
const read = new Map<string, { stamp: string; extension: ThemeExtension }>();

export function themeExtension(folder: string | undefined): ThemeExtension {
  if (!folder || !existsSync(folder)) return empty();
  const files = ["blocks", "snippets", "locales"].flatMap((name) => filesIn(join(folder, name)));
  const stamp = files.map((file) => `${file}:${statSync(file).mtimeMs}`).join("\n");
  const known = read.get(folder);
  if (known?.stamp === stamp) return known.extension;

  const extension: ThemeExtension = { ...empty(), folder };
  const labels =
    files.filter((file) => file.endsWith(".default.schema.json")).map((file) => JSON.parse(readFileSync(file, "utf8")) as Texts)[0] ?? {};
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const name = basename(file);
    if (file.startsWith(join(folder, "blocks"))) {
      const block = blockOf(name.replace(/\.liquid$/, ""), text, labels);
      extension.blocks.set(block.handle, block);
    } else if (name.endsWith(".liquid")) extension.snippets.set(name.replace(/\.liquid$/, ""), text);
    else if (name.endsWith(".json") && !name.endsWith(".schema.json")) readLocale(extension, name, text);
  }
  read.set(folder, { stamp, extension });
  return extension;
}

const schemaTag = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/;

function blockOf(handle: string, text: string, labels: Texts): Block {
  const schema = schemaTag.exec(text)?.[1];
  if (!schema) throw new Error(`The block ${handle} has no {% schema %}.`);
  return { handle, liquid: text.replace(schemaTag, ""), schema: JSON.parse(schema, (_, value) => worded(value, labels)) as BlockSchema };
}

/** A schema may say "t:balance.name" where the editor shows a text of its own locale file. */
function worded(value: unknown, labels: Texts): unknown {
  if (typeof value !== "string" || !value.startsWith("t:")) return value;
  const found = value
    .slice(2)
    .split(".")
    .reduce<unknown>((at, part) => (typeof at === "object" && at !== null ? (at as Texts)[part] : undefined), labels);
  return typeof found === "string" ? found : value;
}

function readLocale(extension: ThemeExtension, name: string, text: string): void {
  const [locale = ""] = name.split(".");
  const texts = JSON.parse(text) as Texts;
  extension.locales.set(locale, texts);
  if (name.includes(".default.")) extension.locales.set("default", texts);
}

const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /\.(liquid|json)$/.test(name))
        .sort()
        .map((name) => join(folder, name))
    : [];
