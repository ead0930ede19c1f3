// node sandbox/main.ts --port 4000 --storefront-port 4001 --state .sandbox --toml shopify.app.toml --apps apps.json
// The apps file is a list of { apiKey, secret, handle, title, distribution, url, protectedData }.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type ShopSeed, seedDemo } from "./seed.ts";
import { startSandbox } from "./start.ts";
import type { App } from "./world.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4000" },
    "storefront-port": { type: "string", default: "4001" },
    state: { type: "string" },
    toml: { type: "string", default: "shopify.app.toml" },
    apps: { type: "string" },
    /** A list of shops to open in place of the two demo shops. */
    shops: { type: "string" },
    "theme-extension": { type: "string", default: "extensions/loyalty-theme" },
    now: { type: "string" },
    /** Ids above 2^53, to show who reads them as numbers. */
    "big-ids": { type: "boolean", default: false },
  },
});

if (process.env.NODE_ENV === "production") throw new Error("The sandbox is for development; it does not run in production.");
const apps: App[] = values.apps ? JSON.parse(readFileSync(values.apps, "utf8")) : [];
const shops: ShopSeed[] = values.shops ? JSON.parse(readFileSync(values.shops, "utf8")) : seedDemo(apps);

const sandbox = await startSandbox({
  port: Number(values.port),
  storefrontPort: Number(values["storefront-port"]),
  stateDir: values.state,
  toml: values.toml,
  apps,
  shops,
  themeExtension: values["theme-extension"],
  now: values.now,
  firstId: values["big-ids"] ? 9_007_199_254_741_001n : undefined,
});
for (const { shop } of sandbox.world.shops.values()) console.log(`${shop.name} sells at ${sandbox.storefrontUrl(shop.handle)}`);

let closing = false;
const close = () => {
  if (closing) return;
  closing = true;
  sandbox.close().then(() => process.exit(0));
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, close);
// Whoever started us over a channel is gone, however they went.
process.once("disconnect", close);
process.channel?.unref();
