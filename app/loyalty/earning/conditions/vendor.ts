import { z } from "zod";
import { texts } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { oneOfTexts } from "../same-text.ts";

/** The product's vendor as the shop's mirror knows it, else the one that the order names. */
export const vendor = conditionKind({
  name: "vendor",
  label: "Vendor",
  about: "items",
  triggers: ["order"],
  needs: ["products"],
  settings: z.strictObject({ vendors: texts({ label: "Vendors", suggest: "vendors" }) }),
  sentence: ({ vendors }, say) => say.in({ en: `on products by ${say.list(vendors)}`, fr: `sur les produits ${say.list(vendors)}` }),
  lookup: { wanted: ({ vendors }) => vendors, ofItem: ({ product, line }) => product?.vendor || line.vendor },
  compile: ({ vendors }) => {
    const isWanted = oneOfTexts(vendors);
    // What the mirror knows of a product that the shop deleted is empty.
    return ({ product, line }) => isWanted(product?.vendor || line.vendor);
  },
});
