import { z } from "zod";
import { texts } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { oneOfTexts } from "../same-text.ts";

export const productTag = conditionKind({
  name: "product tag",
  label: "Product tag",
  about: "items",
  triggers: ["order"],
  needs: ["products"],
  settings: z.strictObject({ tags: texts({ label: "Tags", help: "One of them is enough.", suggest: "product tags" }) }),
  sentence: ({ tags }, say) => say.in({ en: `on products tagged ${say.list(tags)}`, fr: `sur les produits marqués ${say.list(tags)}` }),
  lookup: { wanted: ({ tags }) => tags, ofItem: ({ product }) => product?.tags },
  compile: ({ tags }) => {
    const isWanted = oneOfTexts(tags);
    return ({ product }) => product?.tags.some(isWanted) ?? false;
  },
});
