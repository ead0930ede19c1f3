import { z } from "zod";
import { choice } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import type { Item } from "../occasion.ts";

export const discounted = conditionKind({
  name: "discounted",
  label: "Discounted or full price",
  about: "items",
  triggers: ["order"],
  needs: ["products"],
  settings: z.strictObject({
    sold: choice(
      { label: "Sold", help: "Discounted: a discount was taken off, or the price stands below its compare-at price." },
      { discounted: "Discounted", "full price": "At full price" },
    ),
  }),
  sentence: ({ sold }, say) =>
    sold === "discounted"
      ? say.in({ en: "on discounted items", fr: "sur les articles en promotion" })
      : say.in({ en: "on full-price items", fr: "sur les articles à plein tarif" }),
  compile:
    ({ sold }) =>
    (item) =>
      isDiscounted(item) === (sold === "discounted"),
});

function isDiscounted({ line, product }: Item): boolean {
  const before = line.variantGid === null ? null : (product?.compareAt[line.variantGid] ?? null);
  return line.discount > 0 || (before !== null && before > line.price);
}
