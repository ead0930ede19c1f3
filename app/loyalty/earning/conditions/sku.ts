import { z } from "zod";
import { texts } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { oneOfTexts } from "../same-text.ts";

export const sku = conditionKind({
  name: "sku",
  label: "SKU",
  about: "items",
  triggers: ["order"],
  settings: z.strictObject({ skus: texts({ label: "SKUs", suggest: "skus" }) }),
  sentence: ({ skus }, say) => say.in({ en: `on SKU ${say.list(skus)}`, fr: `sur la référence ${say.list(skus)}` }),
  lookup: { wanted: ({ skus }) => skus, ofItem: ({ line }) => line.sku },
  compile: ({ skus }) => {
    const isWanted = oneOfTexts(skus);
    return ({ line }) => isWanted(line.sku);
  },
});
