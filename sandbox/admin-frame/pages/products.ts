// What the shop sells.

import type { ShopState, World } from "../../store.ts";
import { type Html, html } from "../html.ts";
import { money } from "../say.ts";
import { shell } from "../shell.ts";

export function productsPage(world: World, state: ShopState): Html {
  const { shop } = state;
  return shell({
    world,
    state,
    at: "products",
    title: "Products",
    content: html`<div class="page"><header><h1>Products</h1></header><section class="card flush"><div class="scroll"><table>
      <thead><tr><th></th><th>Product</th><th>Type</th><th>Vendor</th><th>Collections</th><th class="number">Price</th></tr></thead>
      <tbody>${[...state.products.values()].map(
        (product) => html`<tr><td><img class="picture" src="${product.image}" alt=""></td>
          <td><a href="/store/${shop.handle}/storefront/products/${product.handle}"><b>${product.title}</b></a><br><span class="quiet">${product.tags.join(", ")}</span></td>
          <td>${product.productType}${product.giftCard && html` <span class="badge">Gift card</span>`}</td><td>${product.vendor}</td>
          <td>${product.collections
            .map((id) => state.collections.get(id)?.title)
            .filter(Boolean)
            .join(", ")}</td>
          <td class="number">${money(product.variants[0]?.price ?? 0, shop.currency)}</td></tr>`,
      )}</tbody></table></div></section></div>`,
  });
}
