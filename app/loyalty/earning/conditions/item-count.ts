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
    const only = (n: number | null) => (n === 1 ? "" : "s");
    if (least !== null && most !== null) {
      const range = least === most ? { en: to, fr: to } : { en: `${from} to ${to}`, fr: `${from} à ${to}` };
      return say.in({ en: `on orders of ${range.en} item${only(most)}`, fr: `sur les commandes de ${range.fr} article${only(most)}` });
    }
    return most !== null
      ? say.in({ en: `on orders of at most ${to} item${only(most)}`, fr: `sur les commandes d’au plus ${to} article${only(most)}` })
      : say.in({
          en: `on orders of at least ${from} item${only(least)}`,
          fr: `sur les commandes d’au moins ${from} article${only(least)}`,
        });
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
