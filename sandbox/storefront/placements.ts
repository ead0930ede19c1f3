// Which app blocks stand on which page of the theme: as the theme comes, or as the merchant has put them.

import type { ShopState } from "../store.ts";
import { themeExtension } from "./extension.ts";

export const pages = ["product", "cart", "account", "rewards"] as const;
export type PageName = (typeof pages)[number];

/** As the theme comes. A block that the extension does not have is passed over. */
const asItComes: { page: PageName; block: string }[] = [
  { page: "product", block: "balance" },
  { page: "cart", block: "rewards" },
  { page: "account", block: "balance" },
  { page: "rewards", block: "balance" },
  { page: "rewards", block: "rewards" },
];

/** The pages as Shopify names their templates. */
export const templateOf: Record<PageName, string> = {
  product: "product",
  cart: "cart",
  account: "customers/account",
  rewards: "page.rewards",
};

export const placements = (state: ShopState): { page: string; block: string }[] => state.placements ?? asItComes;

export const blocksOn = (state: ShopState, page: PageName): string[] =>
  placements(state)
    .filter((one) => one.page === page)
    .map(({ block }) => block);

export const themeId = "gid://shopify/OnlineStoreTheme/1";

/** What App Bridge tells an app about its own blocks. */
export function activations(state: ShopState, folder: string | undefined): object[] {
  const extension = themeExtension(folder);
  return [...extension.blocks.values()].map(({ handle, schema }) => {
    const placed = placements(state).filter(({ block }) => block === handle);
    return {
      handle,
      name: schema.name,
      target: schema.target,
      status: placed.length > 0 ? "active" : "available",
      activations: placed.map(({ page }) => ({ target: `template--${templateOf[page as PageName] ?? page}/main/${handle}`, themeId })),
    };
  });
}
