import { z } from "zod";
import { minorUnits } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { ascending, atLeastOne } from "../filled-in.ts";

/** The eligible amount of the whole order as it was sold, so that a refund does not close a gate that was passed. */
export const orderAmount = conditionKind({
  name: "order amount",
  label: "Order amount",
  about: "order",
  triggers: ["order"],
  namesOrders: true,
  settings: z
    .strictObject({
      least: minorUnits({ label: "At least" }).nullable().default(null),
      below: minorUnits({ label: "Less than" }).nullable().default(null),
    })
    .superRefine(atLeastOne("least", "below"))
    .superRefine(ascending("least", "below", { open: true })),
  sentence: ({ least, below }, say) =>
    least !== null && below !== null
      ? say.in({
          en: `on orders from ${say.money(least)} to below ${say.money(below)}`,
          fr: `sur les commandes de ${say.money(least)} à moins de ${say.money(below)}`,
        })
      : below !== null
        ? say.in({ en: `on orders below ${say.money(below)}`, fr: `sur les commandes de moins de ${say.money(below)}` })
        : say.in({ en: `on orders of ${say.money(least ?? 0)} or more`, fr: `dès ${say.money(least ?? 0)} d’achat` }),
  compile:
    ({ least, below }) =>
    (occasion) => {
      const amount = occasion.again ? occasion.counts : occasion.sold;
      return occasion.order !== null && (least === null || amount >= least) && (below === null || amount < below);
    },
  saw: (occasion) => (occasion.again ? occasion.counts : occasion.sold),
  sawAs: "money",
});
