// Ids Shopify would have given to an app and to its installation in a shop, always the same for the same key.

import { createHash } from "node:crypto";
import type { App, Shop } from "./world.ts";

export const appId = (app: App): string => numberFrom(app.apiKey);
export const installationId = (app: App, shop: Shop): string => numberFrom(`${app.apiKey} ${shop.handle}`);

/** Metafields in `$app` or without a namespace are the app's own and stored under this one. */
export const appNamespace = (app: App): string => `app--${appId(app)}`;

/** Such as "$app:tiers" to "app--123--tiers"; other namespaces stay as they are. */
export function resolveNamespace(app: App, namespace: string | null | undefined): string {
  if (!namespace || namespace === "$app") return appNamespace(app);
  return namespace.startsWith("$app:") ? `${appNamespace(app)}--${namespace.slice("$app:".length)}` : namespace;
}

const numberFrom = (text: string): string => String(Number.parseInt(createHash("sha256").update(text).digest("hex").slice(0, 9), 16));
