// Home, collections, products and the page of rewards.

import type { Router } from "express";
import { liquidCollection, liquidProduct, pictureAddress } from "../liquid/catalog.ts";
import type { Storefront } from "../storefront.ts";

export function catalog(router: Router, { state, draw }: Storefront): void {
  const products = () => [...state.products.values()];

  router.get("/", (request, response) => {
    const featured = products()
      .filter(({ giftCard }) => !giftCard)
      .slice(0, 8);
    return draw(request, response, { template: "index", objects: { featured: featured.map((product) => liquidProduct(state, product)) } });
  });

  router.get("/collections", (_, response) => response.redirect("/collections/all"));
  router.get("/collections/:handle", (request, response, next) => {
    const { handle } = request.params;
    const known = [...state.collections.values()].find((one) => one.handle === handle);
    if (!known && handle !== "all") return next();
    const collection = known
      ? liquidCollection(state, known)
      : {
          handle: "all",
          title: null,
          url: "/collections/all",
          description: "",
          products_count: products().length,
          products: products().map((product) => liquidProduct(state, product)),
        };
    return draw(request, response, { template: "collection", title: known?.title, objects: { collection } });
  });

  const productNamed = (handle: string) => products().find((one) => one.handle === handle);
  router.get("/products/:handle.js", (request, response, next) => {
    const product = productNamed(request.params.handle);
    if (!product) return next();
    const { currency: _, metafields: __, collections: ___, content: ____, ...known } = liquidProduct(state, product);
    return response.json({ ...known, featured_image: pictureAddress(product), images: [pictureAddress(product)] });
  });
  router.get("/products/:handle", (request, response, next) => {
    const product = productNamed(request.params.handle);
    if (!product) return next();
    const liquid = liquidProduct(state, product);
    const selected = liquid.variants.find(({ id }) => String(id) === request.query.variant) ?? liquid.variants[0];
    const related = products()
      .filter((one) => one !== product && one.collections.some((id) => product.collections.includes(id)))
      .slice(0, 4)
      .map((one) => liquidProduct(state, one));
    const objects = { product: { ...liquid, selected_or_first_available_variant: selected, selected_variant: selected }, related };
    return draw(request, response, { template: "product", title: product.title, objects, blocks: "product" });
  });

  router.get("/pages/rewards", (request, response) =>
    draw(request, response, {
      template: "page.rewards",
      title: "Rewards",
      objects: { page: { title: "Rewards", handle: "rewards" } },
      blocks: "rewards",
    }),
  );

  router.get("/cdn/shop/products/:id", (request, response, next) => {
    const [, type = "", coding = "", text = ""] =
      /^data:([^;,]+)([^,]*),([\s\S]*)$/.exec(state.products.get(request.params.id)?.image ?? "") ?? [];
    if (type === "") return next();
    const picture = coding.includes("base64") ? Buffer.from(text, "base64") : Buffer.from(decodeURIComponent(text));
    return response.set({ "content-type": type, "cache-control": "public, max-age=31536000, immutable" }).send(picture);
  });
}
