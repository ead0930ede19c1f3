import type { Story } from "./story.ts";

const product = (n: number) => `gid://shopify/Product/${n}`;
const variant = (n: number) => `gid://shopify/ProductVariant/${n}`;
const beans = { gid: product(1), title: "Espresso Beans" };
const kilo = { gid: variant(1), title: "Espresso Beans 1 kg" };

const products = { products: [beans] };
const variants = { variants: [kilo] };
const coffee = { collections: [{ gid: "gid://shopify/Collection/9", title: "Coffee" }] };
const types = { types: ["Coffee", "Tea"] };
const vendors = { vendors: ["Acme"] };
const tags = { tags: ["organic"] };
const skus = { skus: ["BEAN-1", "BEAN-2"] };
const dear = { least: 1_000, below: 5_000 };
const yen = { zone: "Asia/Tokyo", currency: "JPY" };

export const ofItems = {
  product: {
    example: products,
    en: "on Espresso Beans",
    fr: "sur Espresso Beans",
    says: [[{ products: [beans, { gid: product(2), title: "Filters" }] }, "on Espresso Beans or Filters", "sur Espresso Beans ou Filters"]],
    refused: [{ products: [] }, { products: [{ gid: variant(1), title: "No product" }] }],
    rows: [
      ["the product", products, { line: { productGid: product(1) } }, true],
      ["another one", products, { line: { productGid: product(11) } }, false],
      ["a line that is no product of the shop", products, { line: { productGid: null } }, false],
      ["one of two lines", products, { lines: [{ productGid: product(5) }, { productGid: product(1) }] }, true],
      ["one that never earns", products, { line: { productGid: product(1), giftCard: true } }, false],
      ["one of which none was bought", products, { line: { productGid: product(1), quantity: 0, remaining: 0, sold: 0 } }, false],
      ["one that was free", products, { line: { productGid: product(1), sold: 0, discount: 5_000 } }, true],
      ["a tip", products, { line: { productGid: product(1), tip: true } }, false],
      ["one that came back, as first decided", products, { line: { productGid: product(1), remaining: 0, net: 0 } }, true],
      ["one that came back, looked at again", products, { line: { productGid: product(1), remaining: 0, net: 0 }, again: true }, false],
    ],
  },
  variant: {
    example: variants,
    en: "on Espresso Beans 1 kg",
    fr: "sur Espresso Beans 1 kg",
    refused: [{ variants: [] }, { variants: [{ gid: product(1), title: "No variant" }] }],
    rows: [
      ["the variant", variants, { line: { variantGid: variant(1) } }, true],
      ["another of the same product", variants, { line: { variantGid: variant(2) } }, false],
      ["a line without one", variants, { line: { variantGid: null } }, false],
    ],
  },
  collection: {
    example: coffee,
    en: "on Coffee",
    fr: "sur Coffee",
    refused: [{ collections: [] }],
    rows: [
      ["a product in it", coffee, { product: { collections: ["gid://shopify/Collection/8", "gid://shopify/Collection/9"] } }, true],
      ["a product in another", coffee, { product: { collections: ["gid://shopify/Collection/90"] } }, false],
      ["a product that the mirror does not know", coffee, {}, false],
    ],
  },
  "product type": {
    example: types,
    en: "on products of type Coffee or Tea",
    fr: "sur les produits de type Coffee ou Tea",
    refused: [{ types: [] }, { types: [" "] }],
    rows: [
      ["the type", types, { product: { type: "Tea" } }, true],
      ["other letters and blanks", types, { product: { type: " cOFFEE " } }, true],
      ["a part of its name", types, { product: { type: "Coffee maker" } }, false],
      ["no type", types, { product: { type: "" } }, false],
      ["a product that the mirror does not know", types, {}, false],
    ],
  },
  vendor: {
    example: vendors,
    en: "on products by Acme",
    fr: "sur les produits Acme",
    rows: [
      ["the product's vendor", vendors, { product: { vendor: "ACME" } }, true],
      ["the product's, whatever the order said", vendors, { product: { vendor: "Beta" }, line: { vendor: "Acme" } }, false],
      ["the order's, where the mirror does not know the product", vendors, { line: { vendor: "acme " } }, true],
      ["the order's, where the product was deleted", vendors, { product: { vendor: "" }, line: { vendor: "Acme" } }, true],
      ["nobody's", vendors, {}, false],
    ],
  },
  "product tag": {
    example: tags,
    en: "on products tagged organic",
    fr: "sur les produits marqués organic",
    rows: [
      ["one of its tags", tags, { product: { tags: ["new", "Organic"] } }, true],
      ["a longer tag", tags, { product: { tags: ["organic-ish"] } }, false],
      ["no tags", tags, { product: { tags: [] } }, false],
      ["a product that the mirror does not know", tags, {}, false],
    ],
  },
  sku: {
    example: skus,
    en: "on SKU BEAN-1 or BEAN-2",
    fr: "sur la référence BEAN-1 ou BEAN-2",
    rows: [
      ["the SKU", skus, { line: { sku: "BEAN-2" } }, true],
      ["other letters and blanks", skus, { line: { sku: " bean-1" } }, true],
      ["a longer one", skus, { line: { sku: "BEAN-10" } }, false],
      ["none", skus, { line: { sku: null } }, false],
    ],
  },
  price: {
    example: dear,
    en: "on items priced from $10 to below $50",
    fr: "sur les articles de 10 $ à moins de 50 $",
    says: [
      [{ least: 1_000 }, "on items priced $10 or more", "sur les articles à 10 $ ou plus"],
      [{ below: 999 }, "on items priced below $9.99", "sur les articles à moins de 9,99 $"],
    ],
    refused: [{}, { least: 0 }, { least: 5_000, below: 5_000 }, { least: 5_000, below: 10 }, { least: 10.5 }],
    rows: [
      ["just below", dear, { line: { price: 999 } }, false],
      ["at least", dear, { line: { price: 1_000 } }, true],
      ["below", dear, { line: { price: 4_999 } }, true],
      ["not the bound itself", dear, { line: { price: 5_000 } }, false],
      ["of one piece, not of the line", dear, { line: { price: 999, quantity: 10, sold: 9_990 } }, false],
      ["before discounts", dear, { line: { price: 1_000, sold: 100, discount: 900 } }, true],
      ["yen have no cents", { least: 1_000 }, { ...yen, line: { price: 1_000 } }, true],
      ["a gift of nothing", { below: 1 }, { line: { price: 0, sold: 0 } }, true],
      ["with its tax, where prices contain it", { least: 1_000 }, { line: { price: 1_000, sold: 833 } }, true],
      ["a thousand fils are a dinar", { below: 1_000 }, { currency: "KWD", line: { price: 1_000 } }, false],
    ],
  },
  discounted: {
    example: { sold: "discounted" },
    en: "on discounted items",
    fr: "sur les articles en promotion",
    says: [[{ sold: "full price" }, "on full-price items", "sur les articles à plein tarif"]],
    refused: [{}, { sold: "cheap" }],
    rows: [
      ["a discount on the line", { sold: "discounted" }, { line: { discount: 1 } }, true],
      ["is not full price", { sold: "full price" }, { line: { discount: 1 } }, false],
      ["below compare-at", { sold: "discounted" }, { line: { price: 900 }, product: { compareAt: { [variant(1)]: 901 } } }, true],
      ["at compare-at", { sold: "discounted" }, { line: { price: 900 }, product: { compareAt: { [variant(1)]: 900 } } }, false],
      [
        "another variant's compare-at",
        { sold: "discounted" },
        { line: { price: 9 }, product: { compareAt: { [variant(2)]: 900 } } },
        false,
      ],
      ["free, by a discount of all of it", { sold: "discounted" }, { line: { sold: 0, price: 900, discount: 900 } }, true],
      ["dearer than compare-at", { sold: "full price" }, { line: { price: 900 }, product: { compareAt: { [variant(1)]: 899 } } }, true],
      ["no compare-at", { sold: "full price" }, { product: { compareAt: { [variant(1)]: null } } }, true],
      ["a product that the mirror does not know", { sold: "full price" }, {}, true],
      ["a line without a variant", { sold: "full price" }, { line: { variantGid: null }, product: { compareAt: { null: 99_999 } } }, true],
    ],
  },
  subscription: {
    example: { bought: "subscription" },
    en: "on subscriptions",
    fr: "sur les abonnements",
    says: [[{ bought: "once" }, "on one-time purchases", "sur les achats ponctuels"]],
    rows: [
      ["a subscription", { bought: "subscription" }, { line: { subscription: true } }, true],
      ["bought once", { bought: "subscription" }, { line: { subscription: false } }, false],
      ["bought once, asked so", { bought: "once" }, { line: { subscription: false } }, true],
      [
        "one line of each, asked for the other",
        { bought: "subscription" },
        { lines: [{ subscription: true }, { subscription: false }] },
        true,
      ],
      ["one line of each", { bought: "once" }, { lines: [{ subscription: true }, { subscription: false }] }, true],
    ],
  },
} satisfies Record<string, Story>;
