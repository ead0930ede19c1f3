// The cart: its page, the forms that change it and the JSON that scripts of a theme know.

import express, { type Request, type Response, type Router } from "express";
import { cartJson, liquidCart } from "../liquid/cart.ts";
import { liquidProduct } from "../liquid/catalog.ts";
import type { CartItem, Session } from "../session.ts";
import { local, type Storefront } from "../storefront.ts";

export function cart(router: Router, shop: Storefront): void {
  const { state, draw, session, keep, price } = shop;
  const read = [express.json(), express.urlencoded({ extended: true })];
  const json = (now: Session) => cartJson(liquidCart(state, now, price(now)));

  router.get("/cart", (request, response) => draw(request, response, { template: "cart", blocks: "cart" }));
  router.get("/cart.js", (request, response) => response.json(json(session(request))));

  router.post(["/cart/add", "/cart/add.js"], read, (request: Request, response: Response) => {
    const now = session(request);
    const wishes = Array.isArray(request.body.items) ? (request.body.items as Wish[]) : [request.body as Wish];
    const added = wishes.map(itemOf);
    const unknown = added.find(({ variantId }) => !variantOf(shop, variantId));
    if (unknown || added.length === 0)
      return response.status(422).json({ status: 422, message: "Cart Error", description: "Cannot find variant" });
    for (const item of added) add(now.items, item);
    keep(response, now);
    if (!wantsJson(request)) return response.redirect(303, local(request.body.return_to, "/cart"));
    const items = liquidCart(state, now, price(now)).items.filter(({ variant_id: id }) =>
      added.some(({ variantId }) => variantId === String(id)),
    );
    return response.json(Array.isArray(request.body.items) ? { items } : items[0]);
  });

  // By line number or by variant; a quantity of nothing takes the line out.
  router.all(["/cart/change", "/cart/change.js"], read, (request: Request, response: Response) => {
    const now = session(request);
    const wish = { ...request.query, ...request.body } as Wish & { line?: string | number };
    const index =
      wish.line === undefined ? now.items.findIndex(({ variantId }) => variantId === String(wish.id).split(":")[0]) : Number(wish.line) - 1;
    const item = now.items[index];
    if (!item) return response.status(404).json({ status: 404, message: "Cart Error", description: "There is no such line" });
    setQuantity(now.items, index, Number(wish.quantity));
    keep(response, now);
    return wantsJson(request) ? response.json(json(now)) : response.redirect(303, "/cart");
  });

  router.post(["/cart", "/cart/update", "/cart/update.js"], read, (request: Request, response: Response) => {
    const now = session(request);
    const { updates, note, attributes, discount, checkout } = request.body as {
      updates?: string[] | Record<string, string>;
      note?: string;
      attributes?: Record<string, string>;
      discount?: string;
      checkout?: string;
    };
    if (Array.isArray(updates))
      for (const [index, quantity] of [...updates.entries()].reverse()) setQuantity(now.items, index, Number(quantity));
    else if (updates) {
      for (const [id, quantity] of Object.entries(updates)) {
        const index = now.items.findIndex(({ variantId }) => variantId === id.split(":")[0]);
        if (index >= 0) setQuantity(now.items, index, Number(quantity));
      }
    }
    if (note !== undefined) now.note = note;
    if (attributes)
      now.attributes = Object.entries({ ...Object.fromEntries(now.attributes.map(({ name, value }) => [name, value])), ...attributes }).map(
        ([name, value]) => ({ name, value: String(value) }),
      );
    if (discount !== undefined) now.codes = codesIn(discount);
    keep(response, now);
    return wantsJson(request) ? response.json(json(now)) : response.redirect(303, checkout === undefined ? "/cart" : "/checkout");
  });

  router.all(["/cart/clear", "/cart/clear.js"], (request, response) => {
    const now = { ...session(request), items: [], note: "", attributes: [] };
    keep(response, now);
    return wantsJson(request) ? response.json(json(now)) : response.redirect(303, "/cart");
  });

  // Permalinks: /cart/<variant>:<quantity>,… fill a cart anew.
  router.get(/^\/cart\/(\d+:\d+(?:,\d+:\d+)*)$/, (request, response) => {
    const items = (request.params[0] ?? "").split(",").map((part) => itemOf({ id: part.split(":")[0], quantity: part.split(":")[1] }));
    const codes = typeof request.query.discount === "string" ? codesIn(request.query.discount) : session(request).codes;
    keep(response, { ...session(request), items: items.filter(({ variantId }) => variantOf(shop, variantId)), codes });
    return response.redirect("/checkout");
  });

  // The link an app gives a shopper: the code waits in a cookie, and the shopper goes on, but never to another site.
  router.get("/discount/:code", (request, response) => {
    keep(response, { ...session(request), codes: codesIn(request.params.code) });
    return response.redirect(local(request.query.redirect, "/"));
  });
  router.post("/cart/discount", read, (request: Request, response: Response) => {
    const now = session(request);
    const { add: code, remove } = request.body as { add?: string; remove?: string };
    now.codes = now.codes.filter((one) => one !== remove);
    for (const one of codesIn(code ?? "")) if (!now.codes.some((known) => known.toLowerCase() === one.toLowerCase())) now.codes.push(one);
    keep(response, now);
    return response.redirect(303, local(request.body.return_to, "/cart"));
  });

  router.get("/recommendations/products.json", (_, response) =>
    response.json({ products: [...state.products.values()].slice(0, 4).map((one) => liquidProduct(state, one)) }),
  );
}

type Wish = { id?: string | number; quantity?: string | number; properties?: Record<string, unknown> };

const itemOf = ({ id, quantity = 1, properties = {} }: Wish): CartItem => ({
  variantId: String(id ?? ""),
  quantity: Math.max(1, Math.floor(Number(quantity)) || 1),
  properties: Object.entries(properties)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => ({ name, value: String(value) })),
});

function add(items: CartItem[], item: CartItem): void {
  const same = items.find((one) => one.variantId === item.variantId && JSON.stringify(one.properties) === JSON.stringify(item.properties));
  if (same) same.quantity += item.quantity;
  else items.push(item);
}

function setQuantity(items: CartItem[], index: number, quantity: number): void {
  const item = items[index];
  if (!item || !Number.isInteger(quantity)) return;
  if (quantity <= 0) items.splice(index, 1);
  else item.quantity = quantity;
}

export const codesIn = (text: string): string[] =>
  text
    .split(",")
    .map((code) => code.trim())
    .filter((code) => code !== "");

const variantOf = ({ state }: Storefront, id: string) =>
  [...state.products.values()].some((product) => product.variants.some((variant) => variant.id === id));
const wantsJson = (request: Request): boolean =>
  request.path.endsWith(".js") || (request.get("accept") ?? "").startsWith("application/json");
