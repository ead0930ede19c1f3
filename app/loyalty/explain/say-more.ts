import { treeSentence } from "../earning/tree.ts";
import type { Say } from "../say.ts";
import type { More } from "./would-have-earned.ts";

/** "$8 more on Coffee would have earned 58 stars more." */
export function sayMore(more: More, say: Say): string {
  const gain = Object.entries(more.gain)
    .map(([unit, amount]) => say.amount(amount, unit))
    .join(say.in({ en: " and ", fr: " et " }));
  if (more.what === "tier") {
    const tier = say.nameOf("tier", more.tierId);
    return say.in({
      en: `As a ${tier} member it would have earned ${gain} more.`,
      fr: `Avec le statut ${tier}, elle aurait donné ${gain} de plus.`,
    });
  }
  const on = more.on ? ` ${treeSentence(more.on, say)}` : "";
  const missing = say.money(more.missing);
  return say.in({
    en: `${missing} more${on} would have earned ${gain} more.`,
    fr: `${missing} de plus${on} auraient donné ${gain} de plus.`,
  });
}
