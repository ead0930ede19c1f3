// What every route of a storefront has at hand.

import type { Request, Response } from "express";
import type { PricedCart } from "../cart.ts";
import { priceCart } from "../checkout.ts";
import type { ShopState, World } from "../store.ts";
import { cartLines, readSession, type Session, writeSession } from "./session.ts";
import { locales, type PageWish, page } from "./theme.ts";

export type StorefrontOptions = {
  /** The folder of the theme app extension; absent: a theme without app blocks. */
  themeExtension?: string | undefined;
};

type Drawing = Omit<PageWish, "world" | "state" | "session" | "path" | "themeExtension">;

export type Storefront = {
  world: World;
  state: ShopState;
  session(request: Request): Session;
  keep(response: Response, session: Session): void;
  price(session: Session): PricedCart;
  wish(request: Request, drawing: Drawing): PageWish;
  draw(request: Request, response: Response, drawing: Drawing): Promise<void>;
};

export function storefrontOf(world: World, state: ShopState, { themeExtension }: StorefrontOptions): Storefront {
  const session = (request: Request) => readSession(state, request, locales);
  const keep = (response: Response, now: Session) => writeSession(state, response, now);
  const wish = (request: Request, drawing: Drawing): PageWish => ({
    world,
    state,
    themeExtension,
    session: session(request),
    path: request.path,
    ...drawing,
  });
  return {
    world,
    state,
    session,
    keep,
    price: ({ items, codes, customer }) =>
      priceCart(state, { lines: cartLines(items), codes, customerId: customer?.id ?? null, now: world.clock.now() }),
    wish,
    async draw(request, response, drawing) {
      // Express 4 does not see what an async route throws.
      try {
        const wished = wish(request, drawing);
        const text = await page(wished);
        if (request.query.locale !== undefined) keep(response, wished.session);
        response.set("cache-control", "private, no-cache").type("html").send(text);
      } catch (error) {
        request.next?.(error);
      }
    },
  };
}

/** A path on this site, or the other one: nobody is sent to a stranger by a link to the shop. */
export function local(wanted: unknown, otherwise: string): string {
  const origin = "http://shop.invalid";
  if (typeof wanted !== "string" || !wanted.startsWith("/")) return otherwise;
  try {
    const url = new URL(wanted, origin);
    return url.origin === origin ? url.pathname + url.search + url.hash : otherwise;
  } catch {
    return otherwise;
  }
}
