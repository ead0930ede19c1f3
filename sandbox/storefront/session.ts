// What a browser carries of a shop: cart, codes, who is signed in, language. In cookies named per shop,
// because every shop of the sandbox lives on localhost and a browser keeps cookies apart by host, not by port.

import { parseCookie, stringifySetCookie } from "cookie";
import type { Request, Response } from "express";
import type { CartLine } from "../cart.ts";
import type { ShopState } from "../store.ts";
import type { Customer } from "../world.ts";

export type CartItem = { variantId: string; quantity: number; properties: { name: string; value: string }[] };

export type Session = {
  items: CartItem[];
  codes: string[];
  note: string;
  attributes: { name: string; value: string }[];
  customer: Customer | undefined;
  locale: string;
};

type Kept = { i?: [string, number, [string, string][]?][]; n?: string; a?: [string, string][] };

export const cartLines = (items: CartItem[]): CartLine[] =>
  items.map(({ variantId, quantity, properties }) => ({ variantId, quantity, properties }));

export function readSession(state: ShopState, request: Request, locales: string[]): Session {
  const { handle, locale } = state.shop;
  const cookies = parseCookie(request.headers.cookie ?? "");
  const cart = unpacked(cookies[`cart_${handle}`]);
  const known = new Set([...state.products.values()].flatMap((product) => product.variants.map(({ id }) => id)));
  const wish = typeof request.query.locale === "string" ? request.query.locale : cookies[`locale_${handle}`];
  const customer = state.customers.get(cookies[`customer_${handle}`] ?? "");
  return {
    // A variant may be gone since it was put into the cart.
    items: (cart.i ?? [])
      .filter(([id, quantity]) => known.has(id) && Number.isInteger(quantity) && quantity > 0)
      .map(([variantId, quantity, properties = []]) => ({
        variantId,
        quantity,
        properties: properties.map(([name, value]) => ({ name, value })),
      })),
    codes: (cookies[`discount_${handle}`] ?? "").split(",").filter((code) => code !== ""),
    note: cart.n ?? "",
    attributes: (cart.a ?? []).map(([name, value]) => ({ name, value })),
    customer: customer?.mergedInto ? state.customers.get(customer.mergedInto) : customer,
    locale: locales.find((one) => one === wish) ?? locales.find((one) => one === locale) ?? "en",
  };
}

export function writeSession(state: ShopState, response: Response, session: Session): void {
  const { handle } = state.shop;
  const kept: Kept = {
    i: session.items.map(({ variantId, quantity, properties }) => [
      variantId,
      quantity,
      properties.map(({ name, value }) => [name, value]),
    ]),
    n: session.note,
    a: session.attributes.map(({ name, value }) => [name, value]),
  };
  const values = {
    [`cart_${handle}`]: Buffer.from(JSON.stringify(kept)).toString("base64url"),
    [`discount_${handle}`]: session.codes.join(","),
    [`customer_${handle}`]: session.customer?.id ?? "",
    [`locale_${handle}`]: session.locale,
  };
  const cookies = Object.entries(values).map(([name, value]) =>
    stringifySetCookie({ name, value, path: "/", httpOnly: true, sameSite: "lax", maxAge: value === "" ? 0 : 30 * 86_400 }),
  );
  response.setHeader("set-cookie", cookies);
}

function unpacked(cookie: string | undefined): Kept {
  try {
    return cookie ? (JSON.parse(Buffer.from(cookie, "base64url").toString()) as Kept) : {};
  } catch {
    return {};
  }
}
