import { z } from "zod";
import { products } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";

export const product = conditionKind({
  name: "product",
  label: "Product",
  about: "items",
  triggers: ["order"],
  settings: z.strictObject({ products: products({ label: "Products" }) }),
  sentence: ({ products }, say) => {
    const titles = say.list(products.map((one) => one.title));
    return say.in({ en: `on ${titles}`, fr: `sur ${titles}` });
  },
  lookup: { wanted: ({ products }) => products.map((one) => one.gid), ofItem: ({ line }) => line.productGid },
  compile: ({ products }) => {
    const wanted = new Set(products.map((one) => one.gid));
    return ({ line }) => line.productGid !== null && wanted.has(line.productGid);
  },
});
