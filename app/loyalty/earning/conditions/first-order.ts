import { z } from "zod";
import { conditionKind } from "../condition-kind.ts";

/** No order before it, by the order of placing: one that was cancelled by then does not count. */
export const firstOrder = conditionKind({
  name: "first order",
  label: "First order",
  about: "member",
  triggers: ["order"],
  needs: ["history", "order count"],
  namesOrders: true,
  settings: z.strictObject({}),
  sentence: (_, say) => say.in({ en: "on the first order", fr: "sur la première commande" }),
  compile:
    () =>
    ({ order, member }) =>
      order !== null && member.ordersBefore === 0,
  saw: ({ member }) => member.ordersBefore,
  sawAs: "count",
});
