import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import {
  buildClientSchema,
  getNamedType,
  type IntrospectionQuery,
  Kind,
  NoDeprecatedCustomRule,
  parse,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { parse as parseToml } from "smol-toml";
import ts from "typescript";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

// Shopify's own schema of the version that the app asks for, with the scopes that each field and type needs.
type Access = { type: "type" | "field"; typeName: string; fieldName?: string; offlineScopes: string[] };
type Packed = { data: IntrospectionQuery; offline_scopes: { items: Access[] } };
const packed = JSON.parse(
  gunzipSync(readFileSync(join(root, "node_modules/@shopify/dev-mcp/dist/data/admin_2026-10.json.gz"))).toString(),
) as Packed;
const schema = buildClientSchema(packed.data, { assumeValid: true });
const needed = new Map(
  packed.offline_scopes.items.map((one) => [one.type === "type" ? one.typeName : `${one.typeName}.${one.fieldName}`, one.offlineScopes]),
);

const toml = parseToml(readFileSync(join(root, "shopify.app.toml"), "utf8")) as {
  access_scopes: { scopes: string };
  webhooks: { api_version: string };
};
const granted = toml.access_scopes.scopes.split(",").map((scope) => scope.trim());
// Who may write may read.
const has = (scope: string): boolean => granted.includes(scope) || granted.includes(scope.replace(/^read_/, "write_"));

type Found = { file: string; name: string; document: string };
const documents = readdirSync(join(root, "app"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .flatMap((entry) => documentsIn(join(entry.parentPath, entry.name)));

test("the app's documents are found, each where it is sent from", () => {
  expect(documents.length).toBeGreaterThanOrEqual(8);
  expect(new Set(documents.map((one) => one.name)).size).toBe(documents.length);
  expect([...new Set(documents.map((one) => one.file.split("/").slice(0, 2).join("/")))]).toEqual(["app/shopify"]);
});

test("the app asks for the version that its webhooks come in", () => {
  expect(toml.webhooks.api_version).toBe("2026-10");
});

test.each(documents)("$name ($file) is good by Shopify's schema, with nothing that is on its way out", ({ document }) => {
  expect(validate(schema, parse(document), [...specifiedRules, NoDeprecatedCustomRule]).map((error) => error.message)).toEqual([]);
});

test.each(documents)("$name ($file) needs only the scopes of shopify.app.toml", ({ document }) => {
  expect(scopesMissing(document)).toEqual([]);
});

test("a document that asks for more than the scopes is found out", () => {
  expect(scopesMissing("mutation Pay { giftCardCreate(input: { initialValue: 1 }) { giftCard { id } } }")).not.toEqual([]);
});

function scopesMissing(document: string): string[] {
  const missing = new Set<string>();
  const types = new TypeInfo(schema);
  const need = (what: string) => {
    const scopes = needed.get(what) ?? [];
    if (scopes.length > 0 && !scopes.some(has)) missing.add(`${what}: ${scopes.join(" or ")}`);
  };
  visit(
    parse(document),
    visitWithTypeInfo(types, {
      enter: (node) => {
        if (node.kind !== Kind.FIELD) return;
        const parent = types.getParentType();
        const type = types.getType();
        if (parent) need(`${parent.name}.${node.name.value}`);
        if (type) need(getNamedType(type).name.replace(/Connection$/, ""));
      },
    }),
  );
  return [...missing];
}

/** The texts marked #graphql in a file, with what they are put together from. */
function documentsIn(path: string): Found[] {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const parts = new Map<string, string>();
  const found: Found[] = [];
  const textOf = (node: ts.Node): string | undefined => {
    if (ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
    if (!ts.isTemplateExpression(node)) return undefined;
    return node.head.text + node.templateSpans.map((span) => (parts.get(span.expression.getText()) ?? "") + span.literal.text).join("");
  };
  const look = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer) {
      const text = textOf(node.initializer);
      if (text !== undefined) parts.set(node.name.getText(), text);
    }
    const text = textOf(node);
    if (text?.startsWith("#graphql")) {
      const name = /(?:query|mutation)\s+(\w+)/.exec(text)?.[1] ?? "without a name";
      found.push({ file: relative(root, path), name, document: text });
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}
