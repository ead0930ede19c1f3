import { z } from "zod";
import { texts } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { oneOfTexts } from "../same-text.ts";

export const productType = conditionKind({
  name: "product type",
  label: "Product type",
  about: "items",
  triggers: ["order"],
  needs: ["products"],
  settings: z.strictObject({ types: texts({ label: "Product types", suggest: "types" }) }),
  sentence: ({ types }, say) => say.in({ en: `on products of type ${say.list(types)}`, fr: `sur les produits de type ${say.list(types)}` }),
  lookup: { wanted: ({ types }) => types, ofItem: ({ product }) => product?.type },
  compile: ({ types }) => {
    const isWanted = oneOfTexts(types);
    return ({ product }) => isWanted(product?.type);
  },
});
