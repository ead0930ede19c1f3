// Shopify's own library is the judge of what the sandbox signs.

import "@shopify/shopify-api/adapters/node";
import { ApiVersion, shopifyApi } from "@shopify/shopify-api";
import { expect, test } from "vitest";
import { createCustomer } from "../../sandbox/customers.ts";
import { proxyUrl } from "../../sandbox/proxy.ts";
import { startSender } from "../../sandbox/webhooks.ts";
import { anApp, aWorld } from "./a-world.ts";
import { anAppListening } from "./an-app.ts";

const library = shopifyApi({
  apiKey: "key-1",
  apiSecretKey: "secret-1",
  hostName: "example.com",
  apiVersion: ApiVersion.October26,
  isEmbeddedApp: true,
  logger: { level: 0 },
});

test("the library takes our webhooks for Shopify's", async () => {
  const listener = await anAppListening("secret-1");
  const { world, state } = aWorld({ app: anApp({ url: listener.url }) });
  const sender = startSender(world);
  createCustomer(world, state, { email: "ann@example.com", firstName: "Zoë" });
  await sender.settle(5000);
  await sender.close();
  await listener.close();
  const [heard] = listener.heard;
  const verdict = await library.webhooks.validate({
    rawBody: heard?.body ?? "",
    rawRequest: { method: "POST", url: heard?.path, headers: heard?.headers } as never,
  });
  expect(verdict).toMatchObject({ valid: true, topic: "CUSTOMERS_CREATE", domain: "corner-shop.myshopify.com" });
});

test("the library takes our proxied requests for Shopify's", async () => {
  const { world, state } = aWorld();
  const url = proxyUrl(world, state, { path: "/rewards", query: { path: "x", "a-b": "2", n: "Zoë & co" }, customerId: null });
  const query = Object.fromEntries(url?.searchParams ?? []);
  expect(await library.utils.validateHmac(query, { signator: "appProxy" })).toBe(true);
  await expect(library.utils.validateHmac({ ...query, logged_in_customer_id: "7" }, { signator: "appProxy" })).resolves.toBe(false);
});
