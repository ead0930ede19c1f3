import { z } from "zod";
import { choice, texts } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { belongsTo } from "../filled-in.ts";
import { oneOfTexts } from "../same-text.ts";

/** Automatic discounts have no code and are not asked about. */
export const discountCode = conditionKind({
  name: "discount code",
  label: "Discount code",
  about: "order",
  triggers: ["order"],
  settings: z
    .strictObject({
      used: choice({ label: "Used" }, { any: "Any code", these: "One of these codes", none: "No code" }),
      codes: texts({ label: "Codes", help: "Capital letters make no difference.", suggest: "codes", with: { used: ["these"] } })
        .nullable()
        .default(null),
    })
    .superRefine(belongsTo("codes", "used", ["these"])),
  sentence: ({ used, codes }, say) => {
    if (used === "none") return say.in({ en: "without a discount code", fr: "sans code de réduction" });
    if (used === "any") return say.in({ en: "with a discount code", fr: "avec un code de réduction" });
    const named = say.list(codes ?? []);
    return say.in({ en: `with the code ${named}`, fr: `avec le code ${named}` });
  },
  compile: ({ used, codes }) => {
    const isWanted = oneOfTexts(codes ?? []);
    return ({ order }) => {
      if (order === null) return false;
      if (used === "these") return order.codes.some((one) => isWanted(one.code));
      return order.codes.length > 0 === (used === "any");
    };
  },
  saw: ({ order }) => order?.codes.map((one) => one.code).join(", ") || null,
  sawAs: "text",
});
