import { z } from "zod";
import { count } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { ascending, atLeastOne } from "../filled-in.ts";
import type { Occasion } from "../occasion.ts";

/** How many pieces were bought of what can earn. Gift cards and tips are no items. */
export const itemCount = conditionKind({
  name: "item count",
  label: "Number of items",
  about: "order",
  triggers: ["order"],
  namesOrders: true,
  settings: z
    .strictObject({
      least: count({ label: "At least" }).nullable().default(null),
      most: count({ label: "At most" }).nullable().default(null),
    })
    .superRefine(atLeastOne("least", "most"))
    .superRefine(ascending("least", "most")),
  sentence: ({ least, most }, say) => {
    const [from, to] = [say.number(least ?? 1), say.number(most ?? 0)];
    const items = (n: number | null, { en, fr }: { en: string; fr: string }) =>
      say.in({ en: `${en} ${n === 1 ? "item" : "items"}`, fr: `${fr} ${n === 1 ? "article" : "articles"}` });
    const amount =
      least !== null && most !== null
        ? least === most
          ? items(least, { en: from, fr: from })
          : items(most, { en: `${from} to ${to}`, fr: `${from} à ${to}` })
        : most !== null
          ? items(most, { en: `at most ${to}`, fr: `au plus ${to}` })
          : items(least, { en: `at least ${from}`, fr: `au moins ${from}` });
    return say.in({ en: `on orders of ${amount}`, fr: `sur les commandes de ${amount}` });
  },
  compile:
    ({ least, most }) =>
    (occasion) => {
      const pieces = piecesOf(occasion);
      return occasion.order !== null && (least === null || pieces >= least) && (most === null || pieces <= most);
    },
  saw: piecesOf,
  sawAs: "count",
});

function piecesOf({ items, again }: Occasion): number {
  return items.reduce((sum, item) => sum + (again ? item.remaining : item.quantity), 0);
}
