import { z } from "zod";
import { minorUnits } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { ascending, atLeastOne } from "../filled-in.ts";

/** The price of one piece before any discount. */
export const price = conditionKind({
  name: "price",
  label: "Price of one item",
  about: "items",
  triggers: ["order"],
  settings: z
    .strictObject({
      least: minorUnits({ label: "At least", help: "The price of one, before discounts." }).nullable().default(null),
      below: minorUnits({ label: "Less than" }).nullable().default(null),
    })
    .superRefine(atLeastOne("least", "below"))
    .superRefine(ascending("least", "below", { open: true })),
  sentence: ({ least, below }, say) =>
    least !== null && below !== null
      ? say.in({
          en: `on items priced from ${say.money(least)} to below ${say.money(below)}`,
          fr: `sur les articles de ${say.money(least)} à moins de ${say.money(below)}`,
        })
      : below !== null
        ? say.in({ en: `on items priced below ${say.money(below)}`, fr: `sur les articles à moins de ${say.money(below)}` })
        : say.in({ en: `on items priced ${say.money(least ?? 0)} or more`, fr: `sur les articles à ${say.money(least ?? 0)} ou plus` }),
  compile:
    ({ least, below }) =>
    ({ line: { price } }) =>
      (least === null || price >= least) && (below === null || price < below),
});
