// A theme editor as small as it can be: which app blocks stand on which page, beside the page itself.

import type { ShopState, World } from "../../store.ts";
import { themeExtension } from "../../storefront/extension.ts";
import { type PageName, pages, placements } from "../../storefront/placements.ts";
import { type Html, html } from "../html.ts";
import { shell } from "../shell.ts";

const pathOf = (state: ShopState, page: PageName): string => {
  const product = [...state.products.values()][0];
  return { product: `/products/${product?.handle ?? ""}`, cart: "/cart", account: "/account", rewards: "/pages/rewards" }[page];
};

export function themeEditor(world: World, state: ShopState, query: URLSearchParams, folder: string | undefined): Html {
  const { shop } = state;
  const asked = (query.get("template") ?? query.get("page") ?? "product").replace(/^customers\/|^page\./, "");
  const page = pages.find((one) => one === asked) ?? "product";
  const blocks = [...themeExtension(folder).blocks.values()].filter(({ schema }) => schema.target === "section");
  // A deep link may bring the block that is to be added: addAppBlockId=<api key>/<block>.
  const added = query.get("addAppBlockId")?.split("/").at(-1);
  const placed = (block: string) => placements(state).some((one) => one.page === page && one.block === block);

  return shell({
    world,
    state,
    at: "themes/current/editor",
    title: "Theme editor",
    content: html`<div class="editor">
      <aside>
        <h1>Theme</h1>
        <nav class="doors" aria-label="Page">${pages.map((one) => html`<a href="?page=${one}" class="${one === page ? "primary" : ""}"><span>${one.charAt(0).toUpperCase() + one.slice(1)}</span></a>`)}</nav>
        <form data-call="/store/${shop.handle}/placements" data-then="reload">
          <input type="hidden" name="page" value="${page}">
          <h2>Apps on this page</h2>
          ${blocks.length === 0 && html`<p class="quiet">The theme app extension has no blocks yet.</p>`}
          ${blocks.map(
            ({
              handle,
              schema,
            }) => html`<label class="check"><input type="checkbox" name="${handle}" data-always ${placed(handle) || handle === added ? "checked" : ""}>
              ${schema.name} ${handle === added && !placed(handle) && html`<span class="badge info">to be added</span>`}</label>`,
          )}
          <button class="primary">Save</button>
        </form>
      </aside>
      <iframe title="The page as shoppers see it" src="/store/${shop.handle}/storefront${pathOf(state, page)}"></iframe>
    </div>`,
  });
}

/** Body: the page, and for every block whether it stands there. */
export function setPlacements(world: World, state: ShopState, { page, ...blocks }: Record<string, unknown>): { placements: object[] } {
  const elsewhere = placements(state).filter((one) => one.page !== page || !(one.block in blocks));
  const here = Object.entries(blocks).flatMap(([block, on]) => (on === true ? [{ page: String(page), block }] : []));
  state.placements = [...elsewhere, ...here];
  world.changed(state.shop.handle, "placements");
  return { placements: state.placements };
}
