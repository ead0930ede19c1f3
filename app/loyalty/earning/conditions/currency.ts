import { z } from "zod";
import { texts } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { oneOfTexts } from "../same-text.ts";

/** What the buyer paid in, where a shop sells in several currencies. Amounts are always the shop's own. */
export const currency = conditionKind({
  name: "currency",
  label: "Currency paid in",
  about: "order",
  triggers: ["order"],
  namesOrders: true,
  settings: z.strictObject({
    currencies: texts({ label: "Currencies", help: "Three letters, such as EUR.", suggest: "currencies" }).refine(
      (codes) => codes.every((code) => /^[a-z]{3}$/i.test(code)),
      "Enter three letters for each currency, such as EUR.",
    ),
  }),
  sentence: ({ currencies }, say) => {
    const named = say.list(currencies.map((code) => code.toUpperCase()));
    return say.in({ en: `on orders paid in ${named}`, fr: `sur les commandes payées en ${named}` });
  },
  compile: ({ currencies }) => {
    const isWanted = oneOfTexts(currencies);
    return ({ order }) => isWanted(order?.presentmentCurrency);
  },
  saw: ({ order }) => order?.presentmentCurrency ?? null,
  sawAs: "text",
});
