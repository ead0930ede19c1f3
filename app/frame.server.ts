import { env } from "./env.server.ts";
import { credentialsFor, shopifyFor } from "./shopify.server.ts";

/** Who may show our pages in a frame: the admin of the shop that asks, and in development the sandbox's. */
export async function frameHeaders(request: Request, headers: Headers): Promise<void> {
  const app = await credentialsFor(new URL(request.url).searchParams.get("shop"));
  shopifyFor(app, "embedded").addDocumentResponseHeaders(request, headers);

  const ancestors = headers.get("content-security-policy") ?? "frame-ancestors https://admin.shopify.com;";
  const sandbox = env().SANDBOX_URL;
  if (!sandbox) {
    headers.set("content-security-policy", ancestors);
    return;
  }
  headers.set("content-security-policy", ancestors.replace(/;?$/, ` ${new URL(sandbox).origin};`));
  // The library would have the browser fetch Shopify's own script, which is not the one the page uses here.
  headers.delete("link");
}

/** The script that ties the page to the admin around it. */
export const appBridgeUrl = (): string => {
  const sandbox = env().SANDBOX_URL;
  return sandbox ? new URL("/app-bridge.js", sandbox).href : "https://cdn.shopify.com/shopifycloud/app-bridge.js";
};
