import { awardOf } from "../earning/award-of.ts";
import { together } from "../earning/together.ts";
import { treeSentence } from "../earning/tree-sentence.ts";
import type { Say } from "../say.ts";
import type { More } from "./would-have-earned.ts";

/** "$8 more on Coffee would have earned 58 stars more and the reward “Mug”." */
export function sayMore(more: More, say: Say): string {
  const gain = gainOf(more, say);
  if (more.what === "tier") {
    const tier = say.nameOf("tier", more.tierId);
    return say.in({
      en: `As a ${tier} member it would have earned ${gain}.`,
      fr: `Avec le statut ${tier}, elle aurait donné ${gain}.`,
    });
  }
  const on = more.on ? ` ${treeSentence(more.on, say)}` : "";
  const missing = say.money(more.missing);
  return say.in({
    en: `${missing} more${on} would have earned ${gain}.`,
    fr: `${missing} de plus${on} auraient donné ${gain}.`,
  });
}

function gainOf({ gain, gifts }: More, say: Say): string {
  const and = say.in({ en: " and ", fr: " et " });
  const amounts = together(
    Object.entries(gain).map(([unit, amount]) => say.amount(amount, unit)),
    say,
  );
  const more = amounts && say.in({ en: `${amounts} more`, fr: `${amounts} de plus` });
  return [more, ...gifts.map((gift) => awardOf(gift).say(say))].filter(Boolean).join(and);
}
