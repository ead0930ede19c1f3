import { Temporal } from "temporal-polyfill";
import type { Say } from "../say.ts";
import type { Missing } from "./counting.ts";
import type { Ladder } from "./ladder.ts";
import type { Goal } from "./standing.ts";
import type { TierWhy } from "./why.ts";

type Window = Ladder["window"];

/** "$120 more this year to reach Gold" */
export function sayGoal(goal: Goal, what: "reach" | "keep", { window }: Pick<Ladder, "window">, say: Say): string {
  const tier = say.nameOf("tier", goal.tierId);
  const more = goal.missing.map((one) => sayMore(one, say));
  const amounts = goal.by === "all" ? together(more, say) : say.list(more);
  const within = sayWindow(window, say);
  return what === "reach"
    ? say.in({ en: `${amounts}${within} to reach ${tier}`, fr: `${amounts}${within} pour atteindre ${tier}` })
    : say.in({ en: `${amounts}${within} to keep ${tier}`, fr: `${amounts}${within} pour garder ${tier}` });
}

/** "Gold until Dec 31, 2027": the last day of it. */
export function sayUntil(tierId: string, until: number | null, { timeZone, say }: { timeZone: string; say: Say }): string {
  const tier = say.nameOf("tier", tierId);
  if (until === null) return tier;
  const day = sayLastDay(until, { timeZone, say });
  return say.in({ en: `${tier} until ${day}`, fr: `${tier} jusqu’au ${day}` });
}

/** Why a tier changed, as a whole sentence for staff and members. */
export function sayTierWhy(why: TierWhy, { timeZone, say }: { timeZone: string; say: Say }): string {
  switch (why.because) {
    case "joined":
      return say.in({ en: "Joined the programme.", fr: "A rejoint le programme." });
    case "reached": {
      const met = together(
        why.met.map((one) => sayHave(one, say)),
        say,
      );
      return say.in({ en: `Reached it with ${met}.`, fr: `Atteint avec ${met}.` });
    }
    case "bought":
      return say.in({
        en: `Bought it: until ${sayLastDay(why.until, { timeZone, say })}.`,
        fr: `Acheté : jusqu’au ${sayLastDay(why.until, { timeZone, say })}.`,
      });
    case "given":
      return say.in({ en: "Was given it.", fr: "Offert." });
    case "held":
      return say.in({ en: `Held there by staff: ${why.said}`, fr: `Maintenu par l’équipe : ${why.said}` });
    case "fell short": {
      const missing = say.list(why.missing.map((one) => sayMore(one, say)));
      return why.afterGrace
        ? say.in({ en: `The days of grace are over: it takes ${missing}.`, fr: `Le délai de grâce est passé : il manque ${missing}.` })
        : say.in({ en: `It ended: it takes ${missing}.`, fr: `Terminé : il manque ${missing}.` });
    }
    case "paid time over":
      return say.in({ en: "What was paid for is over.", fr: "La période payée est terminée." });
    case "given time over":
      return say.in({ en: "It was given until then.", fr: "Offert jusqu’à cette date." });
    case "hold over":
      return say.in({ en: "Staff held it until then.", fr: "Maintenu par l’équipe jusqu’à cette date." });
    case "released":
      return say.in({ en: `Staff released it: ${why.said}`, fr: `Libéré par l’équipe : ${why.said}` });
    case "programme":
      return say.in({ en: "The programme changed.", fr: "Le programme a changé." });
  }
}

function sayLastDay(until: number, { timeZone, say }: { timeZone: string; say: Say }): string {
  return say.day(
    Temporal.Instant.fromEpochMilliseconds(until - 1)
      .toZonedDateTimeISO(timeZone)
      .toPlainDate()
      .toString(),
  );
}

const sayMore = ({ measure, unit, least, have }: Missing, say: Say): string => {
  const left = least - have;
  switch (measure) {
    case "spend":
      return say.in({ en: `${say.money(left)} more`, fr: `encore ${say.money(left)}` });
    case "points earned":
      return say.in({ en: `${say.amount(left, unit ?? "points")} more`, fr: `encore ${say.amount(left, unit ?? "points")}` });
    case "orders":
      return say.in({ en: counted(left, "more order", "more orders", say), fr: `encore ${counted(left, "commande", "commandes", say)}` });
    case "items":
      return say.in({ en: counted(left, "more item", "more items", say), fr: `encore ${counted(left, "article", "articles", say)}` });
    case "referrals":
      return say.in({ en: counted(left, "more friend", "more friends", say), fr: `encore ${counted(left, "ami", "amis", say)}` });
  }
};

const sayHave = ({ measure, unit, have }: Missing, say: Say): string => {
  switch (measure) {
    case "spend":
      return say.in({ en: `${say.money(have)} spent`, fr: `${say.money(have)} d’achats` });
    case "points earned":
      return say.in({ en: `${say.amount(have, unit ?? "points")} earned`, fr: `${say.amount(have, unit ?? "points")} gagnés` });
    case "orders":
      return say.in({ en: counted(have, "order", "orders", say), fr: counted(have, "commande", "commandes", say) });
    case "items":
      return say.in({ en: counted(have, "item", "items", say), fr: counted(have, "article", "articles", say) });
    case "referrals":
      return say.in({ en: counted(have, "friend", "friends", say), fr: counted(have, "ami", "amis", say) });
  }
};

const counted = (amount: number, one: string, other: string, say: Say): string => `${say.number(amount)} ${amount === 1 ? one : other}`;

function sayWindow(window: Window, say: Say): string {
  switch (window.kind) {
    case "lifetime":
      return "";
    case "rolling":
      return say.in({
        en: ` within ${counted(window.months, "month", "months", say)}`,
        fr: ` en ${say.number(window.months)} mois`,
      });
    case "calendar year":
      return say.in({ en: " this year", fr: " cette année" });
    case "membership year":
      return say.in({ en: " in your membership year", fr: " pendant votre année d’adhésion" });
  }
}

function together(parts: readonly string[], say: Say): string {
  const last = parts.at(-1) ?? "";
  if (parts.length < 2) return last;
  const before = parts.slice(0, -1).join(", ");
  return say.in({ en: `${before} and ${last}`, fr: `${before} et ${last}` });
}
