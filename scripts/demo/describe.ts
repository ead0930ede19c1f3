import { join } from "node:path";
import type { Ports } from "./house.ts";
import type { Secrets } from "./secrets.ts";
import type { Shopper } from "./shoppers.ts";
import type { DemoShop } from "./shops.ts";

/** What .demo.json holds: everything a script needs to drive the demo. */
export type Description = {
  /** The first shop's, for scripts that need only one. */
  admin: string;
  storefront: string;
  shopDomain: string;
  apiKey: string;
  apiSecret: string;
  app: string;
  worker: string;
  metrics: string;
  workerMetrics: string;
  sandbox: string;
  control: string;
  database: string;
  encryptionKey: string;
  pids: { demo: number; web: number; worker: number; sandbox: number; postgres: number | null };
  logs: string;
  shops: {
    handle: string;
    domain: string;
    name: string;
    currency: string;
    apiKey: string;
    apiSecret: string;
    app: string;
    admin: string;
    storefront: string;
    shoppers: Shopper[];
  }[];
};

export function describe(known: {
  at: { sandbox: string; app: string; worker: string };
  ports: Ports;
  shops: DemoShop[];
  shoppers: Shopper[][];
  secrets: Secrets;
  databaseUrl: string;
  directory: string;
  pids: Description["pids"];
}): Description {
  const { at, secrets } = known;
  const shops = known.shops.map((shop, index) => ({
    handle: shop.handle,
    domain: shop.domain,
    name: shop.name,
    currency: shop.currency,
    apiKey: shop.apiKey,
    apiSecret: secrets.apps.find((app) => app.apiKey === shop.apiKey)?.secret ?? "",
    app: shop.appHandle,
    admin: `${at.sandbox}/store/${shop.handle}/apps/${shop.appHandle}`,
    storefront: `http://localhost:${known.ports.storefront + index}`,
    shoppers: known.shoppers[index] ?? [],
  }));
  const [first] = shops;
  if (!first) throw new Error("The sandbox has no shop.");
  return {
    admin: first.admin,
    storefront: first.storefront,
    shopDomain: first.domain,
    apiKey: first.apiKey,
    apiSecret: first.apiSecret,
    app: at.app,
    worker: at.worker,
    metrics: `${at.app}/metrics`,
    workerMetrics: `${at.worker}/metrics`,
    sandbox: at.sandbox,
    control: `${at.sandbox}/control`,
    database: known.databaseUrl,
    encryptionKey: secrets.encryptionKey,
    pids: known.pids,
    logs: join(known.directory, "logs"),
    shops,
  };
}

/** The same for a person: where to click. */
export function sayWhereToClick(description: Description, seconds: string): string {
  const shops = description.shops.map((shop) => {
    const [best] = shop.shoppers;
    const login = best ? `\n    sign in there as ${best.email} (${best.points} points)` : "";
    return `  ${shop.name} (${shop.currency})\n    admin            ${shop.admin}\n    storefront       ${shop.storefront}${login}`;
  });
  return `
  Laurel is ready after ${seconds} seconds. Open:

${shops.join("\n\n")}

  Control page: orders, refunds, the clock, things that go wrong
    ${description.control}

  Addresses and secrets for scripts are in .demo.json, logs in ${description.logs}.
  Ctrl-C ends all of it; the next start finds its data. Start over: npm run demo -- --fresh
`;
}
