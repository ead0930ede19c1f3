// A shop as shoppers see it, at root paths like a real one.

import { join } from "node:path";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import type { ShopState, World } from "../store.ts";
import { extensionAssets } from "./blocks.ts";
import { account } from "./routes/account.ts";
import { appProxy } from "./routes/app-proxy.ts";
import { cart } from "./routes/cart.ts";
import { catalog } from "./routes/catalog.ts";
import { checkout } from "./routes/checkout.ts";
import { type StorefrontOptions, storefrontOf } from "./storefront.ts";
import { themeFolder } from "./theme.ts";

export function storefront(world: World, state: ShopState, options: StorefrontOptions = {}): Express {
  const app = express();
  app.disable("x-powered-by");
  const shop = storefrontOf(world, state, options);

  app.use("/cdn/shop/theme", express.static(join(themeFolder, "assets"), { maxAge: "1y", immutable: true, index: false }));
  if (options.themeExtension) app.use(extensionAssets, express.static(join(options.themeExtension, "assets"), { index: false }));
  appProxy(app, shop);
  catalog(app, shop);
  cart(app, shop);
  account(app, shop);
  checkout(app, shop);

  app.use((request: Request, response: Response) => shop.draw(request, response.status(404), { template: "404", title: "Page not found" }));
  // A block that does not render says so in full: this is where its author looks first.
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    return response
      .status(500)
      .type("text")
      .send(error instanceof Error ? `Liquid error: ${error.message}` : String(error));
  });
  return app;
}
