// Reads the app's own shopify.app.toml, so that what it says is under test. What Shopify's CLI would refuse is an error here too.

import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import type { AppConfig } from "./world.ts";

type Table = Record<string, unknown>;

export function readToml(path: string): AppConfig {
  const toml = parse(readFileSync(path, "utf8")) as Table;
  const table = (value: unknown): Table => (value && typeof value === "object" ? (value as Table) : {});
  const list = (value: unknown): string[] =>
    Array.isArray(value)
      ? value.map(String)
      : typeof value === "string"
        ? value
            .split(",")
            .map((one) => one.trim())
            .filter(Boolean)
        : [];

  const scopes = table(toml.access_scopes);
  const webhooks = table(toml.webhooks);
  const proxy = table(toml.app_proxy);
  const subscriptions = (Array.isArray(webhooks.subscriptions) ? webhooks.subscriptions : []).map(table);
  if (typeof webhooks.api_version !== "string") throw new Error(`${path}: [webhooks] needs an api_version.`);
  for (const one of subscriptions) if (typeof one.uri !== "string") throw new Error(`${path}: a webhook subscription has no uri.`);
  if (scopes.use_legacy_install_flow === true && subscriptions.length > 0)
    throw new Error(`${path}: webhooks in the toml need use_legacy_install_flow = false.`);

  return {
    scopes: list(scopes.scopes),
    optionalScopes: list(scopes.optional_scopes),
    apiVersion: webhooks.api_version,
    subscriptions: subscriptions.flatMap((one) =>
      list(one.topics).map((topic) => ({
        topic,
        path: String(one.uri),
        ...(one.filter ? { filter: String(one.filter) } : {}),
        ...(one.include_fields ? { includeFields: list(one.include_fields) } : {}),
      })),
    ),
    complianceTopics: subscriptions.flatMap((one) => list(one.compliance_topics).map((topic) => ({ topic, path: String(one.uri) }))),
    proxy: {
      path: proxy.url ? new URL(String(proxy.url)).pathname : "/",
      prefix: String(proxy.prefix ?? "apps"),
      subpath: String(proxy.subpath ?? ""),
    },
    metafieldDefinitions: ["customer", "product", "order", "shop", "collection", "variant"].flatMap((owner) =>
      definitions(owner, table(table(toml[owner]).metafields)),
    ),
  };
}

/** [customer.metafields.app.card] is $app:card's owner-wide form; any other middle word is a namespace below $app. */
function definitions(owner: string, metafields: Table): AppConfig["metafieldDefinitions"] {
  return Object.entries(metafields).flatMap(([namespace, keys]) =>
    Object.entries(keys as Record<string, Table>).map(([key, said]) => {
      const access = (said.access ?? {}) as Record<string, string>;
      return {
        ownerType: owner.toUpperCase(),
        namespace: namespace === "app" ? "$app" : `$app:${namespace}`,
        key,
        type: String(said.type),
        name: String(said.name ?? key),
        customerAccount: access.customer_account ?? "none",
        storefront: access.storefront ?? "none",
      };
    }),
  );
}
