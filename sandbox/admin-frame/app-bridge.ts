// The stand-in for Shopify's App Bridge script, and the questions it asks of the admin.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import express, { type Router } from "express";
import type { Ports } from "../faces.ts";
import { sessionToken } from "../session-token.ts";
import type { ShopState, World } from "../store.ts";
import { activations } from "../storefront/placements.ts";
import { appNamed } from "./app-page.ts";

const folder = fileURLToPath(new URL("public/app-bridge", import.meta.url));

// The parts in the order of their numbers. A page that has the script twice runs it once.
const script = (): string => {
  const parts = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(`${folder}/${name}`, "utf8"));
  return `if (!window.shopify) {\n${parts.join("\n")}\n}\n`;
};

export function appBridge(world: World, ports: Ports): Router {
  const router = express.Router();

  router.get("/app-bridge.js", (_, response) => {
    response.set({ "content-type": "text/javascript; charset=utf-8", "cache-control": "no-cache", "access-control-allow-origin": "*" });
    response.send(script());
  });

  // The app lives on another origin, and with a token in hand its fetch is no simple request.
  router.use("/app-bridge", (request, response, next) => {
    response.set({
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "authorization, accept-language, x-requested-with, content-type",
      "cache-control": "no-store",
    });
    if (request.method === "OPTIONS") response.sendStatus(204);
    else next();
  });

  router.get("/app-bridge/:what", (request, response) => {
    const state = world.shops.get(String(request.query.shop ?? "").split(".")[0] ?? "");
    const app = appNamed(world, String(request.query.app ?? ""));
    if (!state || !app) {
      response.status(404).type("text").send("The sandbox knows no such shop or app.");
      return;
    }
    switch (request.params.what) {
      case "session-token":
        response.type("text").send(sessionToken(world, { shop: state.shop.handle, apiKey: app.apiKey }));
        return;
      case "user":
        response.json({ id: 1, name: "Sandbox Staff", email: state.shop.email, accountAccess: "account_owner", accountType: "REGULAR" });
        return;
      case "scopes":
        response.json(scopesOf(world, state));
        return;
      case "extensions":
        response.json([{ handle: "loyalty-theme", type: "theme_app_extension", activations: activations(state, ports.themeExtension) }]);
        return;
      default:
        response.status(404).type("text").send("App Bridge asks for nothing of that name.");
    }
  });
  return router;
}

const scopesOf = (world: World, { shop }: ShopState) => ({
  granted: shop.installation?.scopes ?? [],
  required: world.config.scopes,
  optional: world.config.optionalScopes,
});
