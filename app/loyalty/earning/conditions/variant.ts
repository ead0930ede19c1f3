import { z } from "zod";
import { variants } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";

export const variant = conditionKind({
  name: "variant",
  label: "Variant of a product",
  about: "items",
  triggers: ["order"],
  settings: z.strictObject({ variants: variants({ label: "Variants" }) }),
  sentence: ({ variants }, say) => {
    const titles = say.list(variants.map((one) => one.title));
    return say.in({ en: `on ${titles}`, fr: `sur ${titles}` });
  },
  lookup: { wanted: ({ variants }) => variants.map((one) => one.gid), ofItem: ({ line }) => line.variantGid },
  compile: ({ variants }) => {
    const wanted = new Set(variants.map((one) => one.gid));
    return ({ line }) => line.variantGid !== null && wanted.has(line.variantGid);
  },
});
