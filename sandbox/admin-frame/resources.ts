// Products, variants and collections in the shape the resource picker gives them to an app.

import { decimal } from "../money.ts";
import type { ShopState } from "../store.ts";
import { gid, type Product } from "../world.ts";

export function resources(state: ShopState, type: string, query: string): object[] {
  const wanted = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const found = (text: string) => wanted.every((word) => text.toLowerCase().includes(word.replace(/^\w+:/, "").replace(/\*$/, "")));

  if (type === "collection") {
    return [...state.collections.values()]
      .filter(({ title }) => found(title))
      .map(({ id, handle, title }) => {
        const products = [...state.products.values()].filter((product) => product.collections.includes(id));
        return {
          id: gid("Collection", id),
          handle,
          title,
          description: "",
          descriptionHtml: "",
          image: imageOf(products[0]),
          productsCount: products.length,
        };
      });
  }
  const products = [...state.products.values()].filter(({ title, vendor, productType, tags }) =>
    found([title, vendor, productType, ...tags].join(" ")),
  );
  if (type === "variant") return products.flatMap((product) => variantsOf(state, product));
  return products.map((product) => ({
    id: gid("Product", product.id),
    handle: product.handle,
    title: product.title,
    descriptionHtml: product.description,
    vendor: product.vendor,
    productType: product.productType,
    tags: product.tags,
    status: "ACTIVE",
    images: [imageOf(product)].filter(Boolean),
    hasOnlyDefaultVariant: product.variants.length === 1,
    totalVariants: product.variants.length,
    variants: variantsOf(state, product),
  }));
}

const variantsOf = ({ shop }: ShopState, product: Product): object[] =>
  product.variants.map((variant, index) => ({
    id: gid("ProductVariant", variant.id),
    title: variant.title,
    displayName: product.variants.length === 1 ? product.title : `${product.title} - ${variant.title}`,
    price: decimal(variant.price, shop.currency),
    compareAtPrice: variant.compareAtPrice === null ? null : decimal(variant.compareAtPrice, shop.currency),
    sku: variant.sku,
    position: index + 1,
    availableForSale: true,
    image: imageOf(product),
    product: { id: gid("Product", product.id), title: product.title },
  }));

const imageOf = (product: Product | undefined) =>
  product?.image ? { id: gid("ImageSource", product.id), originalSrc: product.image, altText: product.title } : null;
