import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { themeCheckRun } from "@shopify/theme-check-node";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { blockSource, schemaOf, themeFolder } from "./theme.ts";

test("Shopify's own check finds nothing in the theme extension", async () => {
  const { offenses } = await themeCheckRun(themeFolder, undefined, () => undefined);
  expect(offenses.map(({ check, uri, start, message }) => `${check} ${uri}:${start.line} ${message}`)).toEqual([]);
});

// theme-check leaves the settings of app blocks out, and a wrong one is refused only at deploy.
const data = join(
  createRequire(createRequire(import.meta.url).resolve("@shopify/theme-check-node")).resolve(
    "@shopify/theme-check-docs-updater/package.json",
  ),
  "../data",
);
const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true });
for (const name of ["setting", "settings", "default_setting_values"]) {
  ajv.addSchema({ ...JSON.parse(readFileSync(join(data, `${name}.json`), "utf8")), $id: `https://schemas.test/${name}.json` });
}
const isBlock = ajv.compile({
  $id: "https://schemas.test/app_block.json",
  type: "object",
  required: ["name", "target", "settings"],
  additionalProperties: false,
  properties: {
    name: { type: "string", maxLength: 25 },
    target: { enum: ["section", "head", "body", "compliance_head"] },
    javascript: { type: "string" },
    stylesheet: { type: "string" },
    enabled_on: { type: "object" },
    disabled_on: { type: "object" },
    available_if: { type: "string" },
    class: { type: "string" },
    tag: { type: "string" },
    default: { type: "object" },
    settings: { $ref: "settings.json" },
  },
});

test.each(["balance", "rewards"])("the settings of the block %s are settings that Shopify knows", (block) => {
  isBlock(schemaOf(block));
  expect(isBlock.errors ?? []).toEqual([]);
});

test("a setting that Shopify does not know would be found", () => {
  expect(isBlock({ ...schemaOf("balance"), settings: [{ type: "bogus", id: "x", label: "X" }] })).toBe(false);
});

test("every asset that a block names is there, and nothing else is", () => {
  const asked = /'([^']+)' \| asset_url/g;
  const named = ["balance", "rewards"].flatMap((block) => [
    ...[schemaOf(block).javascript].filter(Boolean),
    ...[...blockSource(block).matchAll(asked)].map(([, name]) => name),
  ]);
  expect([...new Set(named)].sort()).toEqual(readdirSync(join(themeFolder, "assets")).sort());
});

const gzipped = (file: string): number => gzipSync(readFileSync(join(themeFolder, "assets", file)), { level: 9 }).length;

test("a shopper's first page carries less than 3 KB of script and less than 2 KB of styles", () => {
  expect(gzipped("laurel-rewards.js")).toBeLessThan(3 * 1024);
  expect(gzipped("laurel.css")).toBeLessThan(2 * 1024);
});

test("blocks and assets ask no other origin", () => {
  for (const folder of ["blocks", "snippets", "assets"]) {
    for (const name of readdirSync(join(themeFolder, folder))) {
      expect(readFileSync(join(themeFolder, folder, name), "utf8"), name).not.toMatch(/(https?:)?\/\/[a-z0-9-]+\.[a-z]/i);
    }
  }
});

test("French says everything that English says", () => {
  const keys = (file: string): string[] => keysOf(JSON.parse(readFileSync(join(themeFolder, "locales", file), "utf8")));
  const withoutMany = (all: string[]) => all.filter((key) => !key.endsWith(".many"));
  expect(withoutMany(keys("fr.json"))).toEqual(keys("en.default.json"));
  expect(keys("fr.schema.json")).toEqual(keys("en.default.schema.json"));
});

const keysOf = (texts: Record<string, unknown>, before = ""): string[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string" ? [`${before}${key}`] : keysOf(value as Record<string, unknown>, `${before}${key}.`),
  );
