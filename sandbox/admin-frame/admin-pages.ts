// The admin of a shop: the app in its frame, the shop's records, the theme editor.

import express, { type Response, type Router } from "express";
import type { Ports } from "../faces.ts";
import type { ShopState, World } from "../store.ts";
import { appNamed, appPage } from "./app-page.ts";
import { type Html, html } from "./html.ts";
import { customerPage, customersPage } from "./pages/customers.ts";
import { discountPage, discountsPage } from "./pages/discounts.ts";
import { homePage } from "./pages/home.ts";
import { orderPage, ordersPage } from "./pages/orders.ts";
import { productsPage } from "./pages/products.ts";
import { setPlacements, themeEditor } from "./pages/theme-editor.ts";
import { resources } from "./resources.ts";
import { changeScopes } from "./scopes.ts";
import { document, shell } from "./shell.ts";

export function adminPages(world: World, ports: Ports): Router {
  const router = express.Router();
  const store = express.Router({ mergeParams: true });
  router.use("/store/:shop", (request, response, next) => {
    const state = world.shops.get(request.params.shop);
    if (!state) {
      response
        .status(404)
        .send(
          document(
            "No such shop",
            html`<div class="plain-page"><h1>The sandbox has no shop ${request.params.shop}</h1><a href="/">All shops</a></div>`,
            [],
            "is-plain",
          ).text,
        );
      return;
    }
    response.locals.state = state;
    store(request, response, next);
  });

  const stateOf = (response: Response) => response.locals.state as ShopState;
  const page = (path: string, draw: (state: ShopState, params: Record<string, string>, query: URLSearchParams) => Html | undefined) =>
    store.get(path, (request, response, next) => {
      const drawn = draw(stateOf(response), request.params as Record<string, string>, new URL(request.url, "http://sandbox").searchParams);
      if (drawn) response.set("cache-control", "no-store").send(drawn.text);
      else next();
    });

  page("/", (state) => homePage(world, state));
  page("/orders", (state, _, query) => ordersPage(world, state, query));
  page("/orders/:id", (state, { id }) => orderPage(world, state, id ?? ""));
  page("/products", (state) => productsPage(world, state));
  page("/customers", (state, _, query) => customersPage(world, state, query));
  page("/customers/:id", (state, { id }) => customerPage(world, state, id ?? ""));
  page("/discounts", (state, _, query) => discountsPage(world, state, query));
  page("/discounts/:id", (state, { id }) => discountPage(world, state, id ?? ""));
  page("/themes/current/editor", (state, _, query) => themeEditor(world, state, query, ports.themeExtension));

  // The app's own path follows its name in the address; the whole of it goes to the app.
  store.get(["/apps/:app", "/apps/:app/*"], (request, response, next) => {
    const app = appNamed(world, request.params.app ?? "");
    if (!app) return next();
    const path = request.url.replace(/^\/apps\/[^/?#]+/, "") || "/";
    return response.set("cache-control", "no-store").send(appPage(world, stateOf(response), app, path).text);
  });

  store.get(["/storefront", "/storefront/*"], (request, response) => {
    const path = request.url.replace(/^\/storefront/, "") || "/";
    response.redirect(`http://${request.hostname}:${stateOf(response).shop.storefrontPort}${path}`);
  });
  store.get(
    "/resources",
    (request, response) => void response.json(resources(stateOf(response), String(request.query.type), String(request.query.query ?? ""))),
  );
  store.post("/scopes", express.json(), (request, response) => void response.json(changeScopes(world, stateOf(response), request.body)));
  store.post(
    "/placements",
    express.json(),
    (request, response) => void response.json(setPlacements(world, stateOf(response), request.body)),
  );

  store.get("*", (_, response) => {
    const state = stateOf(response);
    const content = html`<section class="card install"><h1>The sandbox has no such page</h1><p class="quiet">It plays only what a loyalty app meets.</p></section>`;
    response.status(404).send(shell({ world, state, at: "", title: "No such page", content }).text);
  });
  return router;
}
