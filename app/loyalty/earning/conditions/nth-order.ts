import { z } from "zod";
import { choice, count } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { ordinal } from "../ordinal.ts";

/** The number of the order among the member's own, by the order of placing. */
export const nthOrder = conditionKind({
  name: "nth order",
  label: "Number of the order",
  about: "member",
  triggers: ["order"],
  needs: ["history", "order count"],
  namesOrders: true,
  settings: z.strictObject({
    which: choice({ label: "Which" }, { exactly: "Exactly this one", every: "Every one of these", from: "This one and all after it" }),
    number: count({ label: "Number" }, { most: 10_000 }),
  }),
  sentence: ({ which, number }, say) => {
    const nth = ordinal(number, say);
    if (which === "exactly") return say.in({ en: `on the ${nth} order`, fr: `sur la ${nth} commande` });
    if (which === "from") return say.in({ en: `from the ${nth} order on`, fr: `à partir de la ${nth} commande` });
    return number === 1
      ? say.in({ en: "on every order", fr: "sur chaque commande" })
      : say.in({ en: `on every ${nth} order`, fr: `toutes les ${say.number(number)} commandes` });
  },
  compile:
    ({ which, number }) =>
    ({ order, member }) => {
      if (order === null) return false;
      const at = member.ordersBefore + 1;
      return which === "exactly" ? at === number : which === "every" ? at % number === 0 : at >= number;
    },
  saw: ({ member }) => member.ordersBefore + 1,
  sawAs: "count",
});
