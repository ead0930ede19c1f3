import type { Saw } from "../earning/condition-kind.ts";
import { nameOfCountry } from "../earning/conditions/country.ts";
import { nameOfGateway } from "../earning/conditions/payment-gateway.ts";
import { ordinal } from "../earning/ordinal.ts";
import { type Condition, conditionOf, settingsOf } from "../earning/tree.ts";
import type { Say, Texts } from "../say.ts";

/** A condition as its phrase: "on orders of $50 or more"; where it says nothing, as its label. */
export function phraseOf(condition: Condition, say: Say): string {
  const { label, sentence } = conditionOf(condition);
  return sentence(settingsOf(condition), say) || label;
}

/** What a condition found, as a clause that can follow "and": "the order came to $42", "no item was like that". */
export function whatItFound(condition: Condition, saw: Saw, say: Say): string {
  const { about, sawAs } = conditionOf(condition);
  if (about === "items") return itemsFound(Number(saw), say);
  const special = ofKind[condition.kind];
  if (special && typeof saw === "number") return special(saw, say);
  if (sawAs === "tier")
    return saw === null
      ? say.in({ en: "there was no tier yet", fr: "il n’y avait pas encore de statut" })
      : say.in({ en: `the tier was ${say.nameOf("tier", String(saw))}`, fr: `le statut était ${say.nameOf("tier", String(saw))}` });
  if (saw === null) return say.in(noneOfKind[condition.kind] ?? { en: "there was none", fr: "il n’y en avait pas" });
  if (sawAs === "money")
    return say.in({ en: `the order came to ${say.money(Number(saw))}`, fr: `la commande faisait ${say.money(Number(saw))}` });
  if (sawAs === "days") return daysFound(Number(saw), say);
  const value = (typeof saw === "string" && textOfKind[condition.kind]?.(saw, say)) || inWords(saw, say);
  return say.in({ en: `it was ${value}`, fr: `c’était ${value}` });
}

// What it is that was not there.
const noneOfKind: Partial<Record<Condition["kind"], Texts>> = {
  country: { en: "it names no country", fr: "elle ne nomme aucun pays" },
  "payment gateway": { en: "no payment method is known", fr: "aucun moyen de paiement n’est connu" },
  "discount code": { en: "no code was used", fr: "aucun code n’a été utilisé" },
  "birthday window": { en: "no birthday is known", fr: "aucun anniversaire n’est connu" },
  "days since last order": { en: "there was no order before it", fr: "il n’y avait pas de commande avant" },
  "customer tag": { en: "there was no such tag", fr: "il n’y avait aucune étiquette de ce nom" },
  segment: { en: "the customer was in none of these", fr: "le client n’était dans aucun de ceux-là" },
  "event property": { en: "the event does not say it", fr: "l’événement ne le dit pas" },
};

// What a plain number does not say by itself.
const ofKind: Partial<Record<Condition["kind"], (saw: number, say: Say) => string>> = {
  "first order": (before, say) =>
    before === 0
      ? say.in({ en: "there was none before it", fr: "il n’y en avait pas avant" })
      : say.in({
          en: before === 1 ? "there was one before it" : `there were ${say.number(before)} before it`,
          fr: before === 1 ? "il y en avait une avant" : `il y en avait ${say.number(before)} avant`,
        }),
  "nth order": (nth, say) => say.in({ en: `it was the ${ordinal(nth, say)}`, fr: `c’était la ${ordinal(nth, say)}` }),
  "member since": (days, say) =>
    say.in({
      en: days === 0 ? "that was the day of joining" : `joining was ${say.number(days)} ${days === 1 ? "day" : "days"} before`,
      fr: days === 0 ? "c’était le jour de l’inscription" : `l’inscription datait de ${say.number(days)} jour${days < 2 ? "" : "s"}`,
    }),
  "item count": (pieces, say) =>
    say.in({
      en: pieces === 1 ? "it had 1 item" : `it had ${say.number(pieces)} items`,
      fr: `elle avait ${say.number(pieces)} article${pieces < 2 ? "" : "s"}`,
    }),
};

// Traces keep codes, and the names of channels in English.
const textOfKind: Partial<Record<Condition["kind"], (saw: string, say: Say) => string>> = {
  country: (code, say) => (/^[a-z]{2}$/i.test(code) ? say.in({ en: nameOfCountry(code, "en"), fr: nameOfCountry(code, "fr") }) : ""),
  "payment gateway": (codes, say) => {
    const names = codes
      .split(", ")
      .map((code) => nameOfGateway(code, say))
      .join(", ");
    return say.in({ en: `“${names}”`, fr: `« ${names} »` });
  },
  channel: (names, say) =>
    say.in({
      en: `“${names}”`,
      fr: `« ${names
        .split(", ")
        .map((one) => channelInFrench[one] ?? one)
        .join(", ")} »`,
    }),
};

const channelInFrench: Record<string, string> = {
  "Online store": "Boutique en ligne",
  "Point of sale": "Point de vente",
  "Draft order": "Commande provisoire",
  "Subscription renewal": "Renouvellement d’abonnement",
  "Bought by a company (B2B)": "Achat d’une entreprise (B2B)",
};

// Lines, not pieces: awards by the piece say how many of those counted. What an earlier question left out was not asked about.
function itemsFound(items: number, say: Say): string {
  if (items === 0) return say.in({ en: "no item asked about was like that", fr: "aucun article examiné n’était ainsi" });
  return items === 1
    ? say.in({ en: "1 line of the order was like that", fr: "1 ligne de la commande était ainsi" })
    : say.in({
        en: `${say.number(items)} lines of the order were like that`,
        fr: `${say.number(items)} lignes de la commande étaient ainsi`,
      });
}

function daysFound(days: number, say: Say): string {
  const said = say.number(days);
  return say.in({ en: `it was ${said} ${days === 1 ? "day" : "days"}`, fr: `c’était ${said} jour${days < 2 ? "" : "s"}` });
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function inWords(saw: Exclude<Saw, null>, say: Say): string {
  if (typeof saw === "boolean") return saw ? say.in({ en: "true", fr: "vrai" }) : say.in({ en: "false", fr: "faux" });
  if (typeof saw === "number") return say.number(saw);
  // Traces keep days as they are written in settings, and name weekdays in English.
  const [first = "", rest = ""] = saw.split(/ (.*)/s);
  const weekday = weekdays.indexOf(first) + 1;
  const isTime = /^\d\d:\d\d$/.test(rest);
  const isDay = (text: string) => /^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/.test(text);
  if (weekday > 0) return [say.weekday(weekday), isTime ? say.time(rest) : isDay(rest) ? say.day(rest) : rest].filter(Boolean).join(" ");
  return isDay(saw) ? say.day(saw) : say.in({ en: `“${saw}”`, fr: `« ${saw} »` });
}
