import { z } from "zod";
import { days } from "../../settings.ts";
import { conditionKind, type World } from "../condition-kind.ts";
import { ascending, atLeastOne } from "../filled-in.ts";
import { calendarOf } from "../local-days.ts";
import type { Occasion } from "../occasion.ts";

/** Calendar days in the programme's zone since the member's order before this one. Who has none is never meant. */
export const daysSinceLastOrder = conditionKind({
  name: "days since last order",
  label: "Days since the last order",
  about: "member",
  needs: ["history", "order count"],
  settings: z
    .strictObject({
      least: days({ label: "At least", help: "A first order has none before it and never passes." }).nullable().default(null),
      most: days({ label: "At most" }).nullable().default(null),
    })
    .superRefine(atLeastOne("least", "most"))
    .superRefine(ascending("least", "most")),
  sentence: ({ least, most }, say) => {
    const [from, to] = [say.number(least ?? 0), say.number(most ?? 0)];
    const s = (n: number | null, plural: string) => (n === 1 ? "" : plural);
    if (most === 0) return say.in({ en: "on the day of the last order", fr: "le jour même de la dernière commande" });
    if (least !== null && least === most)
      return say.in({
        en: `${to} day${s(most, "s")} after the last order`,
        fr: `${to} jour${s(most, "s")} après la dernière commande`,
      });
    if (least !== null && most !== null)
      return say.in({
        en: `${from} to ${to} day${s(most, "s")} after the last order`,
        fr: `${from} à ${to} jour${s(most, "s")} après la dernière commande`,
      });
    return most !== null
      ? say.in({
          en: `within ${to} day${s(most, "s")} of the last order`,
          fr: `dans ${most === 1 ? "le jour" : `les ${to} jours`} qui ${most === 1 ? "suit" : "suivent"} la dernière commande`,
        })
      : say.in({
          en: `${from} day${s(least, "s")} or more after the last order`,
          fr: `au moins ${from} jour${s(least, "s")} après la dernière commande`,
        });
  },
  compile: ({ least, most }, world) => {
    const since = daysSince(world);
    return (occasion) => {
      const days = since(occasion);
      return days !== null && (least === null || days >= least) && (most === null || days <= most);
    };
  },
  saw: (occasion, _, world) => daysSince(world)(occasion),
  sawAs: "days",
});

function daysSince({ timeZone }: World): (occasion: Occasion) => number | null {
  const calendar = calendarOf(timeZone);
  return ({ at, member: { lastOrderAt } }) => (lastOrderAt === null ? null : calendar(at) - calendar(lastOrderAt));
}
